"""Excel workbooks of the binary format (.xls, .xlt, .et): each worksheet a table, as it is shown.

Own reader: calamine drops number formats and struck runs, and can abort the process
(facts/documents.md §2.4). Excel 5 and later; the number formats are those of xlsx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.compound import opened
from parsers.document import Document, Table
from parsers.formats.msxls.cells import read_cells
from parsers.formats.msxls.computed import distrust
from parsers.formats.msxls.secrecy import decrypted
from parsers.formats.msxls.workbook import Workbook, read_globals
from parsers.formats.sheet.cells import MAX_CELLS, Sheet
from parsers.formats.sheet.shown import Book
from parsers.formats.sheet.table import lay_out
from parsers.legacy import legacy
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.compound import Compound

MAX_SHEETS = 1_000
_BEFORE_OLE = frozenset({b"\x09\x00", b"\x09\x02", b"\x09\x04"})  # how BIFF 2 to 4 begin


def read_xls(data: bytes) -> Document:
    """Read a workbook; Unreadable when it is encrypted, damaged, too large or of Excel 4."""
    if data[:2] in _BEFORE_OLE:
        raise legacy("Excel 4 or before")
    with opened(data) as compound:
        stream = compound.stream("Workbook") or compound.stream("Book")
        book = read_globals(decrypted(stream))
        tables = tuple(_tables(book))
        return Document("xls", tables, frozenset(_carried(compound)))


def _tables(book: Workbook) -> Iterator[Table]:
    look = Book(book.strings, book, book.from_1904)
    number = 0
    for title, sheet, flags in _sheets(book):
        table = lay_out(title, sheet, look, number + 1, flags)
        if table.cells:
            number += 1
            yield table


def _sheets(book: Workbook) -> list[tuple[str, Sheet, frozenset[str]]]:
    found: list[tuple[str, Sheet, frozenset[str]]] = []
    kept = 0
    for entry in book.sheets[:MAX_SHEETS]:
        sheet = read_cells(book, entry.offset)
        kept += len(sheet.cells)
        if kept > MAX_CELLS:
            raise Unreadable("too-large", "too many cells")
        flags = frozenset({"hidden-sheet"}) if entry.hidden else frozenset[str]()
        found.append((entry.title, sheet, flags))
    if not book.calculated:
        distrust([sheet for _, sheet, _ in found])
    return found


def _carried(compound: Compound) -> Iterator[str]:
    """Say what the file carries besides cells, told by the names of its storages."""
    if compound.has_members("_VBA_PROJECT_CUR"):
        yield "macros"
    if any(name.startswith("mbd") for name in compound):
        yield "embedded-objects"
