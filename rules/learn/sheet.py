"""One table of a blank as rows of distinct cells, gaps included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.learn.cells import is_blank, is_place
from rules.reader.page import WIDEST, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.reader.page import Slot

Spot = tuple[int, int]  # grid row and column of a cell's first corner


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows `rows` of a page's table `table`."""

    page: Page
    table: int
    rows: tuple[int, ...]

    def cells(self, row: int) -> list[Slot]:
        """Return the distinct cells covering a row, left to right; gaps as empty cells."""
        found: list[Slot] = []
        for column in range(1, min(self.page.grids[self.table].width, WIDEST) + 1):
            slot = self.page.at(self.table, row, column)
            if slot is not None and (not found or slot.column >= found[-1].right_edge):
                found.append(slot)
        return found

    def at(self, row: int, column: int) -> Slot | None:
        """Return the cell covering a position of this table."""
        return self.page.at(self.table, row, column)

    def left_of(self, slot: Slot, row: int | None = None) -> Slot | None:
        """Return the cell left of this one in its first row, or the named one."""
        return self.at(slot.row if row is None else row, slot.column - 1)

    def line(self, row: int) -> int:
        """Return a row's line on the page."""
        return self.page.grids[self.table].lines[row]

    def below(self, row: int) -> Iterator[int]:
        """Yield the rows under one."""
        return (other for other in self.rows if other > row)


def sheets_of(page: Page, first: int, last: int) -> list[Sheet]:
    """Return the tables with rows among the lines first..last."""
    found = []
    for table, grid in enumerate(page.grids):
        rows = tuple(row for row, line in grid.lines.items() if first <= line <= last)
        if rows:
            found.append(Sheet(page, table, rows))
    return found


def spot(slot: Slot) -> Spot:
    """Return what tells a cell of a table from the others."""
    return slot.row, slot.column


def is_label(slot: Slot) -> bool:
    """Say whether a cell's text may name something."""
    return slot.filled and not is_place(slot.text)


def is_empty(slot: Slot) -> bool:
    """Say whether nothing is printed in a cell but lines to write on."""
    return not slot.filled or is_blank(slot.text)
