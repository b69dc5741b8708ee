"""Where everything stands in a binary Word file: blocks in order, numbered for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.document import Block, Cell, Paragraph, Place, Table
from parsers.formats.msdoc import source as opened
from parsers.formats.msdoc.boxes import Boxes
from parsers.formats.msdoc.grid import Slot, lay_out
from parsers.formats.msdoc.text import read_paragraph
from parsers.formats.msdoc.tree import Node, Row, Rows, Tree, count_tables, first_position
from parsers.formats.page.frames import is_frame
from parsers.formats.word.story import Said
from parsers.formats.word.styles import PLAIN
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parsers.formats.msdoc.boxes import Stretch

MAX_CELLS = 200_000
_OF_DOCUMENT = frozenset({"tracked-changes", "pictures"})


@dataclass(slots=True)
class Layout:
    """The numbering of one document; paragraphs without text are not counted."""

    source: opened.Source
    boxes: Boxes
    tables: int = 0
    paragraphs: int = 0
    cells: int = 0
    flags: set[str] = field(default_factory=set)

    def document(self) -> Iterator[Block]:
        """Yield the blocks of the body, then those of boxes that hang nowhere."""
        yield from self._blocks(0, self.source.file.body)
        for start, end in self.boxes.rest():
            yield from self._blocks(start, end)

    def _blocks(self, start: int, end: int) -> Iterator[Block]:
        yield from self._lay(self._nodes((start, end)))

    def _lay(self, nodes: Iterable[Node]) -> Iterator[Block]:
        for node in nodes:
            if isinstance(node, Rows):
                yield from self._table(node)
            else:
                yield from self._paragraph(node)

    def _nodes(self, stretch: Stretch) -> Iterator[Node]:
        return Tree(self.source, self.source.paragraphs(*stretch)).nodes()

    def _paragraph(self, node: opened.Paragraph) -> Iterator[Block]:
        writing = read_paragraph(self.source, node)
        self.flags |= writing.ink.flags & _OF_DOCUMENT
        text = writing.ink.text.strip()
        if text:
            self.paragraphs += 1
            yield Paragraph(text, Place(paragraph=self.paragraphs))
        for stretch in self._hanging(writing.anchors):
            yield from self._blocks(*stretch)

    def _hanging(self, anchors: Iterable[int]) -> Iterator[Stretch]:
        for anchor in anchors:
            yield from self.boxes.at(anchor)

    def _table(self, node: Rows) -> Iterator[Block]:
        found = self._slots(node, self.flags)
        if self._is_frame(found):
            for slot in found:
                yield from self._lay(slot.nodes)
        elif found:
            self.tables += 1
            yield Table(self.tables, tuple(self._cell(slot) for slot in found))

    def _is_frame(self, slots: list[Slot]) -> bool:
        inner = sum(count_tables(slot.nodes) for slot in slots)
        own = (slot for slot in slots if inner and not count_tables(slot.nodes))
        return is_frame((slot.row for slot in own if self._story(slot.nodes).text), inner)

    def _slots(self, node: Rows, flags: set[str]) -> list[Slot]:
        """Lay the rows out; deleted ones are gone, and noted."""
        kept = [(row, self._is_hidden(row)) for row in node.rows if not self._is_deleted(row)]
        if len(kept) < len(node.rows):
            flags.update({"tracked-changes", "deleted-left-out"})
        found = lay_out(kept)
        self.cells += len(found)
        if self.cells > MAX_CELLS:
            raise Unreadable("too-large", f"over {MAX_CELLS} cells")
        return found

    def _is_hidden(self, row: Row) -> bool:
        return row.end is not None and self.source.mark(row.end).look.hidden

    def _is_deleted(self, row: Row) -> bool:
        """Tell whether mark and text are deleted; LibreOffice marks the row before instead."""
        if row.end is None or not self.source.mark(row.end).deleted:
            return False
        runs = self.source.runs(first_position(row), row.end.end, PLAIN)
        kept = (self.source.pieces.text[start:end] for start, end, run in runs if not run.deleted)
        return not "".join(kept).strip("\r\x07 \u3000")

    def _cell(self, slot: Slot) -> Cell:
        read = self._story(slot.nodes)
        self.flags |= read.flags & _OF_DOCUMENT
        hidden = {"hidden-row"} if slot.hidden else set[str]()
        return Cell(
            row=slot.row,
            column=slot.column,
            text=read.text,
            place=Place(table=self.tables, row=slot.row, column=slot.ordinal),
            row_span=slot.row_span,
            column_span=slot.column_span,
            flags=frozenset(read.flags - _OF_DOCUMENT | hidden),
        )

    def _story(self, nodes: Iterable[Node]) -> Said:
        """Read what stands in one cell or box as one text."""
        said = Said()
        for node in nodes:
            if isinstance(node, Rows):
                said.line(self._nested(node, said.flags))
            else:
                self._add(said, node)
        return said

    def _add(self, said: Said, node: opened.Paragraph) -> None:
        writing = read_paragraph(self.source, node)
        said.flags |= writing.ink.flags
        boxes = [self._story(self._nodes(box)) for box in self._hanging(writing.anchors)]
        if writing.ink.text or not boxes:
            said.line(writing.ink.text, ends=not self.source.mark(node).deleted)
        for inner in boxes:
            said.flags |= inner.flags
            said.parts.extend([inner.text, "\n"] if inner.text else ())

    def _nested(self, node: Rows, flags: set[str]) -> str:
        """Return 甲|乙, a line per row."""
        flags.add("nested-table")
        rows: dict[int, list[str]] = {}
        for slot in self._slots(node, flags):
            inner = self._story(slot.nodes)
            flags |= inner.flags
            rows.setdefault(slot.row, []).append(inner.text)
        return "\n".join("|".join(cells) for cells in rows.values())
