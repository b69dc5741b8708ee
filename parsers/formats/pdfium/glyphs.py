"""The characters of a PDF page: those a person sees, upright, each in its font's box."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from parsers.formats.drawn.page import Glyph
from parsers.formats.pdfium.objects import font_name, is_invisible
from parsers.formats.word.symbols import FONTS, private_use, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.formats.drawn.matrix import Matrix
    from parsers.formats.pdfium.objects import Drawn
    from parsers.formats.pdfium.view import View

_QUARTER = math.pi / 2
_STEEP = 0.1  # radians: a slanted character is a watermark's
_UNMAPPED = "\ufffd"
_LIGATED = frozenset("fijlst")  # letters that fonts join: ff, fi, ffl, st
_SAMPLE = 400  # characters that show which way a page's text runs


def quarter_turns(text: Any, count: int) -> int:
    """Return how many quarter turns clockwise bring most of a page's text upright."""
    step = max(1, count // _SAMPLE)
    angles = (pdfium.FPDFText_GetCharAngle(text, number) for number in range(0, count, step))
    turns = Counter(-round(angle / _QUARTER) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else 0


def read_glyphs(text: Any, count: int, view: View, drawn: Drawn) -> Iterator[Glyph]:
    """Yield what is painted upright, in the order of the page's content."""
    run: list[Glyph] = []
    shape: tuple[object, ...] = ()
    for number, glyph in _painted(text, count, view, drawn):
        seen = _shape(text, number, glyph)
        if run and (seen is None or seen != shape):
            yield from _parted(run)
            run = []
        run.append(glyph)
        shape = seen or ()
    yield from _parted(run)


def _shape(text: Any, number: int, glyph: Glyph) -> tuple[object, ...] | None:
    """Return what the letters of a ligature share: one box of one piece of text."""
    if glyph.text not in _LIGATED:
        return None
    piece = ctypes.cast(pdfium.FPDFText_GetTextObject(text, number), ctypes.c_void_p).value
    return (piece, *glyph[1:])


def _parted(run: list[Glyph]) -> Iterator[Glyph]:
    """Give each letter of a ligature its share of the box: ffi is one glyph of the font."""
    for number, glyph in enumerate(run):
        share = (glyph.right - glyph.left) / len(run)
        left = glyph.left + number * share
        yield glyph._replace(left=left, right=left + share)


def _painted(text: Any, count: int, view: View, drawn: Drawn) -> Iterator[tuple[int, Glyph]]:
    upright, matrix = -view.turns % 4 * _QUARTER, view.matrix
    symbols = any(_symbol_font(name) for name in drawn.fonts)
    for number in range(count):
        code = pdfium.FPDFText_GetUnicode(text, number)
        if code in {10, 13} or pdfium.FPDFText_IsGenerated(text, number) == 1:
            continue
        if _is_slanted(pdfium.FPDFText_GetCharAngle(text, number), upright):
            continue
        if drawn.invisible and is_invisible(pdfium.FPDFText_GetTextObject(text, number)):
            continue
        box = _box(text, number, matrix)
        if box is not None:
            yield number, Glyph(_character(text, number, code, symbols=symbols), *box)


def _is_slanted(angle: float, upright: float) -> bool:
    return abs(math.remainder(angle - upright, 2 * math.pi)) > _STEEP if angle >= 0 else False


def _box(text: Any, number: int, matrix: Matrix) -> tuple[float, float, float, float] | None:
    """Return the box of the font's height and the character's advance."""
    loose = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text, number, loose):
        return None
    box = matrix.box(loose.left, loose.bottom, loose.right, loose.top)
    return box if box[3] - box[1] > 0.5 else None


def _character(text: Any, number: int, code: int, *, symbols: bool) -> str:
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return _UNMAPPED
    if pdfium.FPDFText_HasUnicodeMapError(text, number) == 1:
        return _UNMAPPED
    character = chr(code)
    if symbols:
        font = _symbol_font(font_name(pdfium.FPDFText_GetTextObject(text, number)))
        if font:
            return shown(character, font)
    return private_use(character)


def _symbol_font(name: str) -> str:
    """Return the key in FONTS for a font's name, such as ABCDEF+Wingdings-Regular."""
    plain = name.partition("+")[2] or name
    plain = plain.replace("-regular", "").replace("wingdings2", "wingdings 2")
    plain = plain.replace("wingdings3", "wingdings 3").replace("mt", "") if plain else ""
    return plain if plain in FONTS else ""
