"""How blocks are numbered for people: tables from 1, paragraphs that say something from 1."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.document import Block, Cell, Origin, Paragraph, Place, Table
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.formats.page.lattice import Box

MAX_BLOCKS = 200_000


@dataclass(slots=True)
class Blocks:
    """The blocks of a document so far."""

    found: list[Block] = field(default_factory=list)
    tables: int = 0
    paragraphs: int = 0

    def add_paragraph(self, text: str) -> None:
        """Add a paragraph, unless it is blank."""
        text = text.strip()
        if text:
            self.paragraphs += 1
            self._add(Paragraph(text, Place(paragraph=self.paragraphs)))

    def add_table(self, boxes: Iterable[Box]) -> None:
        """Add a table, unless it has no cell."""
        number = self.tables + 1
        cells = tuple(_cell(box, number) for box in boxes)
        if cells:
            self.tables = number
            self._add(Table(number, cells))

    def _add(self, block: Block) -> None:
        self.found.append(block)
        if len(self.found) > MAX_BLOCKS:
            raise Unreadable("too-large", f"over {MAX_BLOCKS} blocks")


def _cell(box: Box, table: int) -> Cell:
    return Cell(
        row=box.row,
        column=box.column,
        text=box.text.strip(),
        place=Place(table=table, row=box.row, column=box.ordinal),
        row_span=box.row_span,
        column_span=box.column_span,
        origin=Origin.FORMULA if box.formula else Origin.TYPED,
        number=box.number,
        moment=box.moment,
        flags=box.flags,
    )


def nested_text(boxes: Iterable[Box]) -> str:
    """Return a table inside a cell as text: 甲|乙, a line per row."""
    rows: dict[int, list[str]] = {}
    for box in boxes:
        rows.setdefault(box.row, []).append(box.text.strip())
    return "\n".join("|".join(texts) for texts in rows.values())
