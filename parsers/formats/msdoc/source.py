"""A binary Word file opened for reading: its text with the properties of every stretch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.formats.msdoc import fib
from parsers.formats.msdoc.pages import Pages, character_pages, paragraph_pages
from parsers.formats.msdoc.paragraphs import Properties, Reader
from parsers.formats.msdoc.pieces import Pieces, read_pieces
from parsers.formats.msdoc.styles import Styles, read_fonts, read_styles
from parsers.formats.word.styles import PLAIN, Look
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.compound import Compound
    from parsers.formats.msdoc.runs import Run

MAX_PARAGRAPHS = 200_000  # read one by one, some three seconds
_CELL_MARK, _PARAGRAPH_MARK, _BREAK = "\x07", "\r", "\x0c"
_ENDS = re.compile("[\r\x07\x0c]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Positions [start, end) of the text, its mark being at `end`."""

    start: int
    end: int
    properties: Properties

    @property
    def depth(self) -> int:
        """How many tables it is in."""
        return self.properties.depth


@dataclass(slots=True)
class Source:
    """Everything that reading a stretch of text needs."""

    file: fib.File
    pieces: Pieces
    styles: Styles
    section_ends: frozenset[int]
    _characters: Pages
    _paragraphs: Pages
    _reader: Reader
    _seen: int = 0

    def paragraphs(self, start: int, end: int) -> Iterator[Paragraph]:
        """Yield the paragraphs of [start, end); text after the last mark is one too."""
        begin = start
        for found in _ENDS.finditer(self.pieces.text, start, end):
            mark = found.start()
            if found[0] == _BREAK and mark + 1 not in self.section_ends:
                continue
            yield self._paragraph(begin, mark)
            begin = mark + 1
        if begin < min(end, len(self.pieces.text)):
            yield Paragraph(begin, min(end, len(self.pieces.text)), Properties())

    def _paragraph(self, start: int, mark: int) -> Paragraph:
        self._seen += 1
        if self._seen > MAX_PARAGRAPHS:
            raise Unreadable("too-large", f"over {MAX_PARAGRAPHS} paragraphs")
        for piece in self.pieces.between(mark, mark + 1):
            entry = self._paragraphs.at(piece.at(mark))
            found = self._reader.get(entry, piece.changes)
            if not found.depth and self.pieces.text[mark] == _CELL_MARK:
                raise Unreadable("damaged", "a cell outside a table")
            return Paragraph(start, mark, found)
        return Paragraph(start, mark, Properties())

    def ends_cell(self, paragraph: Paragraph) -> bool:
        """Tell whether the paragraph is the last of its cell."""
        if paragraph.depth == 1:
            return self.pieces.text[paragraph.end] == _CELL_MARK
        return paragraph.properties.cell_end

    def base(self, paragraph: Paragraph) -> Look:
        """Return how the paragraph's style looks."""
        return self.styles.looks.get(paragraph.properties.style, PLAIN)

    def runs(self, start: int, end: int, base: Look) -> Iterator[tuple[int, int, Run]]:
        """Yield (start, end, run) of the stretches of [start, end) in order."""
        for piece in self.pieces.between(start, end):
            at, last = max(start, piece.start), min(end, piece.end)
            for stop, changes in self._characters.between(piece.at(at), piece.at(last)):
                until = piece.start + (stop - piece.offset) // piece.width
                if until > at:
                    yield at, until, self.styles.runs.get(changes + piece.changes, base)
                at = until

    def mark(self, paragraph: Paragraph) -> Run:
        """Return the properties of the paragraph's mark."""
        found = self.runs(paragraph.end, paragraph.end + 1, self.base(paragraph))
        return next((run for _, _, run in found), self.styles.runs.get(b"", PLAIN))


def open_source(compound: Compound) -> Source:
    """Read the tables of a file; Unreadable when it is encrypted, too old, damaged or too large."""
    file = fib.read_file(compound)
    styles = read_styles(file.part(fib.STYLES), read_fonts(file.part(fib.FONTS)))
    return Source(
        file,
        read_pieces(file, file.part(fib.PIECES)),
        styles,
        _section_ends(file.part(fib.SECTIONS)),
        character_pages(file.main, file.part(fib.CHARACTERS)),
        paragraph_pages(file.main, file.part(fib.PARAGRAPHS)),
        Reader(file, styles),
    )


def _section_ends(table: bytes) -> frozenset[int]:
    count = max((len(table) - 4) // 16, 0)
    bounds = (table[at : at + 4] for at in range(4, 4 * (count + 1), 4))
    return frozenset(int.from_bytes(bound, "little") for bound in bounds)
