"""How a table seen askew, from one side or on curled paper becomes a flat, upright picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from parsers.formats.scan.picture import Colour
from parsers.formats.scan.strokes import along, dark

if TYPE_CHECKING:
    from parsers.formats.scan.picture import Grey

NARROW, WIDE = 1_250, 1_650  # pixels a table is brought to across
MOST_ZOOM = 1.6  # blowing up adds no detail, only a size the networks know
SIDE, ABOVE, BELOW = 0.1, 0.55, 0.3  # of the table's width: what is kept around it
_STEP = 16  # pixels between the points at which a bend is measured
_BAND = 256  # rows taken at a time
_LONG = 0.45  # of the table: lines that show how the paper bends


@dataclass(frozen=True, slots=True)
class Flat:
    """A picture laid flat, and where the table stands in it: left, top, right, bottom."""

    picture: Colour
    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Return the table's width in pixels."""
        return self.right - self.left


def flatten(picture: Colour, points: Any) -> Flat:
    """Lay the table flat whose strokes are these points of the picture."""
    corners = _corners(points)
    wide = (_far(corners[0], corners[1]) + _far(corners[3], corners[2])) / 2
    tall = (_far(corners[0], corners[3]) + _far(corners[1], corners[2])) / 2
    zoom = min(max(1.0, NARROW / wide), MOST_ZOOM) if wide < NARROW else min(1.0, WIDE / wide)
    table = np.array([wide * zoom, tall * zoom])
    plane, size, origin = _plane(picture, corners, table)
    seen = cv2.warpPerspective(picture, plane, size, flags=_way(zoom), **_WHITE)
    left, top = (round(float(v)) for v in origin)
    flat = Flat(seen, left, top, left + round(table[0]), top + round(table[1]))
    bend = _bend(flat)
    if bend is None:
        return flat
    straight = _unbent(picture, np.linalg.inv(plane), bend, _way(zoom), flat.picture)
    return Flat(straight, flat.left, flat.top, flat.right, flat.bottom)


_WHITE: dict[str, Any] = {"borderMode": cv2.BORDER_CONSTANT, "borderValue": (255, 255, 255)}


def _way(zoom: float) -> int:
    return int(cv2.INTER_CUBIC if zoom > 1 else cv2.INTER_LINEAR)


def _corners(points: Any) -> Any:
    """Return the outermost points towards the four corners, clockwise from the top left."""
    total, apart = points.sum(axis=1), points[:, 0] - points[:, 1]
    picks = [total.argmin(), apart.argmax(), total.argmax(), apart.argmin()]
    return points[picks].astype(np.float32)


def _far(one: Any, other: Any) -> float:
    return float(np.hypot(*(one - other)))


def _plane(picture: Colour, corners: Any, table: Any) -> tuple[Any, tuple[int, int], Any]:
    """Return the map onto the flat sheet, the sheet's size, and the table's corner on it."""
    wide, tall = table
    box = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
    first = cv2.getPerspectiveTransform(corners, box)
    rows, columns = picture.shape[:2]
    edges = np.array([[[0, 0], [columns, 0], [columns, rows], [0, rows]]], np.float32)
    reach = cv2.perspectiveTransform(edges, first)[0]
    low = np.maximum(reach.min(axis=0), [-SIDE * wide, -ABOVE * wide])
    high = np.minimum(reach.max(axis=0), [(1 + SIDE) * wide, tall + BELOW * wide])
    low, high = np.minimum(low, 0), np.maximum(high, table)
    shift = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]])
    size = np.ceil(high - low).astype(int)
    return shift @ first, (int(size[0]), int(size[1])), -low


def _bend(flat: Flat) -> tuple[Any, Any] | None:
    """Return how far each point stands off, across and down; None where nothing can be told."""
    ink = dark(cv2.cvtColor(flat.picture, cv2.COLOR_RGB2GRAY), 31, 12)
    rows, columns = ink.shape
    xs, ys = np.arange(0, columns, _STEP), np.arange(0, rows, _STEP)
    down = _lines(ink, flat.left, flat.right, xs, down=False)
    across = _lines(ink, flat.top, flat.bottom, ys, down=True)
    if not down and not across:
        return None
    return _field(across, xs, len(ys)).T, _field(down, ys, len(xs))


def _lines(ink: Grey, first: int, last: int, places: Any, *, down: bool) -> list[tuple[float, Any]]:
    """Return each long line's middle place, and how far it strays from it along its way."""
    strokes = along(ink, 40, down=down)
    strokes = strokes.T if down else strokes
    count, labels, stats, _ = cv2.connectedComponentsWithStats(strokes)
    found: list[tuple[float, Any]] = []
    for number in range(1, count):
        x, y, wide, tall, _ = stats[number]
        if wide < _LONG * (last - first) or tall > 0.12 * wide:
            continue
        part = labels[y : y + tall, x : x + wide] == number
        heights = (part * np.arange(tall)[:, None]).sum(axis=0) / np.maximum(1, part.sum(axis=0))
        known = np.flatnonzero(part.any(axis=0))
        found.append(_fitted(known + x, heights[known] + y, np.clip(places, x, x + wide)))
    return sorted(found, key=lambda line: line[0])


def _fitted(at: Any, heights: Any, places: Any) -> tuple[float, Any]:
    """Fit a smooth curve through a line's points, twice, the second time without what strays."""
    middle, reach = at.mean(), max(1.0, np.ptp(at) / 2)
    fit = np.polynomial.polynomial.Polynomial.fit
    curve = fit((at - middle) / reach, heights, 4)
    close = np.abs(curve((at - middle) / reach) - heights) < 2.5
    if close.sum() > 50:
        curve = fit(((at - middle) / reach)[close], heights[close], 4)
    mean = float(curve((at - middle) / reach).mean())
    return mean, curve((places - middle) / reach) - mean


def _field(lines: list[tuple[float, Any]], places: Any, count: int) -> Any:
    """Spread what lines show over the whole sheet: places down, points along."""
    if not lines:
        return np.zeros((len(places), count), np.float32)
    middles = np.array([middle for middle, _ in lines])
    offsets = np.array([offset for _, offset in lines])
    spread = [np.interp(places, middles, offsets[:, n]) for n in range(count)]
    return np.array(spread, np.float32).T


def _unbent(picture: Colour, plane: Any, bend: tuple[Any, Any], way: int, into: Colour) -> Colour:
    """Take the picture anew, straightened, some rows at a time for the sake of memory."""
    rows, columns = into.shape[:2]
    coarse = [cv2.resize(field, (columns, len(field))) for field in bend]
    for first in range(0, rows, _BAND):
        heights = np.arange(first, min(first + _BAND, rows), dtype=np.float32)
        across, down = (_between_rows(field, heights / _STEP) for field in coarse)
        source = _through(plane, across, down, heights)
        into[first : first + _BAND] = cv2.remap(picture, *source, interpolation=way, **_WHITE)
    return into


def _between_rows(field: Any, at: Any) -> Any:
    below = np.minimum(at.astype(int), len(field) - 1)
    after = np.minimum(below + 1, len(field) - 1)
    share = (at - below)[:, None].astype(np.float32)
    return field[below] * (1 - share) + field[after] * share


def _through(plane: Any, across: Any, down: Any, heights: Any) -> tuple[Any, Any]:
    """Return where in the picture each point of the straightened sheet comes from."""
    x = np.arange(across.shape[1], dtype=np.float32)[None, :] + across
    y = heights[:, None] + down
    rows = plane.astype(np.float32)
    depth = rows[2, 0] * x + rows[2, 1] * y + rows[2, 2]
    return (
        (rows[0, 0] * x + rows[0, 1] * y + rows[0, 2]) / depth,
        (rows[1, 0] * x + rows[1, 1] * y + rows[1, 2]) / depth,
    )
