"""OpenDocument spreadsheets (.ods, .ots, flat .fods): shown text, with the value behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from parsers.document import Document, Table
from parsers.formats.opendocument.container import open_document
from parsers.formats.opendocument.names import TABLE
from parsers.formats.opendocument.sheets import read_sheet
from parsers.formats.opendocument.text import Inks
from parsers.formats.sheet.table import numbered

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
    return numbered(
        partial(read_sheet, element, inks) for element in file.body.iterchildren(TABLE("table"))
    )
