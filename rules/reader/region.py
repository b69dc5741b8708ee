"""The part of a page that holds one copy of a form, with its labels matched."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from parsers.values.measures import is_money, size_of
from rules.form import Where
from rules.labels import read_label
from rules.reader.by_choices import match_beside_choices, match_beside_name
from rules.reader.headings import Half, HeaderRow, find_headers, names_columns
from rules.reader.index import FormIndex
from rules.reader.likeness import match_alike
from rules.reader.matching import Hit, Matches, match_known
from rules.reader.measured import units_over
from rules.reader.overhead import Columns
from rules.reader.page import Page
from rules.reader.signing import drop_signers

if TYPE_CHECKING:
    from rules.reader.page import Slot

MOST = 400  # slots compared by likeness; a form has no more labels


@dataclass
class Region:
    """Lines first..last of a page, read against one form."""

    page: Page
    first: int
    last: int
    index: FormIndex
    headers: list[HeaderRow] = field(default_factory=list)
    matches: Matches = field(default_factory=Matches)
    shared: bool = False  # most values stand in their labels' own cells
    noted: frozenset[int] = frozenset()  # lines of notes and headings, which hold no value
    # columns of numbers beside a column of labels, as rules/reader/unheaded.py found them
    numbers: dict[tuple[int, int, int], tuple[list[int], int]] = field(default_factory=dict)
    columns: dict[int, list[int]] = field(default_factory=dict)  # under a heading, by its id
    halves: dict[tuple[int | None, int, int], Half | None] = field(default_factory=dict)  # by slot
    gaps: dict[tuple[int, int], bool] = field(default_factory=dict)  # columns that hold no value
    upright: dict[int, bool] = field(default_factory=dict)  # by table: values stand beside labels
    overhead: dict[int, Columns] = field(default_factory=dict)  # by table
    unit: str | None = None  # of money, as a line over the table says: 单位：万元
    sizes: tuple[str, ...] = ()  # in which such a line counts: 万人次, 万

    @cached_property
    def slots(self) -> list[Slot]:
        """Every slot of the region, in reading order."""
        return self.page.slots(self.first, self.last)

    @property
    def has_table(self) -> bool:
        """Whether any table lies in the region."""
        return any(line.table is not None for line in self.page.lines[self.first : self.last + 1])

    def look_inside(self) -> None:
        """Learn whether most values of this copy stand in their labels' own cells."""
        hits = [
            h for found in self.matches.hits.values() for h in found if h.slot.table is not None
        ]
        self.shared = sum(bool(hit.rest) for hit in hits) * 2 > len(hits)

    def stacked(self, table: int) -> bool:
        """Say whether a table's labels stand in rows of their own, over rows of values."""
        if table not in self.upright:
            self.upright[table] = not _is_stacked(self, table)
        return not self.upright[table]

    def over_values(self, table: int) -> bool:
        """Say whether no label of a table has anything but labels and gaps at its right."""
        beside = (self.page.right_of(s) for s in self.matches.labels() if s.table == table)
        return not any(s is not None and s.filled and not self.matches.is_label(s) for s in beside)

    def holds(self, slot: Slot) -> bool:
        """Say whether the slot lies in the region."""
        return self.first <= slot.line <= self.last


def match_region(page: Page, first: int, last: int, index: FormIndex) -> Region:
    """Match the labels of one copy of a form."""
    region = Region(page, first, last, index)
    region.headers = find_headers(page, first, last, index)
    region.noted = _noted_lines(region)
    slots = [s for s in region.slots if s.line not in region.noted]
    region.matches = match_known(page, slots, index)
    region.look_inside()
    units = units_over(region)
    region.unit = next(filter(is_money, units), None)
    region.sizes = tuple(unit for unit in units if size_of(unit)[0])
    _drop_printed(region)
    drop_signers(region)
    _drop_weaker(region)
    return region


def _drop_printed(region: Region) -> None:
    """Leave out labels that stand as a value: a printed 其中, or 手机：… beside 联系电话."""
    for number, hits in list(region.matches.hits.items()):
        is_part = region.index.fields[number].field.within is not None
        for hit in hits:
            printed = is_part and _is_sub_label(region, number, hit)
            if printed or _stands_as_value(region, hit) or _heads_labels(region, hit):
                region.matches.drop(hit)


def _heads_labels(region: Region, hit: Hit) -> bool:
    """Say whether a cell over several rows has labels beside it: 联系方式 | 联系人, 电话, 邮箱."""
    if hit.rest or hit.slot.row_span > MOST:
        return False
    rows = range(hit.slot.row, _bottom(region, hit.slot))
    if len(rows) < 2:
        return False
    beside = {region.page.right_of(hit.slot, row) for row in rows}
    return sum(s is not None and region.matches.is_label(s) for s in beside) > 1


def _bottom(region: Region, slot: Slot) -> int:
    """Return the row after a cell, the empty one under it included that a merge leaves in a CSV."""
    under = region.page.below(slot)
    unmerged = under is not None and not under.filled and slot.row_span == 1
    return slot.bottom_edge + unmerged


def _is_sub_label(region: Region, number: int, hit: Hit) -> bool:
    """Say whether a sub-value's label stands in the row of the value it is part of."""
    owner = region.index.fields[number].field.within
    numbers = (f.number for f in region.index.fields if f.field.key == owner)
    owners = (o.slot for n in numbers for o in region.matches.hits.get(n, ()))
    beside = any(slot.line == hit.slot.line for slot in owners)
    return beside and not (hit.slot.table is not None and _is_stacked(region, hit.slot.table))


def _stands_as_value(region: Region, hit: Hit) -> bool:
    """Say whether a label with a value after it stands right of a label that still lacks one."""
    if not hit.rest or hit.slot.table is None or region.shared:
        return False
    before = region.page.left_of(hit.slot) or _waiting_above(region, hit.slot)
    return before is not None and any(not h.rest for h in region.matches.slots.get(id(before), ()))


def _waiting_above(region: Region, slot: Slot) -> Slot | None:
    """Return what stands over a slot, unless it has its value at its right."""
    over = region.page.above(slot)
    right = region.page.right_of(over) if over is not None else None
    has_value = right is not None and right.filled and not region.matches.is_label(right)
    return None if has_value else over


def _is_stacked(region: Region, table: int) -> bool:
    """Say whether labels stand side by side, with values and no labels under them."""
    labels = [s for s in region.matches.labels() if s.table == table]
    beside = [region.page.right_of(slot) for slot in labels]
    under = [region.page.below(slot) for slot in labels]
    side_by_side = sum(s is not None and region.matches.is_label(s) for s in beside)
    over_values = sum(s is not None and not region.matches.is_label(s) for s in under)
    return len(labels) >= 4 and 3 * side_by_side >= len(labels) <= 2 * over_values


def match_retyped(region: Region, claimed: set[int]) -> list[Hit]:
    """Match what is left by choices, then likeness; `claimed` are ids of slots that hold values."""
    in_rows = region.index.form.table is not None and region.has_table
    columns = label_columns(region) if in_rows else None
    taken = claimed.union(region.matches.slots)
    slots = [
        slot
        for slot in region.slots
        if slot.line not in region.noted
        and id(slot) not in taken
        and (columns is None or (slot.table, slot.column) in columns)
        and not region.index.group_of(slot.text)
    ]
    region.numbers.clear()
    region.upright.clear()
    known = match_beside_name(region.page, region.slots, region.index, region.matches)
    known += match_beside_choices(region.page, slots[:MOST], region.index, region.matches)
    left = [slot for slot in slots[:MOST] if not region.matches.is_label(slot)]
    return known + match_alike(region.page, left, region.index, region.matches)


def label_columns(region: Region) -> set[tuple[int | None, int]]:
    """Return (table, column) of every label in a table, those in a line of their own apart."""
    fields = region.index.fields
    return {
        (hit.slot.table, hit.slot.column)
        for number, hits in region.matches.hits.items()
        for hit in hits
        if hit.slot.table is not None and fields[number].field.where is not Where.INSIDE
    }


def _noted_lines(region: Region) -> frozenset[int]:
    """Lines that are headings, or begin with a label such as 说明."""
    halves = [(header.line, half) for header in region.headers for half in header.halves]
    lines = {line for line, _ in halves}  # and the second of two rows: 公办 under 数量
    lines |= {slot.line for _, half in halves for slot in half.slots.values()}
    for line in region.page.lines[region.first : region.last + 1]:
        filled = next((s for s in line.slots if s.filled and not s.digits), None)  # 18 | 说明
        if line.table is None or filled is None or len(filled.text) > 20:
            continue
        ends = read_label(filled.text).core in region.index.ends
        if ends or (not region.index.headings and names_columns(line, region.index)):
            lines.add(line.number)
    return frozenset(lines)


def _drop_weaker(region: Region) -> None:
    """Where a field's own label stands, its aliases elsewhere are other labels.

    A table's labels win over paragraphs around it, unless the value belongs in the paragraph.
    """
    for hits in list(region.matches.hits.values()):
        if len(hits) < 2:
            continue
        ranks = [_rank(region, hit) for hit in hits]
        for hit, rank in zip(hits, ranks, strict=True):
            if rank > min(ranks):
                region.matches.drop(hit)


def _rank(region: Region, hit: Hit) -> tuple[bool, int, int]:
    """Rank a hit, the best lowest: own label, alias, other spelling, one of several fields.

    Of two such as 负责人及电话 and 联系人及电话 the nearer in the form's order: 联系人, 联系电话.
    """
    entry = region.index.fields[hit.field]
    names = (hit.label.core, hit.label.plain)
    stray = hit.slot.table is None and entry.field.where != "inside"
    if hit.together:
        return stray, 3, min(abs(n - hit.field) for n in hit.together if n != hit.field)
    if entry.cores[0] in names:
        return stray, 0, 0
    return stray, 1 if any(core in names for core in entry.cores) else 2, 0
