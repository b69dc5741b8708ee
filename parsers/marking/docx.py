"""How a Word file is marked: the cell is shaded and a real comment stands at its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from parsers.document import Paragraph, Place
from parsers.formats.docx import Opened, open_document
from parsers.formats.ooxml.package import opened
from parsers.formats.ooxml.xml import Element, integer
from parsers.formats.word.controls import members
from parsers.formats.word.names import TC, TEXT_BOX, VAL, P, W
from parsers.marking.copy import Copy
from parsers.marking.marks import AUTHOR, FILL, INITIALS, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.mark import Mark

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NAMESPACES = {"w": W("")[1:-1]}
_PARAGRAPHS = frozenset({P})
# the children of w:tcPr that come after w:shd (ISO 29500-1 §17.4.69)
_AFTER_SHADING = frozenset(
    W(name)
    for name in (
        *("noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark", "headers"),
        *("cellIns", "cellDel", "cellMerge", "tcPrChange"),
    )
)


def mark_docx(data: bytes, marks: Sequence[Mark]) -> bytes:
    """Return a copy with the marks; Unreadable when the file cannot be opened."""
    with opened(data) as package:
        document = open_document(package)
        copy = Copy(package, strict=document.strict)
        copy.put_tree(document.part, document.root)
        comments = _comments(copy, document.part)
        for element, text in _targets(document, marks).items():
            _mark(element, comments, text)
        return copy.save()


def _targets(document: Opened, marks: Sequence[Mark]) -> dict[Element, str]:
    """Return what to say at each element; a place that is not found is said at the start."""
    places = dict(_places(document))
    start = _start(document.root)
    return joined((places.get(mark.place, start), mark.comment) for mark in marks)


def _places(document: Opened) -> Iterator[tuple[Place, Element]]:
    for laid in document.laid:
        if isinstance(laid.block, Paragraph):
            yield laid.block.place, laid.elements[0]
        else:
            cells = zip(laid.block.cells, laid.elements, strict=True)
            yield from ((cell.place, element) for cell, element in cells)


def _start(root: Element) -> Element:
    """Return the first paragraph, made when there is none."""
    found = root.find(f".//{P}")
    if found is None:
        found = etree.Element(P)
        root[0].insert(0, found)
    return found


def _mark(element: Element, comments: Element, text: str) -> None:
    if element.tag == TC:
        _shade(element)
        _comment(*_ends(element), comments, text)
    elif element.tag == P:
        outside = _outside(element)
        _comment(outside, outside, comments, text)


def _ends(cell: Element) -> tuple[Element, Element]:
    """Return the first and last paragraph of a cell; every cell has one, or is given one."""
    paragraphs = [paragraph for paragraph, _ in members(cell, _PARAGRAPHS)]
    if not paragraphs:
        paragraphs = [etree.SubElement(cell, P)]
    return _outside(paragraphs[0]), _outside(paragraphs[-1])


def _outside(paragraph: Element) -> Element:
    """Return the paragraph a text box is tied to: Word allows no comments inside one."""
    for ancestor in paragraph.iterancestors(TEXT_BOX):
        paragraph = next(ancestor.iterancestors(P), paragraph)
    return paragraph


def _shade(cell: Element) -> None:
    properties = cell.find(W("tcPr"))
    if properties is None:
        properties = etree.Element(W("tcPr"))
        cell.insert(0, properties)
    for old in properties.findall(W("shd")):
        properties.remove(old)
    shading = etree.Element(W("shd"), {VAL: "clear", W("color"): "auto", W("fill"): FILL})
    after = [i for i, node in enumerate(properties) if node.tag in _AFTER_SHADING]
    properties.insert(after[0] if after else len(properties), shading)


def _comment(first: Element, last: Element, comments: Element, text: str) -> None:
    number = str(1 + max((integer(node.get(W("id")), -1) for node in comments), default=-1))
    identity = {W("id"): number}
    properties = first.find(W("pPr"))
    first.insert(0 if properties is None else 1, etree.Element(W("commentRangeStart"), identity))
    etree.SubElement(last, W("commentRangeEnd"), identity)
    run = etree.SubElement(last, W("r"))
    etree.SubElement(run, W("commentReference"), identity)
    attributes = {**identity, W("author"): AUTHOR, W("initials"): INITIALS}
    comment = etree.SubElement(comments, W("comment"), attributes)
    for line in text.split("\n"):
        node = etree.SubElement(etree.SubElement(etree.SubElement(comment, P), W("r")), W("t"))
        node.text = line


def _comments(copy: Copy, part: str) -> Element:
    """Return the tree of the comments part, made when there is none yet."""
    existing = copy.package.related(part, "comments")
    if existing:
        return copy.tree(existing)
    folder = part.rpartition("/")[0]
    name = copy.free_name(f"{folder}/comments{{}}.xml" if folder else "comments{}.xml")
    root = etree.Element(W("comments"), nsmap=_NAMESPACES)
    copy.put_tree(name, root)
    copy.relate(part, "comments", name)
    copy.declare(name, _COMMENTS_TYPE)
    return root
