"""How a w:wordDocument becomes the elements of Word 2007: names, wrappers, tracked changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from parsers.formats.ooxml.xml import namer
from parsers.formats.word.names import W
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from parsers.formats.ooxml.xml import Element

_OLD = "http://schemas.microsoft.com/office/word/2003/wordml"
_NEW = W("x")[1:-2]
_OLD_NAMES = namer(_OLD)
_AML = namer("http://schemas.microsoft.com/aml/2001/core")
_KEPT = frozenset(
    [
        _NEW,
        "urn:schemas-microsoft-com:vml",
        "urn:schemas-microsoft-com:office:office",
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
    ]
)
_RENAMED = {
    "vmerge": "vMerge",
    "hmerge": "hMerge",
    "listPr": "numPr",
    "ilfo": "numId",
    "h-ansi": "hAnsi",
    "fareast": "eastAsia",
}
_CHANGES = {
    "Word.Deletion": W("del"),
    "Word.Insertion": W("ins"),
    "Word.Comment": None,
    "Word.Comment.Start": None,
    "Word.Comment.End": None,
}


def to_2007(root: Element) -> Element:
    """Rename in place; elements of other namespaces around text make way for what is in them."""
    if root.tag != _OLD_NAMES("wordDocument"):
        raise Unreadable("damaged", "no w:wordDocument")
    for element in list(root.iter()):
        _rename(element)
    for element in list(root.iter()):
        if isinstance(element.tag, str) and _is_wrapper(element):
            _unwrap(element)
    return root


def _rename(element: Element) -> None:
    if not isinstance(element.tag, str):
        return
    name = etree.QName(element)
    if name.namespace == _OLD:
        element.tag = W(_RENAMED.get(name.localname, name.localname))
    elif element.tag == _AML("annotation"):
        kind = _CHANGES.get(element.get(_OLD_NAMES("type"), ""))
        if kind is not None:
            element.tag = kind
    for key in list(element.attrib):
        attribute = etree.QName(str(key))
        if attribute.namespace == _OLD:
            local = _RENAMED.get(attribute.localname, attribute.localname)
            element.set(W(local), element.attrib.pop(key))


def _is_wrapper(element: Element) -> bool:
    """Tell whether an element only stands around text: wx:sect, aml:content, st1:date."""
    if etree.QName(element).namespace in _KEPT or element.getparent() is None:
        return False
    return next(element.iterdescendants(W("r"), W("p"), W("tbl")), None) is not None


def _unwrap(element: Element) -> None:
    if element.tag == _AML("annotation") and element.get(W("type"), "").startswith("Word.Comment"):
        _remove(element)
        return
    for child in list(element):
        element.addprevious(child)
    _remove(element)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
