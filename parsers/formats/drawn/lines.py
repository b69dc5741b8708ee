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
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACE, _WIDE_SPACE = 0.3, 1.5  # of a line's height: a gap in Latin text, in Chinese text


class Line(NamedTuple):
    """One line of text as it stands."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    first_word: float  # its width

    @property
    def height(self) -> float:
        """Return the height of its tallest glyph."""
        return self.bottom - self.top


def read_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return lines from the top down; glyphs of one line overlap by half their height."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.middle):
        if rows and _level(rows[-1], glyph):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = [_line(sorted(row, key=lambda g: g.left)) for row in rows]
    return [line for line in lines if line.text.strip()]


def _level(row: list[Glyph], glyph: Glyph) -> bool:
    tallest = max(row, key=lambda g: g.height)
    shared = min(tallest.bottom, glyph.bottom) - max(tallest.top, glyph.top)
    return shared >= 0.5 * min(tallest.height, glyph.height)


def _line(row: list[Glyph]) -> Line:
    row = _once(row)
    text, last = "", None
    tallest = max(glyph.height for glyph in row)
    for glyph in row:
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


def _is_gap(last: Glyph, glyph: Glyph, height: float) -> bool:
    if last.text[-1:].isspace() or glyph.text[:1].isspace():
        return False
    wide = _is_wide(last.text[-1:]) or _is_wide(glyph.text[:1])
    return glyph.left - last.right > (_WIDE_SPACE if wide else _SPACE) * height


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
        tied = glyph.text[:1] in _NOT_FIRST or before.text[-1:] in _NOT_LAST
        if not (both_latin or tied):
            break
        last = glyph
    return last.right - row[0].left


def join_lines(lines: Sequence[Line], left: float, right: float) -> str:
    """Return the text of lines set between two edges; a line that was full goes on."""
    if not lines:
        return ""
    indent = min(min(line.left - left, right - line.right) for line in lines)
    inner = max(0.0, min(8.0, indent))
    text = lines[0].text.rstrip(" ") if len(lines) == 1 else lines[0].text
    for line, following in pairwise(lines):
        room = _room(line, left + inner, right - inner)
        text = _joined(text, following, room)
    return _trimmed(text)


def _room(line: Line, left: float, right: float) -> float:
    """Return how much could still have stood on a line; of a centred one both sides count."""
    before, after = line.left - left, right - line.right
    return before + after if abs(before - after) < 2 and before > line.height else after


def _joined(text: str, following: Line, room: float) -> str:
    start = following.text.lstrip(" ")
    ended = text.rstrip(" ")
    if room >= following.first_word + 0.35 * following.height:
        return f"{ended}\n{start}"
    if _NUMBER_END.search(ended) and _NUMBER_START.match(start):
        return f"{ended}\n{start}"  # one number or two: not for us to say
    if _WORD.fullmatch(ended[-1:]) and _WORD.fullmatch(start[:1]):
        broken = room < 0.6 * following.height and ended == text
        return ended + start if broken else f"{ended} {start}"
    return ended + start


def _trimmed(text: str) -> str:
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip()
