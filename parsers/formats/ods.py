"""OpenDocument spreadsheets (.ods, .ots, flat .fods): shown text, with the value behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.document import Document, Table
from parsers.formats.opendocument.container import open_document
from parsers.formats.opendocument.names import TABLE
from parsers.formats.opendocument.sheets import read_sheet
from parsers.formats.opendocument.text import Inks
from parsers.formats.sheet.cells import MAX_CELLS
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.formats.opendocument.container import OpenDocument


def read_ods(data: bytes) -> Document:
    """Read a spreadsheet; Unreadable when it is encrypted, damaged or too large."""
    return sheets_of(open_document(data, "spreadsheet"))


def sheets_of(file: OpenDocument) -> Document:
    """Read an opened spreadsheet."""
    return Document("ods", tuple(_tables(file)), file.flags)


def _tables(file: OpenDocument) -> Iterator[Table]:
    inks = Inks(file.styles)
    number = kept = 0
    for element in file.body.iterchildren(TABLE("table")):
        table = read_sheet(element, inks, number + 1)
        kept += len(table.cells)
        if kept > 2 * MAX_CELLS:
            raise Unreadable("too-large", "too many cells")
        if table.cells:
            number += 1
            yield table
