"""A page as a clerk lays it out: lines and tables of cells, before any program saves it.

Inside a text, ⟦mark:words⟧ says what was done to the words: `del` and `ins` (tracked), `strike`,
`hide`, `field` (a form field), `sdt` (a content control), `prompt` (one not filled in), `box` (a
text box), `sym` (a tick typed in Wingdings), `check` (a box to click on; 1 or 0).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = re.compile(r"⟦(\w+):(.*?)⟧", re.DOTALL)
LEFT, CENTRE, RIGHT = "left", "center", "right"


@dataclass(frozen=True)
class Cel:
    """A cell; `value` is what a spreadsheet stores where that is not the text."""

    text: str = ""
    rows: int = 1
    cols: int = 1
    align: str = LEFT
    bold: bool = False
    value: Any = None
    shown: str = ""  # number format of `value`
    nested: Tab | None = None
    control: bool = False  # the whole cell is a content control


@dataclass(frozen=True)
class Line:
    """A line outside tables."""

    text: str
    align: str = LEFT
    bold: bool = False
    size: float = 12


@dataclass(frozen=True)
class Tab:
    """A table: rows of the cells that begin in them; widths in millimetres."""

    rows: tuple[tuple[Cel, ...], ...]
    widths: tuple[float, ...]
    repeat: int = 0  # rows repeated on every page
    hidden: frozenset[int] = frozenset()  # rows, from 0, that a sheet hides
    removed: frozenset[int] = frozenset()  # rows deleted with changes tracked

    def placed(self) -> Iterator[tuple[int, int, Cel]]:
        """Yield each cell with the row and column, from 0, of its top left corner."""
        taken: set[tuple[int, int]] = set()
        for r, row in enumerate(self.rows):
            c = 0
            for cell in row:
                while (r, c) in taken:
                    c += 1
                taken |= {(r + i, c + j) for i in range(cell.rows) for j in range(cell.cols)}
                yield r, c, cell
                c += cell.cols

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.widths)


@dataclass(frozen=True)
class Break:
    """A page break."""


Block = Line | Tab | Break


@dataclass(frozen=True)
class Page:
    """What one file, or one sheet, shows from top to bottom."""

    blocks: tuple[Block, ...]
    sheet: str = "Sheet1"
    hidden: bool = False
    wide: bool = False  # landscape
    tags: tuple[str, ...] = field(default=())

    def tagged(self, *tags: str) -> Page:
        """Return the page with further kinds of mess noted."""
        return replace(self, tags=(*self.tags, *tags))


def bare(text: str) -> str:
    """Return the text as a person sees it, where marks cannot be shown."""
    return MARK.sub(lambda m: _seen(m[1], m[2]), text)


def _seen(mark: str, words: str) -> str:
    if mark in {"del", "strike", "hide", "prompt"}:
        return ""
    if mark in {"sym", "check"}:
        return "□" if words == "0" else "☑"
    return words


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield (mark or "", words) in order."""
    at = 0
    for match in MARK.finditer(text):
        if match.start() > at:
            yield "", text[at : match.start()]
        yield match[1], match[2]
        at = match.end()
    if at < len(text):
        yield "", text[at:]


def row(*cells: Cel | str) -> tuple[Cel, ...]:
    """Make a row of cells, plain texts among them."""
    return tuple(c if isinstance(c, Cel) else Cel(c) for c in cells)
