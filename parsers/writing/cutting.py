"""How some blocks are cut out of a Word file: everything else goes, styles and pages stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats.docx import open_document
from parsers.formats.ooxml.package import opened
from parsers.formats.word.names import BODY, W
from parsers.marking.copy import Copy

if TYPE_CHECKING:
    from parsers.formats.docx import Opened
    from parsers.formats.ooxml.xml import Element

_SECTION = W("sectPr")


def cut_docx(data: bytes, first: int, last: int) -> bytes:
    """Return a copy with the blocks first..last of its document only (0-based, both included).

    Blocks count as in `read_docx`; paragraphs without text between them are kept. The page
    setup is that of the section the blocks stand in. Raises Unreadable; IndexError outside.
    """
    with opened(data) as package:
        document = open_document(package)
        cut = Copy(package, strict=document.strict)
        cut.put_tree(document.part, document.root)
        _keep(document, first, last)
        return cut.save()


def _keep(document: Opened, first: int, last: int) -> None:
    body = document.root.find(BODY)
    if body is None:
        raise IndexError("no body")
    children = list(body)
    start = children.index(_child_of(body, document.laid[first].elements[0]))
    end = children.index(_child_of(body, document.laid[last].elements[-1]))
    section = _section_of(children, end)
    for number, child in enumerate(children):
        if not start <= number <= end:
            body.remove(child)
    if section is not None:
        body.append(section)


def _child_of(body: Element, element: Element) -> Element:
    """Return the child of the body that holds an element."""
    child = element
    while (parent := child.getparent()) is not None and parent is not body:
        child = parent
    return child


def _section_of(children: list[Element], end: int) -> Element | None:
    """Return the page setup that rules a child: in the next paragraph that ends a section."""
    for child in children[end:]:
        if child.tag == _SECTION:
            return child
        inner = child.find(f"{W('pPr')}/{_SECTION}")
        if inner is not None:
            parent = inner.getparent()
            if parent is not None:
                parent.remove(inner)
            return inner
    return None
