"""How the blocks of a text document follow one another: paragraphs, lists, sections, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from parsers.formats.opendocument.names import CELL, COVERED, DRAW, TABLE, TEXT, H, P
from parsers.formats.opendocument.tables import is_hidden, repeated, rows, spans
from parsers.formats.opendocument.text import (
    SHAPES,
    Inks,
    begin_change,
    end_change,
    read_line,
)
from parsers.formats.page.blocks import Blocks, contents_of, pieces_text
from parsers.formats.page.lattice import Box, Lattice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.formats.ooxml.xml import Element

_TABLE, _SECTION, _LIST_ITEM = TABLE("table"), TEXT("section"), TEXT("list-item")
_LISTS = frozenset({TEXT("list"), TEXT("list-header"), _LIST_ITEM, TEXT("numbered-paragraph")})
_WRAPPERS = frozenset(
    {
        *_LISTS, *SHAPES, DRAW("text-box"), TEXT("index-body"), TEXT("index-title"),
        TEXT("table-of-content"), TEXT("illustration-index"), TEXT("alphabetical-index"),
        TEXT("user-index"), TEXT("table-index"), TEXT("object-index"), TEXT("bibliography"),
    }
)  # fmt: skip


class Sink(Protocol):
    """Where blocks go: a document's numbered blocks, or the text of a cell."""

    def line(self, text: str, flags: set[str], *, ends: bool) -> None:
        """Take a paragraph; one that does not end runs on into the next."""

    def table(self, boxes: Iterable[Box]) -> None:
        """Take a table."""


@dataclass(slots=True)
class Body:
    """The document itself."""

    blocks: Blocks = field(default_factory=Blocks)
    flags: set[str] = field(default_factory=set)
    _begun: str = ""

    def line(self, text: str, flags: set[str], *, ends: bool) -> None:
        """Add a paragraph with its number."""
        self._begun += text
        self.flags |= flags
        if ends:
            self.blocks.add_paragraph(self._begun)
            self._begun = ""

    def table(self, boxes: Iterable[Box]) -> None:
        """Add a table with its number."""
        self.blocks.add_table(boxes)


@dataclass(slots=True)
class Inside:
    """The text of one cell."""

    pieces: list[str | list[Box]] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)

    def line(self, text: str, flags: set[str], *, ends: bool) -> None:
        """Add a line."""
        self.pieces.append(text + "\n" if ends else text)
        self.flags |= flags

    def table(self, boxes: Iterable[Box]) -> None:
        """Add a nested table as 甲|乙, a line per row."""
        inner = list(boxes)
        self.pieces.append(inner)
        self.flags.update({"nested-table"}, *(box.flags for box in inner))

    def fill(self, box: Box) -> None:
        """Give the cell its text, and its contents if there are tables among them."""
        box.text = pieces_text(self.pieces).strip()
        box.contents = contents_of(self.pieces)


def read_blocks(parent: Element, inks: Inks, sink: Sink, *, listed: bool = False) -> None:
    """Read every block below `parent` into `sink`."""
    for child in parent:
        tag = child.tag
        if tag in {P, H}:
            _paragraph(child, inks, sink, listed=listed)
        elif tag == _TABLE:
            sink.table(read_table(child, inks))
        elif tag in _WRAPPERS:
            read_blocks(child, inks, sink, listed=listed or tag == _LIST_ITEM)
        elif tag == _SECTION and child.get(TEXT("display")) != "none":
            read_blocks(child, inks, sink, listed=listed)
        elif tag == TEXT("change-start"):
            begin_change(inks, child)
        elif tag == TEXT("change-end"):
            end_change(inks, child)


def _paragraph(element: Element, inks: Inks, sink: Sink, *, listed: bool) -> None:
    line = read_line(element, inks)
    text = line.pen.text
    flags = line.pen.flags | ({"automatic-number"} if listed and text.strip() else set())
    if text or not line.shapes:
        sink.line(text, flags, ends=not inks.deleting)
    for shape in line.shapes:
        read_blocks(shape, inks, sink)


def read_table(table: Element, inks: Inks) -> list[Box]:
    """Read a table; rows and cells that stand for several are several."""
    lattice = Lattice()
    for row in rows(table):
        for _ in range(repeated(row, "number-rows-repeated")):
            lattice.next_row()
            _row(row, lattice, inks)
    return lattice.finish()


def _row(row: Element, lattice: Lattice, inks: Inks) -> None:
    column = 1
    hidden = {"hidden-row"} if is_hidden(row) else set[str]()
    for cell in row.iterchildren(CELL, COVERED):
        times = repeated(cell, "number-columns-repeated")
        for at in range(column, column + times if cell.tag == CELL else column):
            inks.count_cell()
            box = lattice.place(max(at, lattice.free_column()), *spans(cell))
            inside = Inside()
            read_blocks(cell, inks, inside)
            inside.fill(box)
            box.flags = frozenset(inside.flags | hidden)
        column += times
