"""What a row of a table looks like: the edges of its cells, which are merged ([MS-DOC] §2.9)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CELL = 20
MAX_CELLS = 64  # Word's limit is 63


class Merge(Enum):
    """Whether a cell begins a merged one, continues it, or is no part of one."""

    NONE = auto()
    FIRST = auto()
    CONTINUED = auto()


@dataclass(frozen=True, slots=True)
class CellShape:
    """How one cell is merged with the one to its left and the one above."""

    horizontal: Merge = Merge.NONE
    vertical: Merge = Merge.NONE


@dataclass(frozen=True, slots=True)
class Shape:
    """A row: one edge more than cells, in twips from the margin."""

    edges: tuple[int, ...]
    cells: tuple[CellShape, ...]


def shape(operand: bytes) -> Shape | None:
    """Read a TDefTableOperand, without its size; None when it is nonsense."""
    count = operand[0] if operand else 0
    if not 0 < count <= MAX_CELLS or len(operand) < 1 + 2 * (count + 1):
        return None
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    start = 1 + 2 * (count + 1)
    flags = [operand[at : at + 2] for at in range(start, start + _CELL * count, _CELL)]
    return Shape(edges, tuple(_cell(int.from_bytes(pair, "little")) for pair in flags))


def _cell(flags: int) -> CellShape:
    horizontal = {1: Merge.FIRST, 2: Merge.CONTINUED}.get(flags & 3, Merge.NONE)
    return CellShape(horizontal, _vertical(flags >> 5 & 3))


def _vertical(value: int) -> Merge:
    return {1: Merge.CONTINUED, 2: Merge.FIRST, 3: Merge.FIRST}.get(value, Merge.NONE)


def merged(row: Shape, operand: bytes) -> Shape:
    """Merge the cells [first, limit) into one."""
    first, limit = operand[0], operand[1]

    def change(index: int, cell: CellShape) -> CellShape:
        merge = Merge.FIRST if index == first else Merge.CONTINUED
        return replace(cell, horizontal=merge)

    return _between(row, first, limit, change)


def split(row: Shape, operand: bytes) -> Shape:
    """Undo a merge of the cells [first, limit)."""
    return _between(
        row, operand[0], operand[1], lambda _, cell: replace(cell, horizontal=Merge.NONE)
    )


def vertically_merged(row: Shape, operand: bytes) -> Shape:
    """Set how one cell is merged with the one above."""
    if len(operand) < 2:
        return row
    first, merge = operand[0], _vertical(operand[1])
    return _between(row, first, first + 1, lambda _, cell: replace(cell, vertical=merge))


def _between(
    row: Shape, first: int, limit: int, change: Callable[[int, CellShape], CellShape]
) -> Shape:
    cells = (
        change(index, cell) if first <= index < limit else cell
        for index, cell in enumerate(row.cells)
    )
    return replace(row, cells=tuple(cells))
