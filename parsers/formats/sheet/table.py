"""How a worksheet's cells lie on its grid: merged ranges once, blanks inside the used block."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parsers.document import Cell, Origin, Place, Table
from parsers.formats.sheet import refs
from parsers.formats.sheet.cells import Sheet, Stored
from parsers.formats.sheet.shown import Book, show

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_BLANKS = 20_000
_MAX_COVERED = 200_000  # grid positions under merged ranges, per sheet
_MAX_MERGE = 10_000

Position = tuple[int, int]


@dataclass(slots=True)
class _Grid:
    """A sheet being laid out."""

    title: str
    sheet: Sheet
    cells: dict[Position, Cell] = field(default_factory=dict)
    covered: set[Position] = field(default_factory=set)

    def block(self) -> tuple[int, int, int, int]:
        """Return (top, left, bottom, right) of what has text."""
        rows, columns = zip(*self.cells, strict=True)
        return min(rows), min(columns), max(rows), max(columns)

    def blank(self, row: int, column: int) -> Cell:
        return Cell(row, column, "", Place(sheet=self.title, ref=refs.name(row, column)))


def lay_out(title: str, sheet: Sheet, book: Book, number: int, flags: frozenset[str]) -> Table:
    """Return the worksheet as a table; without cells when nothing is in it."""
    grid = _Grid(title, sheet)
    for stored in sheet.cells:
        cell = _cell(grid, stored, book)
        if cell.text or cell.flags - {"hidden-row"} or cell.number is not None:
            grid.cells[cell.row, cell.column] = cell
    if grid.cells:
        _merge(grid)
        _fill(grid)
    cells = tuple(_with_columns(grid, grid.cells[at]) for at in sorted(grid.cells))
    return Table(number, cells, title, flags)


def _cell(grid: _Grid, stored: Stored, book: Book) -> Cell:
    shown = show(stored, book)
    return replace(
        grid.blank(stored.row, stored.column),
        text=shown.text,
        origin=Origin.FORMULA if stored.formula else Origin.TYPED,
        number=shown.number,
        moment=shown.moment,
        flags=shown.flags | ({"hidden-row"} if stored.hidden_row else frozenset()),
    )


def _with_columns(grid: _Grid, cell: Cell) -> Cell:
    if cell.column in grid.sheet.hidden_columns:
        return replace(cell, flags=cell.flags | {"hidden-column"})
    return cell


def _merge(grid: _Grid) -> None:
    """Give top left cells their spans; what lies under a merged range is not seen."""
    last = grid.block()[2:]
    for merged in grid.sheet.merges:
        top, left, bottom, right = _bounded(*merged, *last)
        rows, columns = bottom - top + 1, right - left + 1
        over = len(grid.covered) + rows * columns > _MAX_COVERED
        if rows * columns < 2 or over or (top, left) in grid.covered:
            continue
        for at in _under(top, left, bottom, right):
            grid.covered.add(at)
            grid.cells.pop(at, None)
        owner = grid.cells.get((top, left)) or grid.blank(top, left)
        grid.cells[top, left] = replace(owner, row_span=rows, column_span=columns)


def _bounded(  # noqa: PLR0913, PLR0917 - four corners and the last used row and column
    top: int, left: int, bottom: int, right: int, last_row: int, last_column: int
) -> tuple[int, int, int, int]:
    """Cut a range over whole rows or columns to what is used."""
    if (bottom - top + 1) * (right - left + 1) <= _MAX_MERGE:
        return top, left, bottom, right
    if top > last_row or left > last_column:
        return top, left, top, left
    return top, left, min(bottom, last_row), min(right, last_column)


def _under(top: int, left: int, bottom: int, right: int) -> Iterator[Position]:
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) != (top, left):
                yield row, column


def _fill(grid: _Grid) -> None:
    """Add the blanks of a modest block, so that a missing value has a place to point at."""
    top, left, bottom, right = grid.block()
    area = (bottom - top + 1) * (right - left + 1)
    if area - len(grid.cells) - len(grid.covered) > _MAX_BLANKS:
        return
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) not in grid.covered:
                grid.cells.setdefault((row, column), grid.blank(row, column))
