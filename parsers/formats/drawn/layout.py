"""How a page's ink becomes paragraphs and parts of tables, from its top down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.document import Origin
from parsers.formats.drawn.lattice import Box, Grid, find_grids
from parsers.formats.drawn.lines import Line, join_lines, read_lines
from parsers.formats.drawn.runs import place_runs
from parsers.formats.drawn.struck import find_struck
from parsers.formats.drawn.unruled import find_unruled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.formats.drawn.page import Page

_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,3}\s*(?:页)?[\s,，]*(?:[/／]\s*\d{1,3}|共\s*\d{1,3}\s*页)?[-—–－·\s]*"
)
_STRUCK = {True: frozenset({"struck-left-out"}), False: frozenset[str]()}
_ALIKE = 0.6  # of two lines' heights: fonts of one size stand differently tall
_MARGIN = 0.12  # of the page's height, where page numbers stand


@dataclass(frozen=True, slots=True)
class Filled:
    """A box with its text."""

    box: Box
    lines: tuple[Line, ...]
    text: str
    flags: frozenset[str] = frozenset()
    origin: Origin = Origin.TYPED


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or as much of it as stands on one page."""

    grid: Grid
    cells: tuple[Filled, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph outside tables."""

    text: str
    flags: frozenset[str] = frozenset()


Ink = Part | Said


def read_page(page: Page) -> list[Ink]:
    """Return what a page says, in the order in which it is read."""
    struck, strokes = find_struck(page.glyphs, page.across)
    kept = [glyph for number, glyph in enumerate(page.glyphs) if number not in struck]
    lost = [page.glyphs[number] for number in struck]
    grids = find_grids([rule for rule in page.across if rule not in strokes], page.down)
    inside, outside = place_runs(kept, grids)
    unsure: list[frozenset[Box] | None] = [None for _ in grids]
    if unruled := find_unruled(outside, grids):
        ruled: list[tuple[Grid, frozenset[Box] | None]] = [(grid, None) for grid in grids]
        both = sorted([*ruled, *unruled], key=lambda one: (one[0].ys[0], one[0].xs[0]))
        grids, unsure = [grid for grid, _ in both], [boxes for _, boxes in both]
        inside, outside = place_runs(kept, grids)
    crossed = set(place_runs(lost, grids)[0])
    parts = [
        Part(
            grid,
            tuple(
                fill(
                    box,
                    read_lines(inside.get((number, box), [])),
                    _STRUCK[(number, box) in crossed] | _flags(box, unsure[number]),
                )
                for box in grid.boxes
            ),
        )
        for number, grid in enumerate(grids)
    ]
    return arrange(parts, read_lines(outside), page.height)


def _flags(box: Box, unsure: frozenset[Box] | None) -> frozenset[str]:
    if unsure is None:
        return frozenset()
    return frozenset({"unruled", "readings-disagree"} if box in unsure else {"unruled"})


def fill(
    box: Box, lines: Iterable[Line], flags: frozenset[str], origin: Origin = Origin.TYPED
) -> Filled:
    """Return a box with the text of its lines."""
    kept = tuple(lines)
    return Filled(box, kept, join_lines(kept, box.left, box.right), flags, origin)


def arrange(parts: Sequence[Part], outside: list[Line], height: float) -> list[Ink]:
    """Return a page's tables and the paragraphs around them in the order of reading."""
    tables: list[tuple[float, Ink]] = [(part.grid.ys[0], part) for part in parts]
    said = _paragraphs(_without_numbers(outside, height), [part.grid for part in parts])
    return [ink for _, ink in sorted([*tables, *said], key=lambda pair: pair[0])]


def _without_numbers(lines: list[Line], height: float) -> list[Line]:
    """Leave out page numbers: a first or last line in the margin that is nothing else."""
    return [
        line
        for number, line in enumerate(lines)
        if not (
            number in {0, len(lines) - 1}
            and (line.bottom < _MARGIN * height or line.top > (1 - _MARGIN) * height)
            and _PAGE_NUMBER.fullmatch(line.text)
        )
    ]


def _paragraphs(lines: list[Line], grids: Sequence[Grid]) -> list[tuple[float, Ink]]:
    """Join lines that run to the right edge with the next, unless a table or a gap parts them."""
    if not lines:
        return []
    column = _Column(
        min([line.left for line in lines] + [grid.xs[0] for grid in grids]),
        max([line.right for line in lines] + [grid.xs[-1] for grid in grids]),
        [grid.ys[0] for grid in grids],
    )
    groups: list[list[Line]] = []
    for line in lines:
        if groups and column.goes_on(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [(group[0].top, _said(column, group)) for group in groups]


def _said(column: _Column, group: list[Line]) -> Said:
    unsure = any(line.unsure for line in group)
    return Said(column.text(group), frozenset({"readings-disagree"} if unsure else ()))


@dataclass(frozen=True, slots=True)
class _Column:
    """The text's edges on a page, and where tables interrupt it."""

    left: float
    right: float
    tables: list[float]

    def goes_on(self, last: Line, line: Line) -> bool:
        """Say whether a line is the rest of the one above it."""
        full = self.right - last.right < line.first_word + 0.5 * line.height
        flush = line.left - self.left < 0.8 * line.height
        near = line.top - last.bottom < 1.2 * line.height
        alike = min(line.height, last.height) > _ALIKE * max(line.height, last.height)
        parted = any(last.top < top < line.top for top in self.tables)
        return full and flush and near and alike and not parted

    def text(self, group: list[Line]) -> str:
        """Return a paragraph on one line."""
        return join_lines(group, self.left, self.right).replace("\n", " ")
