"""Which lines of a table an outline draws, given as points in the order of the pen."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from parsers.formats.drawn.page import Rule, rules_of_box

if TYPE_CHECKING:
    from collections.abc import Sequence

FLAT = 1.0  # points a line may slope


def stroked(points: Sequence[tuple[float, float]], across: list[Rule], down: list[Rule]) -> None:
    """Add each straight piece that runs along an axis."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y1 - y0) <= FLAT < abs(x1 - x0):
            across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= FLAT < abs(y1 - y0):
            down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def filled(points: Sequence[tuple[float, float]], across: list[Rule], down: list[Rule]) -> None:
    """Add a thin filled box as a line; programs draw borders that way."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    flat, upright = rules_of_box(min(xs), min(ys), max(xs), max(ys))
    across += flat
    down += upright
