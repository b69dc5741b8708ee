"""What LibreOffice made of a legacy file, read without what it computed anew while converting.

It runs today's date into DATE fields and computes volatile formulas (facts/documents.md §2.2), and
its exit status says nothing: a result that holds nothing is no reading.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.formats.ods import sheets_of
from parsers.formats.odt import text_of
from parsers.formats.opendocument.container import open_document
from parsers.formats.opendocument.names import OFFICE, TABLE, TEXT
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from parsers.document import Document
    from parsers.formats.ooxml.xml import Element

_CLOCKS = (TEXT("date"), TEXT("time"))
_VOLATILE = re.compile(
    r"\b(?:TODAY|NOW|RAND(?:BETWEEN)?|OFFSET|INDIRECT|INFO|CELL)\(", re.IGNORECASE
)


def read_converted(data: bytes, becomes: str) -> Document:
    """Read an "odt" or "ods"; Unreadable when it is none, or nothing is in it."""
    file = open_document(data, {"odt": "text", "ods": "spreadsheet"}[becomes])
    computed = _without_clocks(file.body) + _without_volatile(file.body)
    document = text_of(file) if becomes == "odt" else sheets_of(file)
    if not document.blocks:
        raise Unreadable("damaged", "LibreOffice found nothing in it")
    flags = {"converted", "computed-left-out"} if computed else {"converted"}
    return replace(document, flags=document.flags | flags)


def _without_clocks(body: Element) -> int:
    """Empty fields that show the day or hour of the conversion; return how many."""
    running = [
        node for node in body.iter(*_CLOCKS) if node.get(TEXT("fixed"), "").lower() != "true"
    ]
    for node in running:
        node.text = None
        node[:] = []
    return len(running)


def _without_volatile(body: Element) -> int:
    """Take their results from formulas that give another one each time; return how many."""
    cells = [
        cell
        for cell in body.iter(TABLE("table-cell"))
        if _VOLATILE.search(cell.get(TABLE("formula"), ""))
    ]
    for cell in cells:
        cell[:] = []
        for name in ("value-type", "value", "date-value", "time-value", "string-value"):
            cell.attrib.pop(OFFICE(name), "")
    return len(cells)
