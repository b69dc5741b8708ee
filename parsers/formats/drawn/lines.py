"""How glyphs become text: lines, gaps that are spaces, and lines that go on in the next one."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.formats.drawn.page import Glyph

_WIDE = frozenset("WF")
_NOT_FIRST = frozenset("，。、；：！？）》」』】〕”’…,.;:!?)]}%％")
_NOT_LAST = frozenset("（《「『【〔“‘([{￥$")
_WORD = re.compile(r"[!-~À-ɏ]+")
_NUMBER_END, _NUMBER_START = re.compile(r"[0-9０-９][,.，．]?$"), re.compile(r"[,.，．]?[0-9０-９]")
_ADDRESS = re.compile(r"(?:://|www\.|@|[/?&=])[^\s]*$")  # breaks without a space
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOST = "\ufffd"
_ON_ANOTHER = 0.8  # of the narrower one's width; squeezed punctuation shares half
_SAME_START = 0.15  # of the height; an i is 0.22 wide, and OFD does not say how wide
_DIGIT_ON, _DIGIT_START = 0.4, 0.3  # the same of two digits: one number set over another
_BOXES = frozenset("□☐☑☒■▢▣◻◼")
# how wide a gap is a space, of a line's height: in Latin text, among wide digits, before a box to
# tick (whose own space is often only a gap), in Chinese text
_SPACE, _WIDE_DIGITS, _BEFORE_BOX, _WIDE_SPACE = 0.12, 0.2, 0.25, 1.5


class Line(NamedTuple):
    """One line of text as it stands."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    first_word: float  # its width
    unsure: bool = False  # read from a picture, and not twice the same

    @property
    def height(self) -> float:
        """Return the height of its tallest glyph."""
        return self.bottom - self.top


def read_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return lines from the top down."""
    lines = [_line(row) for row in rows_of(glyphs)]
    return [line for line in lines if line.text.strip()]


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs of each line, left to right; those of one overlap by half their height."""
    rows: list[list[Glyph]] = []
    tallest: Glyph | None = None
    for glyph in sorted(glyphs, key=lambda g: g.middle):
        if tallest is not None and _level(tallest, glyph):
            rows[-1].append(glyph)
            tallest = max(tallest, glyph, key=lambda g: g.height)
        else:
            rows.append([glyph])
            tallest = glyph
    return [sorted(row, key=lambda g: g.left) for row in rows]


def _level(tallest: Glyph, glyph: Glyph) -> bool:
    shared = min(tallest.bottom, glyph.bottom) - max(tallest.top, glyph.top)
    return shared >= 0.5 * min(tallest.height, glyph.height)


def _line(row: list[Glyph]) -> Line:
    row = _once(row)
    text, last = "", None
    tallest = max(glyph.height for glyph in row)
    for glyph in row:
        if last is not None and _is_over(last, glyph):
            text = f"{text[:-1]}{_LOST}"
            continue
        if last is not None and _is_gap(last, glyph, tallest) and not text.endswith(" "):
            text += " "
        text += _raised(glyph, last, tallest)
        last = glyph
    inked = [glyph for glyph in row if glyph.text.strip()] or row
    return Line(
        text,
        inked[0].left,
        min(glyph.top for glyph in row),
        max(glyph.right for glyph in inked),
        max(glyph.bottom for glyph in row),
        _first_word(inked),
    )


def _once(row: list[Glyph]) -> list[Glyph]:
    """Leave out what is drawn twice to look bold."""
    kept: list[Glyph] = []
    for glyph in row:
        again = any(
            other.text == glyph.text and abs(other.left - glyph.left) < 0.2 * glyph.height
            for other in kept[-2:]
        )
        if not again:
            kept.append(glyph)
    return kept


def _is_over(last: Glyph, glyph: Glyph) -> bool:
    """Whether two different characters stand on one another: nobody can tell which is meant."""
    if last.text.isspace() or glyph.text.isspace() or last.text == glyph.text:
        return False
    shared = min(last.right, glyph.right) - glyph.left
    both = last.text[-1:].isdigit() and glyph.text[:1].isdigit()
    most, start = (_DIGIT_ON, _DIGIT_START) if both else (_ON_ANOTHER, _SAME_START)
    covered = shared > most * min(last.right - last.left, glyph.right - glyph.left)
    return covered and glyph.left - last.left < start * max(last.height, glyph.height)


def _is_gap(last: Glyph, glyph: Glyph, height: float) -> bool:
    """Whether a space stands between: two numbers must not become one, Chinese words may part."""
    before, after = last.text[-1:], glyph.text[:1]
    if before.isspace() or after.isspace():
        return False
    wide = _is_wide(before) or _is_wide(after)
    if before.isdecimal() and after.isdecimal():
        least = _WIDE_DIGITS if wide else _SPACE
    elif after in _BOXES:
        least = _BEFORE_BOX
    else:
        least = _WIDE_SPACE if wide else _SPACE
    return glyph.left - last.right > least * height


def _is_wide(char: str) -> bool:
    return bool(char) and unicodedata.east_asian_width(char) in _WIDE


def _raised(glyph: Glyph, last: Glyph | None, tallest: float) -> str:
    """Keep a small raised digit apart from the number before it: 10² is not 102."""
    small = last is not None and glyph.height < 0.8 * tallest and glyph.height < 0.8 * last.height
    if small and last is not None and glyph.middle < last.middle and last.text[-1:].isalnum():
        return glyph.text.translate(_RAISED)
    return glyph.text


def _first_word(row: list[Glyph]) -> float:
    """Return the width that may not be broken: a Latin word, or a character with its marks."""
    last = row[0]
    for before, glyph in pairwise(row):
        both_latin = _WORD.fullmatch(before.text[-1:]) and _WORD.fullmatch(glyph.text[:1])
        if not (both_latin or is_tied(before.text, glyph.text)):
            break
        last = glyph
    return last.right - row[0].left


def is_tied(before: str, after: str) -> bool:
    """Say whether no line ends between two characters: a mark stays beside its word."""
    return after[:1] in _NOT_FIRST or before[-1:] in _NOT_LAST


def join_lines(lines: Sequence[Line], left: float, right: float) -> str:
    """Return the text of lines set between two edges; a line that was full goes on."""
    if not lines:
        return ""
    indent = min(min(line.left - left, right - line.right) for line in lines)
    inner = max(0.0, min(8.0, indent))
    text = lines[0].text
    for line, following in pairwise(lines):
        room = _room(line, left + inner, right - inner)
        full = room < following.first_word + 0.35 * following.height
        between = seam(line, following, room) if full else "\n"
        text = text.rstrip(" ") + between + following.text.lstrip(" ")
    return _trimmed(text)


def _room(line: Line, left: float, right: float) -> float:
    """Return how much could still have stood on a line; of a centred one both sides count."""
    before, after = line.left - left, right - line.right
    return before + after if abs(before - after) < 2 and before > line.height else after


def is_full(line: Line, left: float, right: float) -> bool:
    """Say whether a line's end is so near the edge that it may have been wrapped there."""
    return _room(line, left, right) < 8.0 + 1.5 * line.height


def seam(line: Line, following: Line, room: float) -> str:
    """Return what stood between a full line and the next: nothing, a space, or who knows what."""
    ended, start = line.text.strip(" "), following.text.lstrip(" ")
    tight = room < 0.6 * following.height
    address = _ADDRESS.search(ended) is not None
    if _NUMBER_END.search(ended) and _NUMBER_START.match(start):
        fits = room >= following.first_word
        wide = _is_wide(ended[-1:]) and _is_wide(start[:1])
        sure = (tight and address) or (not fits and (wide or _is_rest(ended, start)))
        return "" if sure else "\n"  # one number or two: not for us to say
    if not (_WORD.fullmatch(ended[-1:]) and _WORD.fullmatch(start[:1])):
        return ""
    whole = _WORD.fullmatch(ended) is not None  # a word longer than the line
    return "" if (whole and tight) or address else " "


def _is_rest(ended: str, start: str) -> bool:
    """Whether digits only go on: those of a phone number in a cell too narrow for it."""
    match = re.match(r"\d+", start)
    return ended.isdecimal() and len(ended) >= 7 and match is not None and match.end() < len(ended)


def _trimmed(text: str) -> str:
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip()
