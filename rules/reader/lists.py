"""A list of copies: labels once in a row, and under them a row for each project or unit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rules.labels import read_label
from rules.reader.page import Grid, Line, Page

if TYPE_CHECKING:
    from rules.reader.copies import Copy, Survey
    from rules.reader.index import FormIndex
    from rules.reader.page import Slot

FEWEST = 3  # labels in one row that make it a row of headings
MOST = 500  # rows of a list
SHARE = 0.4  # of the labels that a row fills; a row of signatures fills fewer
_SUMS = frozenset({"合计", "总计", "小计", "共计", "总数", "累计"})


def rows_of(page: Page, copy: Copy, seen: Survey, index: FormIndex) -> list[Page]:
    """Return the page once for each row of a list, with that row alone under the labels.

    A copy that is no list is the page as it is.
    """
    head = max(copy.lines, key=lambda n: len(seen.hits[n].get(copy.template, ())), default=None)
    if head is None or page.lines[head].table is None:
        return [page]
    block = _block(page, head)
    labels = len(set().union(*(seen.hits[n].get(copy.template, ()) for n in block)))
    if labels < FEWEST or labels * 2 < len(copy.fields):
        return [page]
    rows = _rows_under(page, copy, seen, block, index)
    return [_alone(page, block, rows, row) for row in rows] or [page]


def _block(page: Page, head: int) -> range:
    """Return the lines of the headings: a second row of them lies beside merged cells."""
    first = page.lines[head].slots[0]
    rows = max(slot.bottom_edge for slot in page.lines[head].slots) - first.row
    return range(head, min(head + rows, len(page.lines)))


def _rows_under(page: Page, copy: Copy, seen: Survey, block: range, index: FormIndex) -> list[int]:
    """Return the lines of a list's rows, up to the next labels; sums and signatures are none."""
    labels = len(seen.hits[block[0]].get(copy.template, ()))
    found: list[int] = []
    for line in page.lines[block[-1] + 1 : copy.last + 1]:
        again = len(seen.hits[line.number].get(copy.template, ()))
        if line.table != page.lines[block[0]].table or again * 2 >= labels or len(found) == MOST:
            break
        filled = [slot for slot in _across(page, line) if slot.filled]
        if len(filled) >= max(2, labels * SHARE) and not _is_sum(filled[0], index):
            found.append(line.number)
    return found


def _across(page: Page, line: Line) -> list[Slot]:
    """Return the slots of a row, those that reach into it from above included."""
    return page.row_of(line.slots[0]) if line.slots else []


def _is_sum(first: Slot, index: FormIndex) -> bool:
    core = read_label(first.text[:20]).core
    return core in _SUMS or core in index.headings


def _alone(page: Page, block: range, rows: list[int], kept: int) -> Page:
    """Return the page with one row of the list moved up to its labels, the others left out."""
    table = page.lines[block[0]].table or 0
    target = max(slot.bottom_edge for slot in page.lines[block[0]].slots)
    moved = [
        replace(slot, row=target, row_span=1, line=kept) for slot in _across(page, page.lines[kept])
    ]
    lines = list(page.lines)
    for number in rows:
        lines[number] = Line(number, tuple(moved) if number == kept else (), table)
    grids = list(page.grids)
    grids[table] = _grid(page.grids[table], moved, target, set(rows))
    return Page(lines, grids, frozenset(block))


def _grid(grid: Grid, moved: list[Slot], target: int, rows: set[int]) -> Grid:
    gone = {row for row, line in grid.lines.items() if line in rows}
    covered = {place: slot for place, slot in grid.covered.items() if place[0] not in gone}
    for slot in moved:
        for column in range(slot.column, slot.right_edge):
            covered[target, column] = slot
    numbers = {row: line for row, line in grid.lines.items() if row not in gone}
    numbers[target] = moved[0].line
    return replace(grid, covered=covered, lines=numbers)
