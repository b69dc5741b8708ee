"""Which strokes on a flat page are the lines of its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from parsers.formats.scan.strokes import along

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.formats.scan.picture import Grey

PALE = 210  # a line may be thin, and a seal have lain over it
SHORT = 30  # pixels: less is a stroke of a character
SURE = 110  # pixels: longer than any character's stroke, needs no line to end on
_END = 5  # pixels between a line's end and the line it ends on; a 1 stands further off
_THICK = 16  # pixels
_WHOLE = 0.7  # of a line's length is ink
_UNBROKEN = 0.95  # of it: text has gaps, however close it stands to a line
_BESIDE, _BESIDE_SHORT = 0.35, 0.04  # of its length may have ink close by, as text has


Sides = tuple[float, float, float, float]  # left, top, right, bottom in pixels


class Stroke(NamedTuple):
    """A line along one axis: where it stands on the other, from where to where, how thick."""

    at: float
    start: float
    end: float
    thick: int

    @property
    def length(self) -> float:
        """Return its length in pixels."""
        return self.end - self.start


def find_rulings(page: Grey) -> tuple[list[Stroke], list[Stroke]]:
    """Return the lines across and down; a short one counts only between two others."""
    ink = (page < PALE).astype(np.uint8)
    across, down = _strokes(ink, down=False), _strokes(ink, down=True)
    long_across = [s for s in across if s.length >= SURE]
    down = [s for s in down if s.length >= SURE or _between(s, long_across)]
    across = [s for s in across if s.length >= SURE or _between(s, down)]
    return across, down


def _strokes(ink: Grey, *, down: bool) -> list[Stroke]:
    kernel = np.ones((9, 1) if down else (1, 9), np.uint8)
    mask = along(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel), SHORT, down=down)
    if down:
        mask, ink = mask.T.copy(), ink.T
    _, labels, stats, centres = cv2.connectedComponentsWithStats(mask)
    found: list[Stroke] = []
    for number, (x, y, wide, tall, area) in enumerate(stats.tolist()):
        thick = max(1, round(area / wide) - 2)
        if number and thick <= _THICK and tall <= max(_THICK, 0.04 * wide + 6):
            stroke = Stroke(float(centres[number][1]), x, x + wide, thick)
            if _is_line(ink, labels[y : y + tall, x : x + wide] == number, (x, y), stroke):
                found.append(stroke)
    return found


def _is_line(ink: Grey, mask: Any, corner: tuple[int, int], stroke: Stroke) -> bool:
    """Tell a line from a row of characters: it is whole, and stands alone."""
    beside = round(stroke.thick / 2 + 4)
    whole = _inked(ink, mask, corner, 0)
    if whole >= _UNBROKEN and stroke.length >= SURE:
        return True
    near = max(_inked(ink, mask, corner, -beside), _inked(ink, mask, corner, beside))
    return whole >= _WHOLE and near <= (_BESIDE if stroke.length >= SURE else _BESIDE_SHORT)


def _inked(ink: Grey, mask: Any, corner: tuple[int, int], shift: int) -> float:
    """Return the share of a stroke's columns with ink, in it or so far below it."""
    x, y = corner
    top = min(max(y + shift, 0), len(ink) - len(mask))
    under = ink[top : top + mask.shape[0], x : x + mask.shape[1]]
    if shift:  # one row, as far from the stroke's middle everywhere
        mask = _middle_row(mask)
    return float((under & mask).any(axis=0)[3:-3].mean()) if mask.shape[1] > 6 else 0.0


def _middle_row(mask: Any) -> Any:
    heights = (mask * np.arange(len(mask))[:, None]).sum(axis=0) / np.maximum(1, mask.sum(axis=0))
    return np.arange(len(mask))[:, None] == np.round(heights)[None, :]


def _between(stroke: Stroke, others: Sequence[Stroke]) -> bool:
    """Whether both ends lie on lines of the other direction."""
    return all(
        any(abs(o.at - end) <= _END and o.start - _END <= stroke.at <= o.end + _END for o in others)
        for end in (stroke.start, stroke.end)
    )


def erase(page: Grey, strokes: Sequence[Stroke], boxes: Sequence[Sides]) -> Grey:
    """Return the page without the sides of these boxes, wherever a line was drawn."""
    bare = page.copy()
    half = _half(strokes)
    for left, top, right, bottom in boxes:
        for y in (top, bottom):
            bare[_span(y, half), _span((left + right) / 2, (right - left) / 2 + half)] = 255
        for x in (left, right):
            bare[_span((top + bottom) / 2, (bottom - top) / 2 + half), _span(x, half)] = 255
    return bare


def _half(strokes: Sequence[Stroke]) -> float:
    """Return half of what a line covers, with the blur at its edges."""
    thick = float(np.median([s.thick for s in strokes if s.length >= SURE] or [3]))
    return thick / 2 + 2


def _span(at: float, half: float) -> slice:
    return slice(max(0, round(at - half)), round(at + half) + 1)
