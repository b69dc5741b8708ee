"""How the rows of a table lie on one grid, merged cells once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from parsers.formats.msdoc.rows import CellShape, Merge, Shape
from parsers.formats.msdoc.tree import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.formats.msdoc.tree import Row

_SAME_EDGE = 120  # twips, two millimetres: pasted rows are off by a cell's margin, 108
_WIDTH = 1_000


@dataclass(slots=True)
class Slot:
    """One cell on the grid; `ordinal` counts the cells of its row as a person does."""

    nodes: list[Node]
    row: int
    column: int
    ordinal: int
    row_span: int = 1
    column_span: int = 1
    hidden: bool = False


def lay_out(rows: Sequence[tuple[Row, bool]]) -> list[Slot]:
    """Return the cells by row, then column; each row comes with whether it is hidden."""
    shapes = _shapes([row for row, _ in rows])
    columns = _columns(shapes)
    found: list[Slot] = []
    above: dict[int, Slot] = {}
    for number, ((row, hidden), shape) in enumerate(zip(rows, shapes, strict=True), 1):
        slots = _row(row, shape, columns, number)
        above = _join(slots, shape, above, found)
        for slot in slots:
            slot.hidden = hidden
    return found


def _shapes(rows: Sequence[Row]) -> list[Shape]:
    """Return each row's shape with an edge for every cell; a lost one is that of the row before."""
    shapes: list[Shape] = []
    last = Shape((0,), ())
    for row in rows:
        given = row.end.properties.shape if row.end is not None else None
        last = _fitted(given or last, len(row.cells))
        shapes.append(last)
    return shapes


def _fitted(shape: Shape, count: int) -> Shape:
    edges = tuple(accumulate(shape.edges, max))
    missing = max(count + 1 - len(edges), 0)
    added = tuple(edges[-1] + _WIDTH * (n + 1) for n in range(missing))
    cells = (*shape.cells, *(CellShape(),) * count)[:count]
    return Shape((*edges, *added)[: count + 1], cells)


def _columns(shapes: Sequence[Shape]) -> dict[int, int]:
    """Return a number from 1 for each edge of all rows; those close to each other are one."""
    widths = (right - left for shape in shapes for left, right in pairwise(shape.edges))
    within = min(min(widths, default=0) // 3, _SAME_EDGE)
    columns: dict[int, int] = {}
    number, start = 0, -(1 << 20)
    for edge in sorted({edge for shape in shapes for edge in shape.edges}):
        if edge - start > within:
            number, start = number + 1, edge
        columns[edge] = number
    return columns


def _row(row: Row, shape: Shape, columns: dict[int, int], number: int) -> list[Slot]:
    bounds = [columns[edge] for edge in shape.edges]
    return [
        Slot(nodes, number, bounds[i], i + 1, column_span=max(bounds[i + 1] - bounds[i], 1))
        for i, nodes in enumerate(row.cells)
    ]


def _join(
    slots: list[Slot], shape: Shape, above: dict[int, Slot], found: list[Slot]
) -> dict[int, Slot]:
    """Append the row's cells; return the ones a cell of the next row may continue."""
    below: dict[int, Slot] = {}
    ordinal = 0
    for slot, cell in zip(slots, shape.cells, strict=True):
        if cell.horizontal is Merge.CONTINUED and found and found[-1].row == slot.row:
            found[-1].column_span += slot.column_span
            continue
        ordinal += 1
        slot.ordinal = ordinal
        owner = above.get(slot.column) if cell.vertical is Merge.CONTINUED else None
        if owner is not None:
            owner.row_span = slot.row - owner.row + 1
            below[slot.column] = owner
        else:
            found.append(slot)
            if cell.vertical is not Merge.NONE:
                below[slot.column] = slot
    return below
