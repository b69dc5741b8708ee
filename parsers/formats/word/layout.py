"""Where everything stands in a Word file: blocks in order, tables as grids, numbered for people.

Reader and marker share this walk, so a mark lands on exactly the cell that was read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from parsers.document import Block, Cell, Paragraph, Place, Table
from parsers.formats.ooxml.xml import Element
from parsers.formats.page.frames import is_frame
from parsers.formats.word.controls import members
from parsers.formats.word.grid import Slot, slots
from parsers.formats.word.names import BLOCKS, TBL, P, T
from parsers.formats.word.plain import plain_text
from parsers.formats.word.story import Said, read_story
from parsers.formats.word.styles import Looks
from parsers.formats.word.text import read_paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRACKED = frozenset({"tracked-changes"})
_ELEMENT = attrgetter("element")
_place = lru_cache(maxsize=4096)(Place)  # of a table's cell: all forms have the same


@dataclass(frozen=True, slots=True)
class Laid:
    """A block as read, with the element of the paragraph, or one per cell of the table."""

    block: Block
    elements: tuple[Element, ...]


@dataclass(slots=True)
class Layout:
    """The numbering of one document; paragraphs without text are not counted."""

    looks: Looks
    tables: int = 0
    paragraphs: int = 0
    flags: set[str] = field(default_factory=set)

    def blocks(self, container: Element) -> Iterator[Laid]:
        """Yield the blocks of a body or text box; a box follows the paragraph it is tied to."""
        for element, said in members(container, BLOCKS):
            if element.tag == P:
                yield from self._paragraph(element, said)
            else:
                yield from self._table(element, said)

    def _paragraph(self, element: Element, said: str | None) -> Iterator[Laid]:
        ink = read_paragraph(element, self.looks)
        self.flags |= ink.flags & _TRACKED
        text = ink.text.strip() if said is None else said
        if text:
            self.paragraphs += 1
            block = Paragraph(text, Place(paragraph=self.paragraphs))
            yield Laid(block, (element,))
        for box in ink.boxes if said is None else ():
            yield from self.blocks(box)

    def _table(self, element: Element, said: str | None) -> Iterator[Laid]:
        found = slots(element, said, self.flags)
        if said is None and _is_frame(element, found):
            for slot in found:
                yield from self.blocks(slot.element)
        elif found:
            self.tables += 1
            cells = tuple(map(self._cell, found))
            yield Laid(Table(self.tables, cells), tuple(map(_ELEMENT, found)))

    def _cell(self, slot: Slot) -> Cell:
        flags = slot.flags
        text = plain_text(slot.element, self.looks) if slot.said is None else None
        if text is None:
            read = self._story(slot)
            text = read.text
            flags |= read.flags - _TRACKED
        place = _place(self.tables, slot.row, slot.ordinal)
        spans = slot.row_span, slot.column_span
        return Cell(slot.row, slot.column, text, place, *spans, flags=flags)

    def _story(self, slot: Slot) -> Said:
        read = read_story(slot.element, self.looks) if slot.said is None else Said.of(slot.said)
        self.flags |= read.flags & _TRACKED
        return read


def _is_frame(table: Element, slots: list[Slot]) -> bool:
    inner = sum(1 for _ in table.iterdescendants(TBL))
    return is_frame((slot.row for slot in slots if _says(slot.element)), inner)


def _says(cell: Element) -> bool:
    """Tell whether a cell holds text and no table."""
    if next(cell.iterdescendants(TBL), None) is not None:
        return False
    return any((text.text or "").strip() for text in cell.iterdescendants(T))
