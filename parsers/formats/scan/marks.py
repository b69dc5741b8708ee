"""Boxes to tick, told by their pixels: four straight sides, and whether something stands inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from parsers.formats.scan.picture import Grey

EMPTY, TICKED = "□", "☑"
_SIDE = 0.85  # of a side that is ink
_LEAST, _MOST = 0.55, 1.15  # of a character's height
_LEAST_ZERO = 12  # pixels: what is smaller is no digit
_NARROW = 0.85  # of its height: a 0; a circle that says yes is wider
_HOLLOW, _OPEN = 0.75, 0.35  # of height and width: the hole of a 0; a 6 or 9 has a low one
_CLEAR, _FULL = 0.025, 0.075  # of the inside that is ink: empty below, ticked above


class Mark(NamedTuple):
    """A box: from where to where it stands in its line, and what is in it ("" if not sure)."""

    left: int
    right: int
    text: str


def find_marks(ink: Grey, tall: float) -> list[Mark]:
    """Return what may be boxes in a line's ink (0 and 1); 口 and 国 look like them."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found: list[Mark] = []
    for x, y, wide, high, _ in stats[1:].tolist():
        for side in _squares(wide, high, tall):
            mark = _framed(ink, x, y + high - side if side != high else y, side, wide)
            if mark is not None:
                found.append(mark)
                break
    return found


def _squares(wide: int, high: int, tall: float) -> list[int]:
    """Return the side lengths a component may have as a box; a tick may stick out of it."""
    if not _LEAST * tall <= high <= 1.6 * tall or not 0.75 * wide <= 1.6 * tall:
        return []
    return [high] if abs(wide - high) <= 0.22 * high and high <= _MOST * tall else []


def _framed(ink: Grey, x: int, y: int, side: int, wide: int) -> Mark | None:
    box = ink[y : y + side, x : x + wide]
    edge = max(2, round(0.14 * side))
    sides = (
        box[:edge].any(axis=0).mean(), box[-edge:].any(axis=0).mean(),
        box[:, :edge].any(axis=1).mean(), box[:, -edge:].any(axis=1).mean(),
    )  # fmt: skip
    if min(sides) < _SIDE:
        return None
    thick = round(0.22 * side)
    inside = box[thick:-thick, thick:-thick]
    share = float(inside.mean()) if inside.size else 1.0
    text = EMPTY if share <= _CLEAR else TICKED if share >= _FULL else ""
    return Mark(x, x + wide, text)


def slant(ink: Grey) -> float:
    """Return how far a lone stroke leans to the right, of its height; 0 if it is no such stroke.

    A slash is even in width and straight; a 1 has its flag, a 7 its bar.
    """
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) < 8:
        return 0.0
    widths = ink[rows].sum(axis=1)
    middles = np.array([np.flatnonzero(ink[row]).mean() for row in rows])
    slope, start = np.polyfit(rows, middles, 1)
    strays = np.abs(middles - (slope * rows + start)).max()
    even = np.ptp(widths[1:-1]) <= max(3.0, 0.6 * float(np.median(widths)))
    return float(-slope) if even and strays <= max(1.6, 0.06 * len(rows)) else 0.0


def is_zero(ink: Grey) -> bool:
    """Say whether ink is one upright ring and nothing else, which in a line of its own is a 0."""
    outlines, levels = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    if len(outlines) != 2 or ink.shape[0] < _LEAST_ZERO:
        return False
    inner = [o for o, level in zip(outlines, levels[0], strict=True) if level[3] >= 0]
    if len(inner) != 1:
        return False
    _, _, wide, high = cv2.boundingRect(inner[0])
    tall, across = ink.shape
    return bool(across <= _NARROW * tall and high >= _HOLLOW * tall and wide >= _OPEN * across)
