"""What of a page a second reader bears out: what it does not is no value (P5)."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from parsers.formats.drawn.page import Glyph
from parsers.formats.pdfium.glyphs import codes
from parsers.formats.witness.agree import Doubts, Shown, compare
from parsers.formats.witness.fonts import LOST
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parsers.formats.pdfium.objects import Drawn
    from parsers.formats.pdfium.view import View
    from parsers.formats.witness.pen import Seen

_MANY = 0.2  # of a page's characters, and more than _FEW: not a font's quirk but a torn page
_FEW = 10


def doubts_of(
    text: Any, count: int, view: View, drawn: Drawn, ask: Callable[[], list[Seen] | None]
) -> Doubts:
    """Return where the readers differ; Unreadable("damaged") when they contradict."""
    shown = list(_shown(text, count, drawn))
    seen = ask() if shown else _if_able(ask)
    if seen is None:
        return Doubts()
    doubts = compare(shown, seen, view.matrix.point)
    if doubts.contradicted or len(doubts) > max(_FEW, _MANY * max(len(shown), len(seen))):
        raise Unreadable("damaged", "readers differ")
    return doubts


def _if_able(ask: Callable[[], list[Seen] | None]) -> list[Seen] | None:
    """Return what the second reader sees on an empty page, if it can read it at all."""
    try:
        return ask()
    except Unreadable:
        return None


def unseen_glyphs(doubts: Doubts, view: View) -> Iterator[Glyph]:
    """Yield a lost character wherever only the second reader saw one."""
    for seen in doubts.unseen:
        x, y = view.matrix.point(seen.x, seen.y)
        yield Glyph(LOST, x, y - 0.8 * seen.size, x + 0.5 * seen.size, y + 0.2 * seen.size)


def _shown(text: Any, count: int, drawn: Drawn) -> Iterator[Shown]:
    """Yield what the first reader sees, and what it knows to stand for nothing it knows."""
    x, y = ctypes.c_double(), ctypes.c_double()
    for number, character in codes(text, count, drawn):
        if pdfium.FPDFText_GetCharOrigin(text, number, x, y):
            yield Shown(character, x.value, y.value, number)
