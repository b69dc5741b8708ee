"""How the rows and cells of a worksheet count, with the jumps that ss:Index makes."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.document import Cell, Origin, Table
from parsers.formats.excel2003.names import SS, X
from parsers.formats.excel2003.styles import Styles
from parsers.formats.excel2003.values import read_value
from parsers.formats.ooxml.xml import Element, integer
from parsers.formats.sheet import refs
from parsers.formats.sheet.cells import MAX_CELLS, MAX_MERGES
from parsers.formats.sheet.styles import CellStyle
from parsers.formats.sheet.table import Area, arrange, place_of
from parsers.unreadable import Unreadable

_MAX_HIDDEN = 256
_PLAIN = CellStyle()


@dataclass(slots=True)
class _Sheet:
    """A worksheet being read; `columns` are the styles of columns that have one."""

    title: str
    styles: Styles
    cells: list[Cell] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    columns: dict[int, str] = field(default_factory=dict)


def read_sheet(worksheet: Element, styles: Styles, number: int) -> Table:
    """Read one ss:Worksheet."""
    sheet = _Sheet(worksheet.get(SS("Name"), ""), styles)
    for table in worksheet.iterchildren(SS("Table")):
        _columns(table, sheet)
        _rows(table, sheet)
    visible = worksheet.findtext(f"{X('WorksheetOptions')}/{X('Visible')}", "")
    flags = frozenset({"hidden-sheet"}) if "Hidden" in visible else frozenset[str]()
    found = Table(number, tuple(sheet.cells), sheet.title, flags)
    return arrange(found, sheet.merges, sheet.hidden)


def _columns(table: Element, sheet: _Sheet) -> None:
    column = 0
    for node in table.iterchildren(SS("Column")):
        column = integer(node.get(SS("Index"))) or column + 1
        span = min(max(integer(node.get(SS("Span"))), 0), _MAX_HIDDEN)
        covered = range(column, column + span + 1)
        if node.get(SS("Hidden")) == "1":
            sheet.hidden.update(covered)
        style = node.get(SS("StyleID"))
        if style is not None:
            sheet.columns.update(dict.fromkeys(covered, style))
        column += span


def _rows(table: Element, sheet: _Sheet) -> None:
    row = 0
    for node in table.iterchildren(SS("Row")):
        row = integer(node.get(SS("Index"))) or row + 1
        _row(node, row, sheet)
        row += max(integer(node.get(SS("Span"))), 0)


def _row(node: Element, row: int, sheet: _Sheet) -> None:
    column = 0
    for cell in node.iterchildren(SS("Cell")):
        column = integer(cell.get(SS("Index"))) or column + 1
        if not (0 < row <= refs.LAST_ROW and 0 < column <= refs.LAST_COLUMN):
            raise Unreadable("damaged", "a cell outside the sheet")
        across = max(integer(cell.get(SS("MergeAcross"))), 0)
        down = max(integer(cell.get(SS("MergeDown"))), 0)
        if (across or down) and len(sheet.merges) < MAX_MERGES:
            sheet.merges.append((row, column, row + down, column + across))
        _cell(cell, node, row, column, sheet)
        column += across


def _cell(cell: Element, node: Element, row: int, column: int, sheet: _Sheet) -> None:
    style = cell.get(SS("StyleID")) or node.get(SS("StyleID")) or sheet.columns.get(column, "")
    shown = read_value(cell, sheet.styles.get(style, _PLAIN))
    if shown is None:
        return
    if len(sheet.cells) >= MAX_CELLS:
        raise Unreadable("too-large", f"over {MAX_CELLS} filled cells")
    hidden = frozenset({"hidden-row"}) if node.get(SS("Hidden")) == "1" else frozenset[str]()
    sheet.cells.append(
        Cell(
            row,
            column,
            shown.text,
            place_of(sheet.title, row, column),
            origin=Origin.FORMULA if cell.get(SS("Formula")) is not None else Origin.TYPED,
            number=shown.number,
            moment=shown.moment,
            flags=shown.flags | hidden,
        )
    )
