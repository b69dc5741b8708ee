"""How ruling lines make a table: which cross, the grid they span, and the boxes left open in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from parsers.formats.drawn.page import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NEAR = 3.0  # points: lines closer than this are one, as a double border is
MAX_RULES = 3_000  # of one page; more is a drawing, not a form
MAX_CELLS = 40_000  # of one grid
_LEAST = 12.0  # points: what is smaller is a box to tick
_COVERED = 0.5  # of a side, to be a wall


class Box(NamedTuple):
    """A cell of the grid: 0-based rows and columns, and its outline."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """One table's outline: the places of its lines, and its boxes by row and column."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]

    def holds(self, other: Grid) -> bool:
        """Say whether another grid lies inside this one."""
        return (
            self.xs[0] - NEAR <= other.xs[0]
            and other.xs[-1] <= self.xs[-1] + NEAR
            and self.ys[0] - NEAR <= other.ys[0]
            and other.ys[-1] <= self.ys[-1] + NEAR
        )


def find_grids(across: Sequence[Rule], down: Sequence[Rule]) -> list[Grid]:
    """Return the outermost grids of a page, from its top down."""
    flat, upright = _joined(across), _joined(down)
    if len(flat) + len(upright) > MAX_RULES:
        return []
    found = [_grid(a, d) for a, d in _connected(flat, upright)]
    grids = [grid for grid in found if grid is not None and grid.boxes]
    inner = {id(g) for g in grids for other in grids if other is not g and _inside(g, other)}
    return sorted((g for g in grids if id(g) not in inner), key=lambda g: (g.ys[0], g.xs[0]))


def _inside(grid: Grid, other: Grid) -> bool:
    """Whether a grid stands in another's cell; a frame round the whole page holds nothing."""
    return len(other.boxes) > 1 and other.holds(grid) and not grid.holds(other)


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Lines at one height become one, and pieces that touch become one piece."""
    clusters: list[list[Rule]] = []
    for rule in sorted(rules):
        if clusters and rule.at - clusters[-1][0].at <= NEAR:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
    return [rule for cluster in clusters for rule in _pieces(cluster)]


def _pieces(cluster: list[Rule]) -> Iterator[Rule]:
    at = sum(rule.at for rule in cluster) / len(cluster)
    start, end = cluster[0].start, cluster[0].start
    for rule in sorted(cluster, key=lambda rule: rule.start):
        if rule.start > end + NEAR:
            yield Rule(at, start, end)
            start, end = rule.start, rule.end
        end = max(end, rule.end)
    yield Rule(at, start, end)


def _connected(flat: list[Rule], upright: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Group lines that cross or touch, directly or through others."""
    parent = list(range(len(flat) + len(upright)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    heights = [rule.at for rule in flat]
    for number, line in enumerate(upright, start=len(flat)):
        first = bisect_left(heights, line.start - NEAR)
        last = bisect_right(heights, line.end + NEAR)
        for other in range(first, last):
            if flat[other].start - NEAR <= line.at <= flat[other].end + NEAR:
                parent[root(other)] = root(number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for number, rule in enumerate([*flat, *upright]):
        groups[root(number)][number >= len(flat)].append(rule)
    return (group for group in groups.values() if len(group[0]) > 1 and group[1])


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    across, down = _with_sides(across, down)
    xs, ys = _places(down), _places(across)
    small = xs[-1] - xs[0] < _LEAST or ys[-1] - ys[0] < _LEAST
    if small or not 1 <= (len(xs) - 1) * (len(ys) - 1) <= MAX_CELLS:
        return None
    return Grid(xs, ys, tuple(_Walls(xs, ys, across, down).boxes()))


def _places(rules: list[Rule]) -> tuple[float, ...]:
    return tuple(sorted({rule.at for rule in rules}))


def _with_sides(across: list[Rule], down: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Close tables drawn without their outer lines, as statistical forms are."""
    left, right = min(r.start for r in across), max(r.end for r in across)
    top, bottom = min(r.start for r in down), max(r.end for r in down)
    heights, places = [r.at for r in across], [r.at for r in down]
    sides = [x for x in (left, right) if min(abs(x - p) for p in places) > 2 * NEAR]
    ends = [y for y in (top, bottom) if min(abs(y - h) for h in heights) > 2 * NEAR]
    return (
        across + [Rule(y, left, right) for y in ends],
        down + [Rule(x, min(heights), max(heights)) for x in sides],
    )


class _Walls:
    """Which neighbours of a grid are parted by a line."""

    def __init__(
        self,
        xs: tuple[float, ...],
        ys: tuple[float, ...],
        across: list[Rule],
        down: list[Rule],
    ) -> None:
        self.xs, self.ys = xs, ys
        self.rows, self.columns = len(ys) - 1, len(xs) - 1
        self.above = _covered(ys, xs, across)
        self.before = _covered(xs, ys, down)

    def boxes(self) -> Iterator[Box]:
        """Yield the largest boxes without a wall inside, by row and column."""
        taken = [[False] * self.columns for _ in range(self.rows)]
        for row in range(self.rows):
            for column in range(self.columns):
                if not taken[row][column]:
                    right = self._right(row, column, taken)
                    bottom = self._bottom(row, column, right, taken)
                    for line in taken[row:bottom]:
                        line[column:right] = [True] * (right - column)
                    if self._closed(row, column, bottom, right):
                        yield self._box(row, column, bottom, right)

    def _right(self, row: int, column: int, taken: list[list[bool]]) -> int:
        end = column + 1
        while end < self.columns and end not in self.before[row] and not taken[row][end]:
            end += 1
        return end

    def _bottom(self, row: int, column: int, right: int, taken: list[list[bool]]) -> int:
        end = row + 1
        while end < self.rows and not taken[end][column]:
            inner = any(place in self.before[end] for place in range(column + 1, right))
            parted = any(end in self.above[place] for place in range(column, right))
            if inner or parted or any(taken[end][column:right]):
                break
            end += 1
        return end

    def _closed(self, row: int, column: int, bottom: int, right: int) -> bool:
        """Whether a box is no dent in the table's outline: at most one outer side is not drawn.

        A cell that goes on over the page has no line there.
        """
        above = all(row in self.above[c] for c in range(column, right)) or row > 0
        below = all(bottom in self.above[c] for c in range(column, right)) or bottom < self.rows
        before = all(column in self.before[r] for r in range(row, bottom)) or column > 0
        after = all(right in self.before[r] for r in range(row, bottom)) or right < self.columns
        return above + below + before + after >= 3

    def _box(self, row: int, column: int, bottom: int, right: int) -> Box:
        return Box(
            *(row, column, bottom - row, right - column),
            *(self.xs[column], self.ys[row], self.xs[right], self.ys[bottom]),
        )


def _covered(
    places: tuple[float, ...], steps: tuple[float, ...], rules: list[Rule]
) -> list[set[int]]:
    """For each interval between steps, the numbers of the places where a line covers it."""
    covered: list[set[int]] = [set() for _ in steps[1:]]
    numbers = {place: number for number, place in enumerate(places)}
    for rule in rules:
        first = max(bisect_right(steps, rule.start) - 1, 0)
        last = min(bisect_left(steps, rule.end), len(steps) - 1)
        for step in range(first, last):
            length = min(rule.end, steps[step + 1]) - max(rule.start, steps[step])
            if length >= _COVERED * (steps[step + 1] - steps[step]):
                covered[step].add(numbers[rule.at])
    return covered
