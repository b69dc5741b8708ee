"""Workbooks as one XML file, named .xls or .xml: SpreadsheetML 2003 (ss:Workbook)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from parsers.document import Document, Table
from parsers.formats.excel2003.names import SS
from parsers.formats.excel2003.sheets import read_sheet
from parsers.formats.excel2003.styles import read_styles
from parsers.formats.ooxml.xml import parse
from parsers.formats.sheet.table import numbered
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.formats.ooxml.xml import Element

MAX_BYTES = 64_000_000


def read_xls_xml(data: bytes) -> Document:
    """Read a workbook; Unreadable when it is damaged or too large."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too-large", f"over {MAX_BYTES} bytes")
    root = parse(data)
    if root.tag != SS("Workbook"):
        raise Unreadable("damaged", "no ss:Workbook")
    return Document("xls-xml", tuple(_tables(root)))


def _tables(root: Element) -> Iterator[Table]:
    styles = read_styles(root)
    return numbered(
        partial(read_sheet, each, styles) for each in root.iterchildren(SS("Worksheet"))
    )
