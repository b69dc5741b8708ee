"""How cells with row and column spans take their places on a grid, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from parsers.unreadable import Unreadable

MAX_COVERED = 200_000  # grid positions of one table


@dataclass(slots=True)
class Box:
    """One cell on a grid; `ordinal` counts the cells of its row as a person does.

    `number`, `moment` and `formula` are a spreadsheet's, as in `parsers.document.Cell`;
    `contents` are the texts and tables in a cell that holds tables, in order.
    """

    row: int
    column: int
    ordinal: int
    row_span: int = 1
    column_span: int = 1
    text: str = ""
    flags: frozenset[str] = frozenset()
    number: Decimal | None = None
    moment: datetime | None = None
    formula: bool = False
    contents: tuple[str | list[Box], ...] = ()


@dataclass(slots=True)
class Lattice:
    """A table being laid out; a cell never covers what another covers already."""

    boxes: list[Box] = field(default_factory=list)
    rows: int = 0
    _owners: dict[tuple[int, int], Box] = field(default_factory=dict)
    _column: int = 1
    _ordinal: int = 0
    _last: Box | None = None

    def next_row(self) -> None:
        """Begin a row."""
        self.rows += 1
        self._column, self._ordinal, self._last = 1, 0, None

    def skip_rows(self, count: int) -> None:
        """Leave rows empty."""
        self.rows += count

    def free_column(self) -> int:
        """Return the next column of the row that no cell from above covers."""
        column = self._column
        while (self.rows, column) in self._owners:
            column += 1
        return column

    def place(self, column: int, width: int = 1, height: int = 1) -> Box:
        """Put a cell into the row; columns are taken from left to right."""
        while self._column < column:
            self._count(self._owners.get((self.rows, self._column)))
            self._column += 1
        box = Box(self.rows, column, self._ordinal + 1, height, width)
        self._cover(box)
        self._count(box)
        self._column = column + width
        self.boxes.append(box)
        return box

    def _count(self, owner: Box | None) -> None:
        if owner is not None and owner is not self._last:
            self._ordinal += 1
        self._last = owner

    def _cover(self, box: Box) -> None:
        if len(self._owners) + box.row_span * box.column_span > MAX_COVERED:
            raise Unreadable("too-large", "spans")
        for row in range(box.row, box.row + box.row_span):
            for column in range(box.column, box.column + box.column_span):
                self._owners.setdefault((row, column), box)

    def finish(self) -> list[Box]:
        """Return the cells by row, then column; no span reaches below the last row."""
        for box in self.boxes:
            box.row_span = min(box.row_span, self.rows - box.row + 1)
        return self.boxes
