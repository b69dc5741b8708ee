"""Where lines of text stand in a piece of a page, told by their ink alone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from parsers.formats.scan.clean import inked

if TYPE_CHECKING:
    from parsers.formats.scan.picture import Grey

SPECK = 6  # pixels of ink; a decimal point has 9 at 200 dpi
TRACE = 0.0006  # of a cell: ink in specks that makes an empty cell doubtful
_SIDE, _STROKE = 3, 6  # pixels from a cell's side, and of a piece of a character
_LEAST_TALL = 10  # pixels: a stroke that is left of a character
_MOST_TALL = 0.85  # of a cell's height: what is left of a line is taller
_ROOM = 18  # pixels on both sides together: less than a spreadsheet leaves beside whole text
_GREY = 185  # darker than this may be ink that runs from a character to a line
_EDGE = 2  # pixels from the top or bottom in which what is left of a line may lie
_TWO_TIGHT = 1.45  # of a character's height: what is taller may be two lines without air
_LEAST, _SHALLOW = 0.65, 0.15  # of it: a line; of the ink in a row of text: what is left between
_STROKE_HIGH = 0.15  # of it: how thick a line to write on is
_AT_FOOT = 0.82  # of the distance of two lines: where it lies under the one before
_FLAT = 0.4  # of a character's height: a band that is part of a character, as of 二


class Area(NamedTuple):
    """A piece of the page in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """Return its height."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Return its width."""
        return self.right - self.left


class Strip(NamedTuple):
    """One line of text: the area of its ink, and the room around it that is no other line's."""

    ink: Area
    room: Area


def find_strips(page: Grey, area: Area, tall: float) -> tuple[list[Strip], bool]:
    """Return an area's lines from the top, and whether specks remain that are in none.

    `tall` is the height of the page's characters in pixels.
    """
    part = inked(page[area.top : area.bottom, area.left : area.right])
    if not part.any():
        return [], False
    text, specks = _text(part, tall)
    bands = _without_rest(_bands(text, tall), tall)
    edges = [0, *((a[1] + b[0]) // 2 for a, b in pairwise(bands)), part.shape[0]]
    strips = [
        _strip(text, band, edges[number : number + 2], area) for number, band in enumerate(bands)
    ]
    return strips, not strips and specks > TRACE * part.size


def is_cut(page: Grey, bare: Grey, area: Area, inset: int) -> bool:
    """Say whether a character runs into a side of its cell: what stands there may be cut in two.

    `bare` is the page without its lines, which are drawn `inset` pixels outside of the area. Where
    text fills its cell, a spreadsheet may have left out what had no room, between two digits too.
    """
    part = inked(bare[area.top : area.bottom, area.left : area.right])
    stats = cv2.connectedComponentsWithStats(part)[2][1:].tolist()
    pieces = [piece for piece in stats if _is_character(piece, area)]
    if pieces and _free(pieces, area) <= _ROOM:
        return True
    for x, y, wide, tall, _ in pieces:
        rows = slice(area.top + y, area.top + y + tall)
        left = slice(max(0, area.left - inset), area.left + x + 1)
        right = slice(area.left + x + wide - 1, area.right + inset)
        if x <= _SIDE and _joins(page[rows, left]):
            return True
        if x + wide >= area.width - _SIDE and _joins(page[rows, right]):
            return True
    return False


def _free(pieces: list[list[int]], area: Area) -> int:
    """Return the room before the first and behind the last character together."""
    first, last = min(x for x, *_ in pieces), max(x + wide for x, _, wide, *_ in pieces)
    return first + area.width - last


def _is_character(piece: list[int], area: Area) -> bool:
    """Say whether a piece of ink is of a character: of a 1, or cut down to a stroke, too."""
    _, _, wide, tall, _ = piece
    return min(wide, tall) >= _STROKE or _LEAST_TALL <= tall < _MOST_TALL * area.height


def _joins(piece: Grey) -> bool:
    """Say whether no column without ink stands between a character and a line."""
    return bool((piece < _GREY).any(axis=0).all())


def character_height(page: Grey, areas: list[Area]) -> float:
    """Return how tall most characters are, which is the size of the page's type."""
    heights: list[int] = []
    for area in areas:
        part = inked(page[area.top : area.bottom, area.left : area.right])
        joined = cv2.morphologyEx(part, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
        stats = cv2.connectedComponentsWithStats(joined)[2][1:]
        heights += [int(t) for _, _, w, t, _ in stats if 14 <= t <= 90 and 0.6 * t <= w <= 1.4 * t]
    return float(np.percentile(heights, 60)) if heights else 34.0


def _text(part: Grey, tall: float) -> tuple[Grey, int]:
    """Return the ink that may be text, and how much was left out as specks."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    keep = np.zeros(count, bool)
    rows, columns = part.shape
    for number, (x, y, wide, high, area) in enumerate(stats.tolist()):
        at_edge = x == 0 or y == 0 or x + wide == columns or y + high == rows
        thin = min(wide, high) <= 4 and max(wide, high) >= 4 * min(wide, high)
        beside = wide > high and min(y, rows - y - high) <= _EDGE
        rest_of_line = (at_edge and (thin or min(wide, high) <= 3)) or (beside and thin)
        underline = wide > 2.2 * tall and high <= 6
        keep[number] = number and area >= SPECK and not rest_of_line and not underline
    kept = keep[labels]
    specks = sum(s[cv2.CC_STAT_AREA] for s in stats[1:] if s[cv2.CC_STAT_AREA] < SPECK)
    return kept.astype(np.uint8), int(specks)


def _bands(text: Grey, tall: float) -> list[tuple[int, int]]:
    """Return the rows of each line; thin bands join their neighbour, tall ones are cut."""
    profile: Any = text.any(axis=1)
    starts = np.flatnonzero(profile & ~np.concatenate(([False], profile[:-1])))
    ends = np.flatnonzero(profile & ~np.concatenate((profile[1:], [False]))) + 1
    bands = [(int(s), int(e)) for s, e in zip(starts, ends, strict=True)]
    joined = _joined(bands, tall)
    return [piece for band in joined for piece in _cut(text, band, tall)]


def _without_rest(bands: list[tuple[int, int]], tall: float) -> list[tuple[int, int]]:
    """Leave out the end of a line to write on that went over to a line of its own.

    It lies at the foot of that line, where the character 一 stands in the middle.
    """
    if len(bands) < 3 or bands[-1][1] - bands[-1][0] > _STROKE_HIGH * tall:
        return bands
    pitch = bands[-2][1] - bands[-3][1]
    return bands[:-1] if bands[-1][1] - bands[-2][1] >= _AT_FOOT * pitch > tall else bands


def _joined(bands: list[tuple[int, int]], tall: float) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in bands:
        if found:
            before = found[-1]
            small = min(end - start, before[1] - before[0]) < _FLAT * tall
            near = start - before[1] < (0.45 if small else 0.15) * tall
            if near and end - before[0] <= 1.25 * tall:
                found[-1] = (before[0], end)
                continue
        found.append((start, end))
    return found


def _cut(text: Grey, band: tuple[int, int], tall: float) -> list[tuple[int, int]]:
    """Cut a band that holds two lines or more where there is least ink."""
    start, end = band
    if end - start < _TWO_TIGHT * tall:
        return [band]
    valley = _valley(text[start:end].sum(axis=1), tall)
    if valley is not None:
        halves = (start, start + valley), (start + valley, end)
        return [piece for half in halves for piece in _cut(text, half, tall)]
    count = round((end - start) / (1.25 * tall))
    if end - start < 1.9 * tall or count < 2 or _is_title(text[start:end], tall):
        return [band]
    profile = text[start:end].sum(axis=1)
    pitch = (end - start) / count
    cuts = [start]
    for number in range(1, count):
        low = int(pitch * number - 0.3 * pitch)
        window = profile[low : int(pitch * number + 0.3 * pitch)]
        cuts.append(start + low + int(window.argmin()))
    return list(pairwise([*cuts, end]))


def _valley(profile: Any, tall: float) -> int | None:
    """Return the row with next to no ink that parts two lines of tightly set text."""
    edge = round(_LEAST * tall)
    inner = profile[edge : len(profile) - edge]
    if not len(inner):
        return None
    if inner.min() > _SHALLOW * np.percentile(profile, 75):
        return None
    return edge + int(np.median(np.flatnonzero(inner == inner.min())))


def _is_title(text: Grey, tall: float) -> bool:
    """Whether characters are as tall as the band: larger type, not two lines."""
    joined = cv2.morphologyEx(text, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    stats = cv2.connectedComponentsWithStats(joined)[2][1:]
    large = sum(1 for _, _, w, t, _ in stats if t > 0.75 * len(text) and w < 1.5 * t)
    return large >= 2 and len(text) < 3.5 * tall


def _strip(text: Grey, band: tuple[int, int], edges: list[int], area: Area) -> Strip:
    columns = np.flatnonzero(text[band[0] : band[1]].any(axis=0))
    left, right = int(columns[0]), int(columns[-1]) + 1
    ink = Area(area.left + left, area.top + band[0], area.left + right, area.top + band[1])
    room = Area(area.left, area.top + edges[0], area.right, area.top + edges[1])
    return Strip(ink, room)


def crop(page: Grey, strip: Strip, above: float, beside: float) -> Any:
    """Return a line with so much of its own room around it (in parts of its height), on white."""
    ink, room = strip
    tall = max(8, ink.height)
    pad_y, pad_x = round(above * tall), round(beside * tall)
    top, bottom = max(room.top, ink.top - pad_y), min(room.bottom, ink.bottom + pad_y)
    left, right = max(room.left, ink.left - pad_x), min(room.right, ink.right + pad_x)
    part = page[top:bottom, left:right]
    edges = (
        pad_y - (ink.top - top), pad_y - (bottom - ink.bottom),
        pad_x - (ink.left - left), pad_x - (right - ink.right),
    )  # fmt: skip
    return cv2.copyMakeBorder(part, *edges, cv2.BORDER_CONSTANT, value=255)
