"""How paragraphs nest into tables, rows and cells: a mark ends each, a depth says of which."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.formats.msdoc.source import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parsers.formats.msdoc.source import Source


@dataclass(slots=True)
class Row:
    """A row: the contents of its cells, and the paragraph that ends it, if one does."""

    cells: list[list[Node]] = field(default_factory=list)
    end: Paragraph | None = None


@dataclass(slots=True)
class Rows:
    """A table."""

    rows: list[Row] = field(default_factory=list)


Node = Paragraph | Rows


def first_position(row: Row) -> int:
    """Return where in the text a row begins."""
    node: Node = row.cells[0][0]
    while isinstance(node, Rows):
        node = node.rows[0].cells[0][0]
    return node.start


def count_tables(nodes: Iterable[Node]) -> int:
    """Return how many tables stand among the nodes, at any depth."""
    tables = [node for node in nodes if isinstance(node, Rows)]
    inner = (cell for table in tables for row in table.rows for cell in row.cells)
    return len(tables) + sum(count_tables(cell) for cell in inner)


class Tree:
    """Paragraphs being nested, one looked at ahead."""

    def __init__(self, source: Source, paragraphs: Iterator[Paragraph]) -> None:
        self._source = source
        self._paragraphs = paragraphs
        self._next = next(paragraphs, None)

    def nodes(self) -> Iterator[Node]:
        """Yield what stands side by side outside tables."""
        while self._next is not None:
            yield self._take() if self._next.depth == 0 else self._table(1)

    def _take(self) -> Paragraph:
        taken, self._next = self._next, next(self._paragraphs, None)
        assert taken is not None  # noqa: S101 - asked for only when there is one
        return taken

    def _table(self, depth: int) -> Rows:
        table, row, cell = Rows(), Row(), list[Node]()
        while self._next is not None and self._next.depth >= depth:
            if self._next.depth > depth:
                cell.append(self._table(depth + 1))
                continue
            paragraph = self._take()
            if paragraph.properties.row_end:
                row.end = paragraph
                table.rows.append(_closed(row, cell))
                row, cell = Row(), []
                continue
            cell.append(paragraph)
            if self._source.ends_cell(paragraph):
                row.cells.append(cell)
                cell = []
        if row.cells or cell:
            table.rows.append(_closed(row, cell))
        return table


def _closed(row: Row, cell: list[Node]) -> Row:
    """Keep what stands after the last cell mark of a row."""
    if cell:
        row.cells.append(cell)
    return row
