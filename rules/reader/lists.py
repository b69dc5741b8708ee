"""A list of copies: labels once in a row, and under them a row for each project or unit."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.values.characters import is_ditto
from rules.form import Where
from rules.labels import read_label
from rules.reader.matching import known_head
from rules.reader.measured import names_units
from rules.reader.page import Grid, Line, Page
from rules.synonyms import is_sum

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rules.reader.copies import Copy
    from rules.reader.index import FormIndex
    from rules.reader.page import Slot
    from rules.reader.survey import Survey

FEWEST = 3  # labels in one row that make it a row of headings
MOST = 500  # rows of a list
_EXAMPLE = re.compile(r"(?:填[写报表])?(?:例|例如|示例|样例|范例|举例)\d?")
SHARE = 0.4  # of the labels that a row fills; a row of signatures fills fewer


View = tuple[Page, tuple[int, int]]  # a page, and the lines of it that hold one copy


def rows_of(page: Page, copy: Copy, seen: Survey, index: FormIndex) -> list[View]:
    """Return the page once for each row of a list, with that row alone under the labels.

    A copy that is no list, or too long a one, is the page as it is.
    """
    whole = [(page, (copy.first, copy.last))]
    head = max(copy.lines, key=lambda n: _headings(seen, n, copy, index), default=None)
    if head is None or page.lines[head].table is None:
        return whole
    page = _stretched(page, head, copy, seen)
    block = _block(page, head)
    labels = len(set().union(*(seen.hits[n].get(copy.template, ()) for n in block)))
    if labels < FEWEST or labels * 2 < len(copy.fields):
        return whole
    rows = _rows_under(page, copy, seen, block)
    if not _identifies(index, block, copy, seen) or _are_headed(page, rows, index):
        return whole
    kept = [row for row in rows if not _is_aside(page, row)]
    if not kept or len(kept) > MOST:
        return whole
    told = _told_again(page, block, kept, index)
    base = _without(page, block, frozenset(rows))
    last = copy.last - len(rows) + 1
    return [(_with(base, page, block, row, told), (copy.first, last)) for row in kept]


def _headings(seen: Survey, line: int, copy: Copy, index: FormIndex) -> tuple[int, int]:
    """Return how many labels of a line head columns of a list, and how many it has at all."""
    numbers = seen.hits[line].get(copy.template, ())
    return sum(index.fields[n].field.where is Where.BELOW for n in numbers), len(numbers)


def _block(page: Page, head: int) -> range:
    """Return the lines of the headings: a second row of them lies beside merged cells."""
    own = page.lines[head].slots
    bottom = max(slot.bottom_edge for slot in own)
    beside = [slot for slot in page.row_of(own[0]) if slot.bottom_edge == bottom]
    first = min((slot.line for slot in beside), default=head)
    return range(first, min(head + bottom - own[0].row, len(page.lines)))


def _stretched(page: Page, head: int, copy: Copy, seen: Survey) -> Page:
    """Return the page with a label one line over the others reaching down to their row.

    So it did before the table was saved as CSV, which knows no merged cells.
    """
    over, line = page.lines[head - 1] if head else None, page.lines[head]
    if over is None or over.table != line.table or not seen.hits[head - 1].get(copy.template):
        return page
    table = line.table or 0
    covered, renewed = dict(page.grids[table].covered), []
    for slot in over.slots:
        under = page.below(slot)
        empty = under is not None and not under.filled and slot.row_span == 1
        tall = replace(slot, row_span=2) if slot.filled and empty else slot
        renewed.append(tall)
        places = [
            (r, c)
            for r in range(tall.row, tall.bottom_edge)
            for c in range(tall.column, tall.right_edge)
        ]
        covered.update(dict.fromkeys(places, tall))
    lines, grids = list(page.lines), list(page.grids)
    lines[head - 1] = replace(over, slots=tuple(renewed))
    kept = tuple(s for s in line.slots if covered.get((s.row, s.column), s) is s)
    if not kept:  # an empty row under each label: none of them reaches down to others
        return page
    lines[head] = replace(line, slots=kept)
    grids[table] = replace(grids[table], covered=covered)
    return replace(page, lines=lines, grids=grids)


def _identifies(index: FormIndex, block: range, copy: Copy, seen: Survey) -> bool:
    """Say whether the labels ask for what tells copies apart: the unit, the 项目名称."""
    form = index.form
    named = {read_label(form.identified_by).core} if form.identified_by else set()
    told = {f.number for f in index.fields if f.field.key == form.unit_field or named & {*f.cores}}
    return any(told & seen.hits[n].get(copy.template, set()) for n in block)


def _are_headed(page: Page, rows: list[int], index: FormIndex) -> bool:
    """Say whether a row has a heading of its own: 数量, 备注 under a row of 内容."""
    return any(read_label(page.lines[n].slots[0].text[:20]).core in index.headings for n in rows)


def _rows_under(page: Page, copy: Copy, seen: Survey, block: range) -> list[int]:
    """Return the lines of a list's rows, up to the next labels; signatures are none."""
    labels = max(len(seen.hits[n].get(copy.template, ())) for n in block)
    found: list[int] = []
    for line in page.lines[block[-1] + 1 : copy.last + 1]:
        again = len(seen.hits[line.number].get(copy.template, ()))
        if line.table != page.lines[block[0]].table or again * 2 >= labels:
            break
        filled = [slot for slot in _across(page, line) if slot.filled]
        if len(filled) >= max(2, labels * SHARE) and line.slots:
            found.append(line.number)
    return found


def _across(page: Page, line: Line) -> list[Slot]:
    """Return the slots of a row, those that reach into it from above included."""
    return page.row_of(line.slots[0]) if line.slots else []


def _is_aside(page: Page, row: int) -> bool:
    """Say whether a row is a sum, an example, or the units of measure of the columns."""
    if names_units(page.lines[row]):
        return True
    first = next((s for s in _across(page, page.lines[row]) if s.filled), None)
    core = read_label(first.text[:20]).core if first is not None else ""
    return is_sum(core) or _EXAMPLE.fullmatch(core) is not None


def _told_again(page: Page, block: range, rows: Sequence[int], index: FormIndex) -> dict[int, Slot]:
    """Return, by id, the slots that mean what stands over them: 同上, and no unit at all."""
    units = set(_columns_of(page, block, index))
    above: dict[int, Slot] = {}
    told: dict[int, Slot] = {}
    for slot in (slot for row in rows for slot in _across(page, page.lines[row])):
        over = above.get(slot.column)
        if over and (is_ditto(slot.text) or (slot.column in units and not slot.filled)):
            told[id(slot)] = replace(slot, text=over.text, cell=over.cell)
        elif slot.filled:
            above[slot.column] = slot
    return told


def _columns_of(page: Page, block: range, index: FormIndex) -> Iterator[int]:
    """Yield the columns in which a list says whose its rows are."""
    for slot in (slot for number in block for slot in page.lines[number].slots):
        known = known_head(index, slot)
        fields = [index.fields[n].field.key for n in (known[1] if known else ())]
        if index.form.unit_field in fields:
            yield slot.column


def _without(page: Page, block: range, rows: frozenset[int]) -> Page:
    """Return the page without a list's rows, one line left free for any of them."""
    renewed: dict[int, Slot] = {}
    numbers: dict[int, int] = {}
    lines: list[Line] = []
    for line in page.lines:
        if line.number in rows:
            continue
        number = numbers[line.number] = len(lines)
        slots = tuple(replace(slot, line=number) for slot in line.slots)
        renewed.update(zip(map(id, line.slots), slots, strict=True))
        lines.append(Line(number, slots, line.table))
        if line.number == block[-1]:
            lines.append(Line(number + 1, (), line.table))
    return Page(lines, [_renewed(grid, renewed, numbers) for grid in page.grids])


def _renewed(grid: Grid, renewed: dict[int, Slot], numbers: dict[int, int]) -> Grid:
    covered = {
        place: renewed[id(slot)]
        for place, slot in grid.covered.items()
        if id(slot) in renewed and grid.lines.get(place[0]) in numbers
    }
    lines = {row: numbers[line] for row, line in grid.lines.items() if line in numbers}
    return replace(grid, covered=covered, lines=lines)


def _with(base: Page, page: Page, block: range, row: int, told: Mapping[int, Slot]) -> Page:
    """Return the page without rows, but with this one in the free line under the labels."""
    table, free = page.lines[block[0]].table or 0, block[-1] + 1
    target = max(slot.bottom_edge for slot in page.lines[block[0]].slots)
    moved = tuple(
        replace(told.get(id(slot), slot), row=target, row_span=1, line=free)
        for slot in _across(page, page.lines[row])
    )
    lines, grids = list(base.lines), list(base.grids)
    lines[free] = Line(free, moved, table)
    covered = dict(grids[table].covered)
    for slot in moved:
        covered.update({(target, c): slot for c in range(slot.column, slot.right_edge)})
    numbers = {**grids[table].lines, target: free}
    grids[table] = replace(grids[table], covered=covered, lines=numbers)
    return Page(lines, grids, frozenset(block))
