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
_NEAR = 9  # pixels: lines that meet in a corner may miss it by so much
_THICK = 16  # pixels
_WHOLE = 0.7  # of a line's length is ink
_UNBROKEN = 0.95  # of it: text has gaps, however close it stands to a line
_AIR, _ASIDE = 9, 3  # pixels: above and below a line across, and beside a line down
_BESIDE, _BESIDE_SHORT = 0.35, 0.04  # of its length may have ink close by, as text has


Sides = tuple[float, float, float, float]  # left, top, right, bottom in pixels


class Stroke(NamedTuple):
    """A line along one axis: where it stands on the other, from where to where, how thick.

    `whole` is the share of it that is ink: characters in a row have gaps.
    """

    at: float
    start: float
    end: float
    thick: int
    whole: float = 1.0

    @property
    def length(self) -> float:
        """Return its length in pixels."""
        return self.end - self.start


def find_rulings(page: Grey) -> tuple[list[Stroke], list[Stroke]]:
    """Return the lines across and down; a short one counts only between two others."""
    ink = (page < PALE).astype(np.uint8)
    across, down = _strokes(ink, down=False), _strokes(ink, down=True)
    long_across = [s for s in across if s.length >= SURE]
    down = [s for s in down if not _is_chain(ink, s, long_across)]
    down = [s for s in down if s.length >= SURE or _between(s, long_across)]
    across = [s for s in across if s.length >= SURE or _between(s, down)]
    return _ended(across, down), _ended(down, across)


def _strokes(ink: Grey, *, down: bool) -> list[Stroke]:
    kernel = np.ones((9, 1) if down else (1, 9), np.uint8)
    mask = along(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel), SHORT, down=down)
    if down:
        mask, ink = mask.T.copy(), ink.T
    found, rest = _found(ink, mask)
    most = 2 * float(np.median([s.thick for s in found] or [_THICK]))
    freed, _ = _found(ink, along(rest, SURE, down=False, slack=1))
    return found + [stroke for stroke in freed if stroke.thick <= most]


def _found(ink: Grey, mask: Grey) -> tuple[list[Stroke], Grey]:
    """Return the lines among a mask's pieces, and what is too tall to be one.

    A line that runs into a grey seal is one piece with it; what of it is long is looked at again.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    found: list[Stroke] = []
    rest = np.zeros_like(mask)
    for number, (x, y, wide, tall, _) in enumerate(stats.tolist()):
        if not number:
            continue
        piece = labels[y : y + tall, x : x + wide] == number
        stroke = _stroke(piece, x, y)
        if tall > max(_THICK, 0.04 * wide + 6) or stroke.thick > _THICK:
            rest[y : y + tall, x : x + wide] |= piece.astype(np.uint8)
            continue
        stroke = stroke._replace(whole=_inked(ink, piece, (x, y), 0))
        if _is_line(ink, piece, (x, y), stroke):
            found.append(stroke)
    return found, rest


def _stroke(piece: Any, x: int, y: int) -> Stroke:
    """Return where most of a piece stands; here and there a character or a seal clings to it."""
    tall, wide = piece.shape
    counts = piece.sum(axis=0)
    heights = (piece * np.arange(tall)[:, None]).sum(axis=0)[counts > 0] / counts[counts > 0]
    thick = max(1, round(float(np.median(counts[counts > 0]))) - 2)
    return Stroke(float(y + np.median(heights)), x, x + wide, thick)


def _is_line(ink: Grey, mask: Any, corner: tuple[int, int], stroke: Stroke) -> bool:
    """Tell a line from a row of characters: it is whole, and stands alone."""
    beside = round(stroke.thick / 2 + 4)
    if stroke.whole >= _UNBROKEN and stroke.length >= SURE:
        return True
    near = max(_inked(ink, mask, corner, -beside), _inked(ink, mask, corner, beside))
    return stroke.whole >= _WHOLE and near <= (_BESIDE if stroke.length >= SURE else _BESIDE_SHORT)


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


def _is_chain(ink: Grey, stroke: Stroke, across: Sequence[Stroke]) -> bool:
    """Tell strokes of characters, one above the other in tight rows, from a line down.

    They stop before each line across; a line goes through, though it may be broken elsewhere.
    """
    met = [o for o in across if _crosses(stroke, o)]
    left, right = round(stroke.at) - _ASIDE, round(stroke.at) + _ASIDE + 1
    column = ink[:, max(0, left) : right].any(axis=1)
    through = 0
    for line in met:
        first = round(max(stroke.start, line.at - _AIR))
        last = round(min(stroke.end, line.at + _AIR))
        through += bool(column[first:last].all())
    return through < len(met) / 2


def _between(stroke: Stroke, others: Sequence[Stroke]) -> bool:
    """Whether both ends lie on lines of the other direction."""
    return all(
        any(abs(o.at - end) <= _END and o.start - _END <= stroke.at <= o.end + _END for o in others)
        for end in (stroke.start, stroke.end)
    )


def _ended(strokes: Sequence[Stroke], others: Sequence[Stroke]) -> list[Stroke]:
    """Let lines end on the table's edge where a character beyond it makes one line longer."""
    return [_cut_back(stroke, strokes, others) for stroke in strokes]


def _cut_back(stroke: Stroke, strokes: Sequence[Stroke], others: Sequence[Stroke]) -> Stroke:
    """Return a line from the first to the last that it crosses, unless the table is open there.

    An edge is closed when the lines at both of its ends stop at it.
    """
    crossed = sorted(o for o in others if _crosses(stroke, o) and len(_ends(o, strokes)) > 1)
    if not crossed:
        return stroke
    first, last = crossed[0], crossed[-1]
    start, end = stroke.start, stroke.end
    if first.at - start > _END and _is_closed(first, [s.start for s in _ends(first, strokes)]):
        start = first.at
    if end - last.at > _END and _is_closed(last, [s.end for s in _ends(last, strokes)]):
        end = last.at
    return stroke._replace(start=start, end=end)


def _crosses(stroke: Stroke, other: Stroke) -> bool:
    inside = stroke.start - _END <= other.at <= stroke.end + _END
    return inside and other.start - _END <= stroke.at <= other.end + _END


def _ends(edge: Stroke, strokes: Sequence[Stroke]) -> list[Stroke]:
    """Return the lines that stand at an edge's two ends."""
    corners = (edge.start, edge.end)
    met = [s for s in strokes if s.start - _END <= edge.at <= s.end + _END]
    return [s for c in corners for s in met if abs(s.at - c) <= _NEAR]


def _is_closed(edge: Stroke, ends: Sequence[float]) -> bool:
    return all(abs(end - edge.at) <= _NEAR for end in ends)


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
