"""Excel workbooks (.xlsx, .xlsm, Strict too): each worksheet a table, numbers as they are shown.

Own reader: calamine drops number formats and can abort the process on a hostile sheet, openpyxl
takes minutes on a formatted column (facts/documents.md §2.4, §5.1).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from parsers.document import Document, Table
from parsers.formats.docx import package_flags
from parsers.formats.ooxml.package import Package, opened
from parsers.formats.ooxml.xml import Element, namer, parse, switch
from parsers.formats.sheet.cells import read_sheet
from parsers.formats.sheet.shown import Book
from parsers.formats.sheet.stream import S
from parsers.formats.sheet.strings import read_shared_strings
from parsers.formats.sheet.styles import read_styles
from parsers.formats.sheet.table import lay_out, numbered
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_ID = namer("http://schemas.openxmlformats.org/officeDocument/2006/relationships")("id")


def read_xlsx(data: bytes) -> Document:
    """Read a workbook; Unreadable when it is encrypted, damaged or too large."""
    with opened(data) as package:
        part, root = workbook(package)
        tables = tuple(_tables(package, part, root))
        return Document("xlsx", tables, package_flags(package, "xl"))


def workbook(package: Package) -> tuple[str, Element]:
    """Return the workbook part's name and tree."""
    part = package.related("", "officeDocument") or "xl/workbook.xml"
    root = parse(package.read(part))
    if root.tag != S("workbook"):
        raise Unreadable("damaged", "no workbook")
    return part, root


def worksheets(package: Package, part: str, root: Element) -> Iterator[tuple[str, str, bool]]:
    """Yield each worksheet's title, part, and whether it is hidden; charts are none."""
    relations = package.relationships(part)
    for node in root.iterfind(f"{S('sheets')}/{S('sheet')}"):
        relation = relations.get(node.get(_ID, ""))
        if relation is not None and relation.kind == "worksheet" and relation.target in package:
            hidden = node.get("state", "visible") != "visible"
            yield node.get("name", ""), relation.target, hidden


def _tables(package: Package, part: str, root: Element) -> Iterator[Table]:
    book = _book(package, part, root)

    def read(sheet: tuple[str, str, bool], number: int) -> Table:
        title, target, hidden = sheet
        flags = frozenset({"hidden-sheet"}) if hidden else frozenset[str]()
        return lay_out(title, read_sheet(package, target), book, number, flags)

    return numbered(partial(read, sheet) for sheet in worksheets(package, part, root))


def _book(package: Package, part: str, root: Element) -> Book:
    properties = root.find(S("workbookPr"))
    from_1904 = False if properties is None else switch(properties.get("date1904", "0"))
    strings = read_shared_strings(package, package.related(part, "sharedStrings"))
    return Book(strings, read_styles(package, package.related(part, "styles")), from_1904)
