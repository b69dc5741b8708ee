"""How a worksheet's cells lie on its grid: merged ranges once, blanks inside the used block."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from parsers.document import Cell, Origin, Place, Table
from parsers.formats.sheet import refs
from parsers.formats.sheet.cells import MAX_CELLS
from parsers.formats.sheet.shown import Book, show
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from parsers.formats.sheet.cells import Sheet, Stored

_HIDDEN_ROW = frozenset({"hidden-row"})
_LONGEST_TITLE = 31  # characters; Excel allows no more
_MAX_BLANKS = 20_000
_MAX_COVERED = 200_000  # grid positions under merged ranges, per sheet
_MAX_MERGE = 10_000

Position = tuple[int, int]
Area = tuple[int, int, int, int]  # top, left, bottom, right


@dataclass(slots=True)
class _Grid:
    """A sheet being laid out."""

    title: str
    cells: dict[Position, Cell] = field(default_factory=dict)
    covered: set[Position] = field(default_factory=set)

    def block(self) -> tuple[int, int, int, int]:
        """Return (top, left, bottom, right) of what has text."""
        rows, columns = zip(*self.cells, strict=True)
        return min(rows), min(columns), max(rows), max(columns)

    def blank(self, row: int, column: int) -> Cell:
        return Cell(row, column, "", place_of(self.title, row, column))


def place_of(title: str, row: int, column: int) -> Place:
    """Return the address of a sheet's cell; all forms have the same."""
    if len(title) > _LONGEST_TITLE:
        return Place(sheet=title, ref=refs.name(row, column))
    return _known_place(title, row, column)


@lru_cache(maxsize=4096)
def _known_place(title: str, row: int, column: int) -> Place:
    return Place(sheet=title, ref=refs.name(row, column))


def numbered(sheets: Iterable[Callable[[int], Table]]) -> Iterator[Table]:
    """Read sheet after sheet and number those that hold something.

    Raises Unreadable("too-large") when all of them hold too many cells.
    """
    number = kept = 0
    for read in sheets:
        table = read(number + 1)
        kept += len(table.cells)
        if kept > 2 * MAX_CELLS:
            raise Unreadable("too-large", "too many cells")
        if table.cells:
            number += 1
            yield table


def lay_out(title: str, sheet: Sheet, book: Book, number: int, flags: frozenset[str]) -> Table:
    """Return the worksheet as a table; without cells when nothing is in it."""
    cells = (_cell(title, stored, book) for stored in sheet.cells)
    return arrange(Table(number, tuple(cells), title, flags), sheet.merges, sheet.hidden_columns)


def arrange(
    table: Table, merges: Iterable[Area], hidden_columns: Container[int] = frozenset()
) -> Table:
    """Return a sheet whose filled cells are given with its merges, blanks and hidden columns."""
    grid = _Grid(table.sheet or "")
    for cell in table.cells:
        if cell.text or cell.flags - _HIDDEN_ROW or cell.number is not None:
            grid.cells[cell.row, cell.column] = cell
    if grid.cells:
        _merge(grid, merges)
        _fill(grid)
    cells = (grid.cells[at] for at in sorted(grid.cells))
    if hidden_columns:
        cells = (_with_columns(cell, hidden_columns) for cell in cells)
    return replace(table, cells=tuple(cells))


def _cell(title: str, stored: Stored, book: Book) -> Cell:
    shown = show(stored, book)
    return Cell(
        stored.row,
        stored.column,
        shown.text,
        place_of(title, stored.row, stored.column),
        origin=Origin.FORMULA if stored.formula else Origin.TYPED,
        number=shown.number,
        moment=shown.moment,
        flags=shown.flags | _HIDDEN_ROW if stored.hidden_row else shown.flags,
    )


def _with_columns(cell: Cell, hidden: Container[int]) -> Cell:
    return replace(cell, flags=cell.flags | {"hidden-column"}) if cell.column in hidden else cell


def _merge(grid: _Grid, merges: Iterable[Area]) -> None:
    """Give top left cells their spans; what lies under a merged range is not seen."""
    last = grid.block()[2:]
    for merged in merges:
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
            if (row, column) not in grid.cells and (row, column) not in grid.covered:
                grid.cells[row, column] = grid.blank(row, column)
