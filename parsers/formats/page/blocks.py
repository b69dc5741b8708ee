"""How blocks are numbered for people: tables from 1, paragraphs that say something from 1."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.document import Block, Cell, Origin, Paragraph, Place, Table
from parsers.formats.page.frames import is_frame
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
        """Add a table, unless it has no cell; one that only frames others gives way to them."""
        found = list(boxes)
        if _is_frame(found):
            self._open(found)
        elif found:
            self.tables += 1
            self._add(Table(self.tables, tuple(_cell(box, self.tables) for box in found)))

    def _open(self, boxes: Iterable[Box]) -> None:
        for box in boxes:
            for piece in box.contents or (box.text,):
                if not isinstance(piece, str):
                    self.add_table(piece)
                    continue
                for line in piece.split("\n"):
                    self.add_paragraph(line)

    def _add(self, block: Block) -> None:
        self.found.append(block)
        if len(self.found) > MAX_BLOCKS:
            raise Unreadable("too-large", f"over {MAX_BLOCKS} blocks")


def _is_frame(boxes: list[Box]) -> bool:
    inner = _tables_in(boxes)
    return is_frame((box.row for box in boxes if not box.contents and box.text.strip()), inner)


def _tables_in(boxes: Iterable[Box]) -> int:
    tables = [piece for box in boxes for piece in box.contents if not isinstance(piece, str)]
    return len(tables) + sum(_tables_in(table) for table in tables)


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


def pieces_text(pieces: Iterable[str | list[Box]]) -> str:
    """Return what stands in a cell as one text."""
    return "".join(
        piece if isinstance(piece, str) else nested_text(piece) + "\n" for piece in pieces
    )


def contents_of(pieces: Iterable[str | list[Box]]) -> tuple[str | list[Box], ...]:
    """Return texts, joined, and tables in order; nothing of a cell that holds no table."""
    found: list[str | list[Box]] = []
    for is_text, group in itertools.groupby(pieces, lambda piece: isinstance(piece, str)):
        members = list(group)
        found += ["".join(str(text) for text in members)] if is_text else members
    return tuple(found) if any(not isinstance(piece, str) for piece in found) else ()
