"""One picture of a page as the tables and paragraphs that stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parsers.document import Origin
from parsers.formats.drawn.lattice import Box, Grid, find_grids
from parsers.formats.drawn.layout import Filled, Ink, Part, arrange, fill
from parsers.formats.drawn.lines import Line
from parsers.formats.drawn.page import Rule
from parsers.formats.scan import models
from parsers.formats.scan.clean import clean
from parsers.formats.scan.flatten import Flat, flatten
from parsers.formats.scan.picture import Grey
from parsers.formats.scan.reading import Read, read_strip
from parsers.formats.scan.rulings import SURE, Sides, Stroke, erase, find_rulings
from parsers.formats.scan.strips import Area, Strip, character_height, crop, find_strips, is_cut
from parsers.formats.scan.strokes import find_table
from parsers.formats.scan.underlines import erase_underlines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.formats.scan.picture import Colour

TABLE_WIDTH = 450.0  # points a table is taken to be wide: that of an A4 form
LEAST_BOXES = 4
SAMPLE = 8  # lines that show which way up a page is
UPRIGHT = 0.8  # certainty on the whole from which it is the right way up
READABLE = 0.5  # below it there is no text on the picture, whichever way it is turned
_LYING = 2.5  # a page whose text runs across has at least 1 in so many lines that is long
_TIGHT = 1.7  # of a character's height: a cell that has no air above and below
_TIGHTEST = 1.35  # and one whose characters may touch its lines
_UNBROKEN = 0.97  # of a side that is ink; a chain of characters has a gap at each line
_CHAIN = 3  # rows so tight that strokes of their characters may join to one
_ROWS = 3  # from which on no characters stand above each other without a gap
_NEAR_SIDE = 9  # pixels within which two lines count as one
_INSET = 3  # pixels between a line and what stands in its cell
_SOME_TEXT = 0.55  # certainty below which a line outside tables is dirt or the desk


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page laid flat and cleaned: its grids in points, its ink with and without lines."""

    page: Grey
    bare: Grey
    grids: list[Grid]
    scale: float  # points per pixel
    tall: float  # pixels: the height of most characters
    short: tuple[Stroke, ...] = ()  # lines down that characters of some rows may be

    def area(self, box: Box) -> Area:
        """Return the inside of a cell in pixels."""
        left, top, right, bottom = map(round, _sides(box, self.scale))
        return Area(left + _INSET, top + _INSET, right - _INSET, bottom - _INSET)


def read_sheet(picture: Colour) -> tuple[float, list[Ink]] | None:
    """Return a page's height in points and its ink; None when no table stands on the picture."""
    sheet = _upright(picture)
    if sheet is None:
        return None
    parts = [
        Part(grid, tuple(_fill(sheet, box, _is_doubtful(sheet, box)) for box in grid.boxes))
        for grid in sheet.grids
    ]
    outside = [line for area in _around(sheet) for line in _outside(sheet, area)]
    height = sheet.bare.shape[0] * sheet.scale
    return height, arrange(parts, outside, height)


def _upright(picture: Colour) -> Sheet | None:
    """Return the page the way up in which its text can be read best."""
    best, most = None, READABLE
    for turns in (0, 2, 3, 1):
        turned = np.ascontiguousarray(np.rot90(picture, turns))
        points = find_table(turned)
        sheet = _sheet(flatten(turned, points)) if points is not None else None
        if sheet is None and turns == 0:
            return None
        sure = _certainty(sheet) if sheet is not None else 0.0
        if sure > most:
            best, most = sheet, sure
        if sure >= UPRIGHT:
            break
    return best


def _sheet(flat: Flat) -> Sheet | None:
    page = clean(flat.picture, flat.width)
    across, down = find_rulings(page)
    scale = TABLE_WIDTH / flat.width
    grids = find_grids(_rules(across, scale), _rules(down, scale))
    grids = [grid for grid in grids if len(grid.boxes) >= LEAST_BOXES]
    if not grids:
        return None
    bare = erase(page, (*across, *down), [_sides(b, scale) for g in grids for b in g.boxes])
    sheet = Sheet(page, bare, grids, scale, 0.0)
    areas = [a for g in grids for a in map(sheet.area, g.boxes) if a.width > 4 and a.height > 4]
    short = tuple(s for s in down if s.length < _CHAIN * SURE and not _is_whole(s, grids, scale))
    tall = character_height(bare, areas)
    for area in (*areas, *_around(sheet)):
        erase_underlines(bare, area, tall)
    return Sheet(page, bare, grids, scale, tall, short)


def _is_whole(stroke: Stroke, grids: Sequence[Grid], scale: float) -> bool:
    """Say whether a line goes down from line to line through some rows, without a gap."""
    if stroke.whole < _UNBROKEN:
        return False
    for grid in grids:
        lines = [y / scale for y in grid.ys]
        met = [y for y in lines if stroke.start - _NEAR_SIDE <= y <= stroke.end + _NEAR_SIDE]
        if len(met) <= _ROWS:
            continue
        if max(abs(met[0] - stroke.start), abs(stroke.end - met[-1])) <= _NEAR_SIDE:
            return True
    return False


def _sides(box: Box, scale: float) -> Sides:
    return box.left / scale, box.top / scale, box.right / scale, box.bottom / scale


def _rules(strokes: Sequence[Stroke], scale: float) -> list[Rule]:
    return [Rule(s.at * scale, s.start * scale, s.end * scale) for s in strokes]


def _certainty(sheet: Sheet) -> float:
    """Return how sure one recogniser is of some lines, less where few lines run across."""
    strips = [strip for _, found in _lines_of_cells(sheet) for strip in found]
    wide = [strip for strip in strips if strip.ink.width > 2 * sheet.tall]
    if not wide:
        return 0.0
    sample = wide[:: max(1, len(wide) // SAMPLE)][:SAMPLE]
    read = [models.second().read(crop(sheet.bare, strip, 0.14, 0.22)) for strip in sample]
    lying = min(1.0, _LYING * len(wide) / len(strips))
    return lying * sum(said.mean for said in read) / len(read)


def _lines_of_cells(sheet: Sheet) -> Iterator[tuple[Box, list[Strip]]]:
    for grid in sheet.grids:
        for box in grid.boxes:
            area = sheet.area(box)
            if area.width > 4 and area.height > 4:
                yield box, find_strips(sheet.bare, area, sheet.tall)[0]


def _is_doubtful(sheet: Sheet, box: Box) -> bool:
    """Say whether a cell no taller than its text has a side that is only some rows long.

    In rows that tight a character's stroke reaches from line to line, and looks like a side;
    where there is a little air, it leaves a gap.
    """
    left, top, right, bottom = _sides(box, sheet.scale)
    pitch = (bottom - top) / box.row_span / sheet.tall
    if pitch > _TIGHT:
        return False
    return any(
        min(abs(side.at - left), abs(side.at - right)) <= _NEAR_SIDE
        and (pitch <= _TIGHTEST or side.whole < _UNBROKEN)
        and side.start < bottom
        and side.end > top
        for side in sheet.short
    )


def _fill(sheet: Sheet, box: Box, doubtful: bool) -> Filled:  # noqa: FBT001 - of one kind with box
    area = sheet.area(box)
    if area.width <= 4 or area.height <= 4:
        return fill(box, (), frozenset(), Origin.OCR)
    strips, specks = find_strips(sheet.bare, area, sheet.tall)
    read = [(strip, read_strip(sheet.bare, strip, sheet.tall)) for strip in strips]
    lines = [_line(sheet, strip, said) for strip, said in read if said.text]
    flags = set()
    if not all(said.sure for _, said in read) or doubtful or _is_cut(sheet, area):
        flags.add("readings-disagree")
    if specks or any(not said.text for _, said in read):
        flags.add("unread-ink")
    return fill(box, lines, frozenset(flags), Origin.OCR)


def _is_cut(sheet: Sheet, area: Area) -> bool:
    return is_cut(sheet.page, sheet.bare, area, _INSET)


def _line(sheet: Sheet, strip: Strip, said: Read) -> Line:
    left, top, right, bottom = (side * sheet.scale for side in strip.ink)
    word = said.first_word * sheet.scale
    return Line(said.text, left, top, right, bottom, word, unsure=not said.sure)


def _around(sheet: Sheet) -> list[Area]:
    """Return the areas above, between and below the tables, as wide as they are."""
    rows, columns = sheet.bare.shape
    left = min(grid.xs[0] for grid in sheet.grids) / sheet.scale
    right = max(grid.xs[-1] for grid in sheet.grids) / sheet.scale
    beside = 0.04 * (right - left)
    first, last = max(0, round(left - beside)), min(columns, round(right + beside))
    edges = [0]
    for grid in sheet.grids:
        edges += [round(grid.ys[0] / sheet.scale) - 4, round(grid.ys[-1] / sheet.scale) + 4]
    edges.append(rows)
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [Area(first, top, last, bottom) for top, bottom in pairs if bottom - top > 12]


def _outside(sheet: Sheet, area: Area) -> Iterator[Line]:
    strips, _ = find_strips(sheet.bare, area, sheet.tall)
    for strip in strips:
        if strip.ink.height < 0.35 * sheet.tall or strip.ink.height > 4 * sheet.tall:
            continue
        said = read_strip(sheet.bare, strip, sheet.tall)
        if said.text and (said.sure or said.certainty >= _SOME_TEXT):
            yield _line(sheet, strip, said)
