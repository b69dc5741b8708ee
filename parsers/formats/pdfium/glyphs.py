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
    from collections.abc import Container, Iterator

    from parsers.formats.drawn.matrix import Matrix
    from parsers.formats.pdfium.objects import Drawn
    from parsers.formats.pdfium.view import View

_QUARTER = math.pi / 2
_STEEP = 0.1  # radians: a slanted character is a watermark's
_UNMAPPED = "\ufffd"
_END_HYPHEN = 2  # what PDFium makes of a hyphen at a line's end between letters
_LIGATED = frozenset("fijlst")  # letters that fonts join: ff, fi, ffl, st
_LEAST, _LARGE, _MOST = 0.5, 60.0, 1_000.0  # points a character is tall that a person sees
_Box = tuple[float, float, float, float]
_SAMPLE = 400  # characters that show which way a page's text runs


def quarter_turns(text: Any, count: int) -> int:
    """Return how many quarter turns clockwise bring most of a page's text upright."""
    step = max(1, count // _SAMPLE)
    angles = (pdfium.FPDFText_GetCharAngle(text, number) for number in range(0, count, step))
    turns = Counter(-round(angle / _QUARTER) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else 0


def read_glyphs(
    text: Any, count: int, view: View, drawn: Drawn, doubted: Container[int] = ()
) -> Iterator[Glyph]:
    """Yield what is painted upright, in the order of the page's content.

    Characters whose number is doubted keep their place and are lost.
    """
    run: list[Glyph] = []
    shape: tuple[object, ...] = ()
    for number, glyph in _painted(text, count, view, drawn, doubted):
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


def codes(text: Any, count: int, drawn: Drawn) -> Iterator[tuple[int, str]]:
    """Yield the number of each character that is painted, and what it is."""
    for number in range(count):
        code = pdfium.FPDFText_GetUnicode(text, number)
        if code in {10, 13} or pdfium.FPDFText_IsGenerated(text, number) == 1:
            continue
        if drawn.invisible and is_invisible(pdfium.FPDFText_GetTextObject(text, number)):
            continue
        yield number, _character(text, number, code)


def _painted(
    text: Any, count: int, view: View, drawn: Drawn, doubted: Container[int]
) -> Iterator[tuple[int, Glyph]]:
    upright, matrix = -view.turns % 4 * _QUARTER, view.matrix
    symbols = any(_symbol_font(name) for name in drawn.fonts)
    for number, character in codes(text, count, drawn):
        if number in drawn.hidden or _is_slanted(
            pdfium.FPDFText_GetCharAngle(text, number), upright
        ):
            continue
        box = _box(text, number, matrix)
        if box is not None:
            known = _UNMAPPED if number in doubted else character
            yield (
                number,
                Glyph(_pictured(text, number, known) if symbols else private_use(known), *box),
            )


def _is_slanted(angle: float, upright: float) -> bool:
    return abs(math.remainder(angle - upright, 2 * math.pi)) > _STEEP if angle >= 0 else False


def _box(text: Any, number: int, matrix: Matrix) -> _Box | None:
    """Return the box of the font's height and the character's advance; None of specks."""
    loose = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text, number, loose):
        return None
    box = matrix.box(loose.left, loose.bottom, loose.right, loose.top)
    if _LEAST < box[3] - box[1] < _LARGE and box[2] - box[0] < _LARGE:
        return box
    return _checked(text, number, box, matrix)


def _checked(text: Any, number: int, box: _Box, matrix: Matrix) -> _Box | None:
    """Return a box that goes with the size, from the base line where the font's does not."""
    size = _size(text, number)
    if not _LEAST < size < _MOST:
        return None
    if 0.2 * size < box[3] - box[1] < 3 * size and box[2] - box[0] < 3 * size:
        return box
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, number, x, y)
    left, line = matrix.point(x.value, y.value)
    right = box[2] if left < box[2] < left + 2 * size else left + size / 2
    return left, line - 0.8 * size, right, line + 0.2 * size


def _size(text: Any, number: int) -> float:
    """Return a character's size in points as it stands on the page."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, number, matrix)
    return float(pdfium.FPDFText_GetFontSize(text, number) * math.hypot(matrix.c, matrix.d))


def _character(text: Any, number: int, code: int) -> str:
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return _UNMAPPED
    if pdfium.FPDFText_HasUnicodeMapError(text, number) == 1:
        return _UNMAPPED
    if code == _END_HYPHEN and pdfium.FPDFText_IsHyphen(text, number) == 1:
        return "-"
    return chr(code)


def _pictured(text: Any, number: int, character: str) -> str:
    """Return what a character looks like in its font, of symbols or not."""
    font = _symbol_font(font_name(pdfium.FPDFText_GetTextObject(text, number)))
    return shown(character, font) if font else private_use(character)


def _symbol_font(name: str) -> str:
    """Return the key in FONTS for a font's name, such as ABCDEF+Wingdings-Regular."""
    plain = name.partition("+")[2] or name
    plain = plain.replace("-regular", "").replace("wingdings2", "wingdings 2")
    plain = plain.replace("wingdings3", "wingdings 3").replace("mt", "") if plain else ""
    return plain if plain in FONTS else ""
