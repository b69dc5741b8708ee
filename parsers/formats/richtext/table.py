"""How the rows of an RTF table lie on a grid: cells end at edges, merges are marked on them."""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.formats.page.blocks import contents_of
from parsers.formats.page.lattice import MAX_COVERED, Box
from parsers.formats.page.looks import Pen
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAME_EDGE = 40  # twips (0.7 mm): programs round the same edge differently from row to row
_MAX_CELLS = 256


@dataclass(slots=True)
class CellShape:
    """Where a cell ends, in twips, and its merges: "start", "continue" or ""."""

    edge: int = 0
    vertical: str = ""
    horizontal: str = ""


@dataclass(slots=True)
class RowShape:
    r"""What \\trowd and the words after it say of a row."""

    left: int = 0
    cells: list[CellShape] = field(default_factory=list)
    next: CellShape = field(default_factory=CellShape)

    def add(self, edge: int) -> None:
        r"""Take \\cellx."""
        self.next.edge = edge
        if len(self.cells) < _MAX_CELLS:
            self.cells.append(self.next)
        self.next = CellShape()


@dataclass(slots=True)
class Row:
    """A row as written: a text per cell, and its shape."""

    texts: list[Pen]
    shape: RowShape


@dataclass(slots=True)
class _Columns:
    """The edges of a whole table, equal ones as one."""

    edges: list[int]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> _Columns:
        found = sorted({edge for row in rows for edge in _edges(row.shape)})
        kept: list[int] = []
        for edge in found:
            if not kept or edge - kept[-1] > _SAME_EDGE:
                kept.append(edge)
        return cls(kept)

    def column(self, edge: int) -> int:
        """Return the 1-based column that begins at an edge."""
        return max(bisect.bisect_right(self.edges, edge), 1)


def _edges(shape: RowShape) -> list[int]:
    return [shape.left, *(cell.edge for cell in shape.cells)]


def grid(rows: Sequence[Row]) -> list[Box]:
    """Return the table's cells by row, then column, merged cells once."""
    columns = _Columns.of(rows)
    if len(rows) * len(columns.edges) > MAX_COVERED:
        raise Unreadable("too-large", "a table's edges")
    boxes: list[Box] = []
    above: dict[int, Box] = {}
    for number, row in enumerate(rows, start=1):
        above = _lay_row(row, number, columns, above, boxes)
    return boxes


def _lay_row(
    row: Row, number: int, columns: _Columns, above: dict[int, Box], boxes: list[Box]
) -> dict[int, Box]:
    """Append the row's cells; return the ones a cell of the next row may continue."""
    starts = _starts(row, columns)
    below: dict[int, Box] = {}
    begun: Box | None = None
    ordinal = 0
    for index, pen in enumerate(row.texts):
        shape = row.shape.cells[index] if index < len(row.shape.cells) else CellShape()
        start, width = starts[index], starts[index + 1] - starts[index]
        if shape.horizontal == "continue" and begun is not None:
            begun.column_span += width
            begun.text = f"{begun.text}\n{pen.text}".strip()
            continue
        ordinal += 1
        owner = above.get(start) if shape.vertical == "continue" else None
        if owner is not None:
            owner.row_span = number - owner.row + 1
        begun = Box(number, start, ordinal, 1, width, pen.text, frozenset(pen.flags))
        begun.contents = contents_of(pen.pieces) if pen.tables else ()
        if owner is None:
            boxes.append(begun)
        if shape.vertical:
            below[start] = owner or begun
    return below


def _starts(row: Row, columns: _Columns) -> list[int]:
    """Return the column each cell begins at, and where the last one ends."""
    edges = _edges(row.shape)[: len(row.texts) + 1]
    starts = [columns.column(edge) for edge in edges]
    if any(after <= before for before, after in itertools.pairwise(starts)):
        starts = list(range(1, len(starts) + 1))  # edges that are nonsense say only the order
    while len(starts) < len(row.texts) + 1:
        starts.append(starts[-1] + 1)
    return starts
