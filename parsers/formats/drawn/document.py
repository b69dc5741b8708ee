"""A document from drawn pages: tables numbered throughout, cells counted as a person does."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from typing import TYPE_CHECKING

from parsers.document import Block, Cell, Document, Paragraph, Place, Table
from parsers.formats.drawn.layout import Ink, read_page
from parsers.formats.drawn.seams import Joined, Slot, join_pages
from parsers.names import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.formats.drawn.page import Page


def read_pages(kind: str, pages: Iterable[Page], flags: frozenset[str]) -> Document:
    """Return the document that some pages make."""
    return assemble(kind, [(page.height, read_page(page)) for page in pages], flags)


def assemble(kind: str, inks: Iterable[tuple[float, list[Ink]]], flags: frozenset[str]) -> Document:
    """Return the document that the ink of some pages makes, each with its height."""
    blocks: list[Block] = []
    tables = paragraphs = 0
    for block in join_pages(inks):
        if isinstance(block, Joined):
            tables += 1
            blocks.append(_table(block, tables))
        elif text := clean(block.text).strip():
            paragraphs += 1
            blocks.append(Paragraph(text, Place(paragraph=paragraphs), block.flags))
    return Document(kind, tuple(blocks), flags)


def _table(joined: Joined, number: int) -> Table:
    slots = sorted(joined.slots)
    seen = _columns_by_row(slots)
    return Table(
        number, tuple(_cell(s, number, bisect_right(seen[s.row], s.column)) for s in slots)
    )


def _columns_by_row(slots: Sequence[Slot]) -> dict[int, list[int]]:
    """Return where the cells begin that a person sees in each row, those from above included."""
    columns: dict[int, list[int]] = defaultdict(list)
    for slot in slots:
        for row in range(slot.row, slot.row + slot.row_span):
            insort(columns[row], slot.column)
    return columns


def _cell(slot: Slot, table: int, ordinal: int) -> Cell:
    return Cell(
        row=slot.row,
        column=slot.column,
        text=clean(slot.text),
        place=Place(table=table, row=slot.row, column=ordinal),
        row_span=slot.row_span,
        column_span=slot.column_span,
        origin=slot.origin,
        flags=slot.flags,
    )
