"""What a worksheet stores, cell by cell as it is read: the value's text, type, style, formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.formats.ooxml.xml import integer, switch
from parsers.formats.sheet import refs
from parsers.formats.sheet.stream import S, feed
from parsers.formats.sheet.strings import RichText
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.formats.ooxml.package import Package

MAX_CELLS = 200_000  # kept ones; some 120 MB
MAX_MERGES = 100_000
_MAX_HIDDEN = 256  # ranges of hidden columns
_ROW, _CELL, _VALUE, _FORMULA, _INLINE = S("row"), S("c"), S("v"), S("f"), S("is")
_COLUMN, _MERGE = S("col"), S("mergeCell")


@dataclass(slots=True)
class Stored:
    """A cell that holds something. `type` is ISO 29500's t; `value` None when there is no v."""

    row: int
    column: int
    type: str
    style: int
    value: str | None = None
    formula: bool = False
    flags: frozenset[str] = frozenset()
    hidden_row: bool = False


class Sheet:
    """A worksheet being fed tag by tag; the dimension element, often wrong, is not believed."""

    def __init__(self) -> None:
        self.cells: list[Stored] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_columns: set[int] = set()
        self._hidden_ranges = 0
        self._row = self._column = 0
        self._row_hidden = False
        self._cell: Stored | None = None
        self._inline: RichText | None = None
        self._value: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        if self._inline is not None:
            self._inline.start(tag, attributes)
        elif self._cell is not None:
            self._start_in_cell(self._cell, tag)
        elif tag == _CELL:
            self._start_cell(attributes)
        elif tag == _ROW:
            self._row = integer(attributes.get("r")) or self._row + 1
            self._column = 0
            self._row_hidden = "hidden" in attributes and switch(attributes["hidden"])
        elif tag == _COLUMN and "hidden" in attributes and switch(attributes["hidden"]):
            self._hide_columns(integer(attributes.get("min")), integer(attributes.get("max")))
        elif tag == _MERGE:
            self._add_merge(attributes.get("ref", ""))

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        at = refs.position(attributes.get("r", "")) or (self._row, self._column + 1)
        self._row, self._column = at
        style, kind = integer(attributes.get("s")), attributes.get("t", "n")
        self._cell = Stored(*at, kind, style, hidden_row=self._row_hidden)

    def _start_in_cell(self, cell: Stored, tag: str) -> None:
        if tag == _VALUE:
            self._value = []
        elif tag == _FORMULA:
            cell.formula = True
        elif tag == _INLINE:
            self._inline = RichText()

    def _hide_columns(self, first: int, last: int) -> None:
        self._hidden_ranges += 1
        if self._hidden_ranges <= _MAX_HIDDEN:
            self.hidden_columns.update(range(max(first, 1), min(last, refs.LAST_COLUMN) + 1))

    def _add_merge(self, ref: str) -> None:
        corners = refs.corners(ref)
        if corners is not None and len(self.merges) < MAX_MERGES:
            self.merges.append(corners)

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if self._cell is None:
            return
        if tag == _INLINE and self._inline is not None:
            self._cell.value, self._cell.flags = self._inline.text(), self._inline.flags
            self._inline = None
        elif self._inline is not None:
            self._inline.end(tag)
        elif tag == _VALUE and self._value is not None:
            self._cell.value = "".join(self._value)
            self._value = None
        elif tag == _CELL:
            self.keep(self._cell)
            self._cell = None

    def keep(self, cell: Stored) -> None:
        """Keep a cell that holds something; Unreadable when there are too many."""
        if cell.value is None and not cell.formula:
            return
        if len(self.cells) >= MAX_CELLS:
            raise Unreadable("too-large", f"over {MAX_CELLS} filled cells")
        self.cells.append(cell)

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._inline is not None:
            self._inline.data(text)
        elif self._value is not None:
            self._value.append(text)

    def close(self) -> None:
        """Take the end of the part."""


def read_sheet(package: Package, part: str) -> Sheet:
    """Read one worksheet part; Unreadable when it is broken or too large."""
    sheet = Sheet()
    feed(package.open(part), part, sheet)
    return sheet
