"""How the rows of an OpenDocument sheet count: repetitions, hidden ones, merged ranges."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parsers.document import Cell, Origin, Table
from parsers.formats.opendocument.names import CELL, COVERED, TABLE
from parsers.formats.opendocument.tables import count, is_hidden, rows, spans
from parsers.formats.opendocument.text import Inks
from parsers.formats.opendocument.values import read_value
from parsers.formats.sheet import refs
from parsers.formats.sheet.cells import MAX_CELLS, MAX_MERGES
from parsers.formats.sheet.table import Area, arrange, place_of
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.formats.ooxml.xml import Element
    from parsers.formats.sheet.value import Value


_COLUMN = TABLE("table-column")
_COLUMN_GROUPS = frozenset(
    TABLE(name) for name in ("table-columns", "table-header-columns", "table-column-group")
)
_STYLE, _DEFAULT_STYLE = TABLE("style-name"), TABLE("default-cell-style-name")
_MAX_HIDDEN = 256  # hidden columns that are marked one by one


@dataclass(slots=True)
class _Sheet:
    """A sheet being read; `lasts` are the last columns of each run, `styles` their styles."""

    title: str
    inks: Inks
    budget: int = MAX_CELLS
    cells: list[Cell] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    lasts: list[int] = field(default_factory=list)
    styles: list[str | None] = field(default_factory=list)

    def column_style(self, column: int) -> str | None:
        at = bisect.bisect_left(self.lasts, column)
        return self.styles[at] if at < len(self.styles) else None


def read_sheet(element: Element, inks: Inks, number: int) -> Table:
    """Read one table:table of a spreadsheet."""
    sheet = _Sheet(element.get(TABLE("name"), ""), inks)
    _columns(element, sheet)
    row = 1
    for node in rows(element):
        times = count(node, "number-rows-repeated")
        _row(node, row, times, sheet)
        row += times
    shown = inks.style("table", element.get(_STYLE)).displayed
    flags = frozenset[str]() if shown else frozenset({"hidden-sheet"})
    return arrange(
        Table(number, tuple(sheet.cells), sheet.title, flags), sheet.merges, sheet.hidden
    )


def _columns(element: Element, sheet: _Sheet) -> None:
    column = 0
    for node in _column_nodes(element):
        times = count(node, "number-columns-repeated")
        if is_hidden(node):
            sheet.hidden.update(range(column + 1, column + 1 + min(times, _MAX_HIDDEN)))
        column += times
        sheet.lasts.append(column)
        sheet.styles.append(node.get(_DEFAULT_STYLE))


def _column_nodes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == _COLUMN:
            yield child
        elif child.tag in _COLUMN_GROUPS:
            yield from _column_nodes(child)


def _row(node: Element, row: int, times: int, sheet: _Sheet) -> None:
    column = 1
    for cell in node.iterchildren(CELL, COVERED):
        across = count(cell, "number-columns-repeated")
        if cell.tag == CELL:
            style = cell.get(_STYLE) or node.get(_DEFAULT_STYLE) or sheet.column_style(column)
            value = read_value(cell, sheet.inks, style)
            _merge(cell, row, column, sheet)
            if value is not None:
                _keep(value, (row, column, times, across), sheet, hidden=is_hidden(node))
        column += across


def _merge(cell: Element, row: int, column: int, sheet: _Sheet) -> None:
    width, height = spans(cell)
    if (width > 1 or height > 1) and len(sheet.merges) < MAX_MERGES:
        sheet.merges.append((row, column, row + height - 1, column + width - 1))


def _keep(value: Value, area: tuple[int, int, int, int], sheet: _Sheet, *, hidden: bool) -> None:
    """Keep a value at each place it stands for; a bomb stands for more than is kept."""
    row, column, times, across = area
    if row + times - 1 > refs.LAST_ROW or column + across - 1 > refs.LAST_COLUMN:
        raise Unreadable("damaged", "a cell outside the sheet")
    sheet.budget -= times * across
    if sheet.budget < 0:
        raise Unreadable("too-large", f"over {MAX_CELLS} filled cells")
    flags = value.flags | (frozenset({"hidden-row"}) if hidden else frozenset())
    for at_row in range(row, row + times):
        for at in range(column, column + across):
            cell = Cell(at_row, at, value.text, place_of(sheet.title, at_row, at))
            origin = Origin.FORMULA if value.formula else Origin.TYPED
            sheet.cells.append(
                replace(cell, origin=origin, number=value.number, moment=value.moment, flags=flags)
            )
