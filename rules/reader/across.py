"""Tables whose columns went to the next page: a sheet too wide for its paper, printed to PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rules.labels import read_label
from rules.synonyms import heads_labels, heads_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.document import Document, Table

FEWEST = 5  # rows from which two tables of as many rows may be one


def joined(document: Document) -> Document:
    """Return a PDF's document with such tables side by side; every cell keeps its place."""
    if document.kind != "pdf" or len(document.tables) < 2:
        return document
    blocks = list(document.blocks)
    for left, right in _pairs(document.tables):
        blocks[blocks.index(left)] = _beside(left, right)
        blocks.remove(right)
    return replace(document, blocks=tuple(blocks))


def _pairs(tables: Sequence[Table]) -> list[tuple[Table, Table]]:
    """Return the halves of tables: labels without a column of numbers, then that column."""
    halves, found = [*tables], []
    while halves:
        left = halves.pop(0)
        right = next((t for t in halves if _fit(left, t)), None) if _heads(left) else None
        if right is not None:
            found.append((left, right))
            halves.remove(right)
    return found


def _heads(table: Table) -> bool:
    cores = _first_row(table)
    return any(map(heads_labels, cores)) and not any(map(heads_values, cores))


def _fit(left: Table, right: Table) -> bool:
    """Say whether the second table has as many rows, headed as numbers and not as labels."""
    cores = _first_row(right)
    rows = len({cell.row for cell in left.cells})
    same = rows == len({cell.row for cell in right.cells}) >= FEWEST
    return same and any(map(heads_values, cores)) and not any(map(heads_labels, cores))


def _first_row(table: Table) -> list[str]:
    return [read_label(cell.text[:20]).core for cell in table.cells if cell.row == 1]


def _beside(left: Table, right: Table) -> Table:
    width = max(cell.column + cell.column_span - 1 for cell in left.cells)
    moved = [replace(cell, column=cell.column + width) for cell in right.cells]
    cells = sorted((*left.cells, *moved), key=lambda cell: (cell.row, cell.column))
    return replace(left, cells=tuple(cells))
