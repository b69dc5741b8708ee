"""One copy of a form of numbers: its table as cells, and what it states."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Cell:
    """A cell of the table, from 1; `key` is the field whose number stands in it.

    One that `heads` its row is the printed label of such a field.
    """

    row: int
    column: int
    text: str
    tall: int = 1
    wide: int = 1
    key: str = ""
    heads: bool = False


@dataclass
class Copy:
    """One copy. `stated` has each field's number, None where it is open or a question.

    `asked` are fields about which a question is right as well; `added` are numbers of rows that
    the form has not, `unit` is who filled it in.
    """

    campaign: object
    form: object
    dice: random.Random
    cells: list[Cell]
    above: list[str]
    below: list[str] = field(default_factory=list)
    stated: dict[str, float | None] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    added: list[int] = field(default_factory=list)
    habits: list[str] = field(default_factory=list)
    unit: str = ""

    @property
    def height(self):
        return max(cell.row + cell.tall - 1 for cell in self.cells)

    @property
    def width(self):
        return max(cell.column + cell.wide - 1 for cell in self.cells)

    @property
    def column(self):
        """Where most numbers stand."""
        return Counter(cell.column for cell in self.cells if cell.key).most_common(1)[0][0]

    def values(self):
        return [cell for cell in self.cells if cell.key]

    def label(self, value):
        """Return the text left of a number that is its label."""
        row = (c for c in self.cells if c.row <= value.row < c.row + c.tall)
        before = (c for c in row if c.column < value.column and c.heads)
        return max(before, key=lambda c: c.column)

    def put(self, old, **changes):
        self.cells[self.cells.index(old)] = replace(old, **changes)

    def is_whole(self, row):
        """Say whether no cell reaches over a row's upper edge."""
        return not any(c.row < row < c.row + c.tall for c in self.cells)

    def insert_column(self, at, text):
        """Put a column before the one at `at`; `text` says what stands in each row of it."""
        covered = {
            row
            for c in self.cells
            if c.column < at < c.column + c.wide
            for row in range(c.row, c.row + c.tall)
        }
        self.cells = [
            replace(c, column=c.column + 1)
            if c.column >= at
            else replace(c, wide=c.wide + (c.column + c.wide > at))
            for c in self.cells
        ]
        free = (row for row in range(1, self.height + 1) if row not in covered)
        self.cells += [Cell(row, at, text(row)) for row in free]

    def insert_row(self, at, cells):
        """Put a row before the one at `at`; cells that reach over its edge reach over it too."""
        moved = [replace(c, row=c.row + 1) if c.row >= at else _taller(c, at) for c in self.cells]
        self.cells = [*moved, *(replace(c, row=at) for c in cells)]

    def drop_row(self, at):
        self.stated |= {c.key: None for c in self.cells if c.key and c.row == at}
        kept = [c for c in self.cells if not (c.row == at and c.tall == 1)]
        self.cells = [replace(c, row=c.row - 1) if c.row > at else _shorter(c, at) for c in kept]


def _taller(cell, at):
    return replace(cell, tall=cell.tall + (cell.row + cell.tall > at))


def _shorter(cell, at):
    return replace(cell, tall=cell.tall - (cell.row + cell.tall > at))
