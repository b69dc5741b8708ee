"""Which cell a piece of text belongs to, also when it is too long for it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parsers.formats.drawn.lattice import Box, Grid
    from parsers.formats.drawn.page import Glyph

_TOUCHING = 0.15  # of a glyph's height: a gap within a run


def runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Yield glyphs drawn one right after the other on one line."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _follows(run[-1], glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _follows(last: Glyph, glyph: Glyph) -> bool:
    near = _TOUCHING * max(last.height, glyph.height)
    return abs(glyph.left - last.right) <= near and abs(glyph.middle - last.middle) <= 2 * near


def place_runs(
    glyphs: Iterable[Glyph], grids: Sequence[Grid]
) -> tuple[dict[tuple[int, Box], list[Glyph]], list[Glyph]]:
    """Return the glyphs of each box (by the number of its grid), and those outside all grids."""
    boxes = [_by_slot(grid) for grid in grids]
    inside: dict[tuple[int, Box], list[Glyph]] = {}
    outside: list[Glyph] = []
    for run in runs(glyphs):
        home = _home(run, grids, boxes)
        (outside if home is None else inside.setdefault(home, [])).extend(run)
    return inside, outside


def _by_slot(grid: Grid) -> dict[tuple[int, int], Box]:
    return {
        (row, column): box
        for box in grid.boxes
        for row in range(box.row, box.row + box.row_span)
        for column in range(box.column, box.column + box.column_span)
    }


def _home(
    run: list[Glyph], grids: Sequence[Grid], boxes: Sequence[Mapping[tuple[int, int], Box]]
) -> tuple[int, Box] | None:
    """Find the box in which a run begins, unless it is centred over a later one."""
    left, right = run[0].left, run[-1].right
    middle = sum(glyph.middle for glyph in run) / len(run)
    centre, first = (left + right) / 2, left + 0.5 * (run[0].right - run[0].left)
    for number, grid in enumerate(grids):
        start = _box_at(grid, boxes[number], first, middle)
        mid = _box_at(grid, boxes[number], centre, middle)
        if mid is not None and (start is None or abs(mid.left + mid.right - 2 * centre) < 2):
            return number, mid
        if start is not None:
            return number, start
    return None


def _box_at(grid: Grid, boxes: Mapping[tuple[int, int], Box], x: float, y: float) -> Box | None:
    row, column = bisect_right(grid.ys, y) - 1, bisect_right(grid.xs, x) - 1
    return boxes.get((row, column))
