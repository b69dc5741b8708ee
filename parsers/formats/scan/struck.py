"""Whether a stroke runs through what is written: a number struck out is no number any more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import cv2
import numpy as np

from parsers.formats.scan.agree import plain
from parsers.formats.scan.strokes import along

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.formats.scan.agree import Character
    from parsers.formats.scan.picture import Grey

_SLOPES = tuple(0.05 * step for step in range(-9, 10))  # a pen's; characters' own are steeper
_LONG, _LONG_ASLANT = 0.75, 1.3  # of a character's height: no digit has a bar, and no two a line
_TOP, _FOOT = 0.25, 0.75  # of the line's height: lines drawn above or under text strike nothing
_FLAT, _BENT = 0.25, 0.2  # of a character's height, and of its own length: how high a stroke is
_BEYOND, _BEYOND_ONE = 0.16, 0.3  # of a character's height: past the middles of a number's ends
_SPARE = 0.3  # of it: less of a stroke aslant, whose ends are lost
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_WORDS = re.compile(r"(?=([^-~一=0-9\W]{3}))")  # of one or two the bars may touch


def is_struck(ink: Grey, characters: Sequence[Character], left: float, tall: float) -> bool:
    """Say whether a line's ink (0 and 1, from `left` on) has a stroke through a number or words."""
    if ink.shape[1] < _LONG * tall:
        return False
    spans = [(start - left, end - left) for start, end in _spans(characters, tall)]
    return any(
        begin - spare <= start and end <= stop + spare
        for slope in _SLOPES
        for spare in (_SPARE * tall if slope else 0,)
        for begin, stop in _strokes(ink, slope, tall)
        for start, end in spans
    )


def _spans(characters: Sequence[Character], tall: float) -> Iterator[tuple[float, float]]:
    """Yield from where to where a stroke has to run to strike something out."""
    text = "".join(plain([c])[:1] or " " for c in characters)
    for found in _NUMBER.finditer(text):
        first, last = characters[found.start()], characters[found.end() - 1]
        beyond = (_BEYOND_ONE if first is last else _BEYOND) * tall
        yield first.at - beyond, last.at + beyond
    for found in _WORDS.finditer(text):
        yield characters[found.start()].at, characters[found.end(1) - 1].at


def _strokes(ink: Grey, slope: float, tall: float) -> list[tuple[int, int]]:
    """Return from where to where long strokes of about this slope run in a line's middle."""
    rows, columns = ink.shape
    level = np.array([[1, 0, 0], [slope, 1, -slope * columns / 2]])
    leaning = cv2.warpAffine(ink, level, (columns, rows), flags=cv2.INTER_NEAREST)
    least = _LONG_ASLANT if slope else _LONG
    strokes = along(leaning, round(least * tall), down=False)
    return [
        (x, x + wide)
        for x, y, wide, high, _ in cv2.connectedComponentsWithStats(strokes)[2][1:].tolist()
        if high <= _FLAT * tall + _BENT * wide and _TOP * rows <= y + high / 2 <= _FOOT * rows
    ]
