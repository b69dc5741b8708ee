"""The element and attribute names of WordprocessingML that carry or hide text."""

from __future__ import annotations

from parsers.formats.ooxml.xml import Element, namer, switch

W = namer("http://schemas.openxmlformats.org/wordprocessingml/2006/main")
W14 = namer("http://schemas.microsoft.com/office/word/2010/wordml")
MC = namer("http://schemas.openxmlformats.org/markup-compatibility/2006")
M = namer("http://schemas.openxmlformats.org/officeDocument/2006/math")

VAL = W("val")
BODY = W("body")
P, R, T = W("p"), W("r"), W("t")
TBL, TR, TC = W("tbl"), W("tr"), W("tc")
SDT, SDT_CONTENT, SDT_PROPERTIES = W("sdt"), W("sdtContent"), W("sdtPr")
TEXT_BOX = W("txbxContent")
ALTERNATE, CHOICE, FALLBACK = MC("AlternateContent"), MC("Choice"), MC("Fallback")
BLOCKS = frozenset({P, TBL})
DELETIONS = frozenset({W("del"), W("moveFrom")})
INSERTIONS = frozenset({W("ins"), W("moveTo")})


def child(parent: Element | None, name: str) -> Element | None:
    """Return the first child of a name: properties stand first, where a loop is quickest."""
    for node in () if parent is None else parent:
        if node.tag == name:
            return node
    return None


def marks_of(parent: Element, properties: str, wanted: frozenset[str]) -> dict[str, Element]:
    """Return of a parent's properties the first of each wanted name, all found in one walk."""
    holder = child(parent, properties)
    return {} if holder is None else marks_in(holder, wanted)


def marks_in(properties: Element, wanted: frozenset[str]) -> dict[str, Element]:
    """Return the first property of each wanted name."""
    found: dict[str, Element] = {}
    for mark in properties:
        if mark.tag in wanted:
            found.setdefault(mark.tag, mark)
    return found


def value(parent: Element | None, name: str) -> str | None:
    """Return the val of a child property, or None when the property is not there."""
    return stated(child(parent, name))


def stated(mark: Element | None) -> str | None:
    """Return the val of a property, "" when it has none, or None when there is no property."""
    return None if mark is None else mark.get(VAL, "")


def is_on(parent: Element | None, name: str) -> bool:
    """Tell whether a property is there and not switched off."""
    found = child(parent, name)
    return found is not None and switch(found.get(VAL))
