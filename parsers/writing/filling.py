"""How a Word blank is filled in: text put at places, everything else as it was."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from parsers.document import Paragraph, Place
from parsers.formats.docx import open_document
from parsers.formats.ooxml.package import opened
from parsers.formats.word.names import P, W
from parsers.marking.copy import Copy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.formats.docx import Opened
    from parsers.formats.ooxml.xml import Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Entry:
    """The whole text that a cell or paragraph shall have; lines are separated by newlines."""

    place: Place
    text: str


def fill_docx(data: bytes, entries: Sequence[Entry]) -> bytes:
    """Return a copy with the entries; KeyError for a place that the file does not have.

    The first run's and paragraph's formatting at each place is kept. Raises Unreadable.
    """
    with opened(data) as package:
        document = open_document(package)
        filled = Copy(package, strict=document.strict)
        filled.put_tree(document.part, document.root)
        places = _places(document)
        for entry in entries:
            _fill(places[entry.place], entry.text)
        return filled.save()


def _places(document: Opened) -> dict[Place, Element]:
    places: dict[Place, Element] = {}
    for laid in document.laid:
        if isinstance(laid.block, Paragraph):
            places[laid.block.place] = laid.elements[0]
        else:
            cells = zip(laid.block.cells, laid.elements, strict=True)
            places |= {cell.place: element for cell, element in cells}
    return places


def _fill(element: Element, text: str) -> None:
    paragraphs = [element] if element.tag == P else list(element.iter(P))
    first = paragraphs[0] if paragraphs else etree.SubElement(element, P)
    for other in paragraphs[1:]:
        parent = other.getparent()
        if parent is not None:
            parent.remove(other)
    look = first.find(f".//{W('rPr')}")
    for node in [child for child in first if child.tag != W("pPr")]:
        first.remove(node)
    for number, line in enumerate(text.split("\n")):
        _run(first, line, look, broken=number > 0)


def _run(paragraph: Element, line: str, look: Element | None, *, broken: bool) -> None:
    run = etree.SubElement(paragraph, W("r"))
    if look is not None:
        run.append(copy.deepcopy(look))
    if broken:
        etree.SubElement(run, W("br"))
    node = etree.SubElement(run, W("t"), {_SPACE: "preserve"})
    node.text = line
