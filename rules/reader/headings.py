"""Where a table's headings stand, and which value column belongs to a label."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rules.form import Where
from rules.labels import read_label
from rules.reader.columns import choose, over_numbers
from rules.reader.page import Slot
from rules.synonyms import heads_labels, heads_values

if TYPE_CHECKING:
    from rules.reader.index import FormIndex
    from rules.reader.page import Line, Page
    from rules.reader.region import Region


LONGEST = 20  # characters of a heading
UNIT_HEADINGS = frozenset({"单位", "计量单位", "数量单位", "计算单位"})  # over units of measure


@dataclass(frozen=True, slots=True)
class Half:
    """One run of headings without repetition: 内容 数量 备注, each with its slot."""

    slots: dict[str, Slot]

    def column_of(self, heading: str) -> int | None:
        """Return the grid column under this heading."""
        slot = self.slots.get(heading)
        return slot.column if slot else None

    def covers(self, heading: str, column: int) -> bool:
        """Say whether a grid column is under this heading."""
        slot = self.slots.get(heading)
        return slot is not None and slot.column <= column < slot.right_edge


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A row of headings; more than one half when the table runs in side-by-side halves."""

    line: int
    table: int
    width: int
    halves: tuple[Half, ...]


def find_headers(page: Page, first: int, last: int, index: FormIndex) -> list[HeaderRow]:
    """Return the header rows among the lines."""
    if not index.headings:
        return []
    found: list[HeaderRow] = []
    for line in page.lines[first : last + 1]:
        header = _header(page, line, index) if line.table is not None else None
        if header is not None:
            found.append(header)
    return found


def _header(page: Page, line: Line, index: FormIndex) -> HeaderRow | None:
    cores = [_heading(slot, index) for slot in line.slots]
    both = _stacked(page, line, index)
    if line.table is None or not (any(cores) or both):
        return None
    named = [*zip(cores, line.slots, strict=True), *((_heading(s, index), s) for s in both)]
    named = _with_value_heading(named, index)
    known = [(core, slot) for core, slot in named if core]
    filled = sum(slot.filled for slot in line.slots)
    values = any(core not in (index.label_heading, index.remarks_heading) for core, _ in known)
    if not values or (len(known) < 2 and not filled >= 2):
        return None
    if len(known) == 1 and index.find(read_label(known[0][1].text)):
        return None  # a row called as a column is: 合计
    others = [read_label(slot.text) for core, slot in named if not core and slot.filled]
    if any(index.find(label) for label in others if label.core not in UNIT_HEADINGS):
        return None
    if [core for core, _ in known].count(index.label_heading) == 1:
        known = _side_by_side(known)
    return HeaderRow(line.number, line.table, page.grids[line.table].width, _halves(known))


def _stacked(page: Page, line: Line, index: FormIndex) -> list[Slot]:
    """Return the headings of two rows as one, as the form names them: 2024年 over 计划."""
    found = []
    for slot in line.slots:
        if slot.column_span < 2 or not slot.filled or slot.table is None:
            continue
        if len(slot.text) > LONGEST:
            continue
        under = [
            page.at(slot.table, slot.bottom_edge, c) for c in range(slot.column, slot.right_edge)
        ]
        for sub in dict.fromkeys(s for s in under if s is not None and s.filled):
            both = f"{slot.text}{sub.text}"
            found += [replace(sub, text=both)] if heading_in(both, index) else []
    return found


def _heading(slot: Slot, index: FormIndex) -> str | None:
    if slot.digits:
        return index.headings.get(slot.text)
    return heading_in(slot.text, index) if slot.filled else None


def heading_in(text: str, index: FormIndex) -> str | None:
    """Return the heading of the form that a text is, if any."""
    if len(text) > LONGEST:
        return None
    label = read_label(text)
    return index.headings.get(label.core) or index.headings.get(label.plain)


def _with_value_heading(
    named: list[tuple[str | None, Slot]], index: FormIndex
) -> list[tuple[str | None, Slot]]:
    """Take 完成数量 beside 内容 for the heading of the values, if nothing else is.

    Of several, such as 2022年数量 and 2023年数量, only the one that the form asks for.
    """
    starts = [at for at, (core, _) in enumerate(named) if core == index.label_heading]
    ends = [*starts[1:], len(named)]
    found = named[: starts[0]] if starts else named
    for start, end in zip(starts, ends, strict=True) if starts else ():
        found = [*found, *_valued(named[start:end], index)]
    return found


def _valued(half: list[tuple[str | None, Slot]], index: FormIndex) -> list[tuple[str | None, Slot]]:
    """Do so for one label's headings alone: 项目 本年数 上年数 beside 项目 数量."""
    if index.value_heading in [core for core, _ in half]:
        return half
    alike = [s for c, s in half if not c and s.filled and over_numbers(s.text, index.year)]
    chosen = choose(alike, index.year)
    return [(index.value_heading if s is chosen else c, s) for c, s in half]


def _side_by_side(known: list[tuple[str, Slot]]) -> list[tuple[str, Slot]]:
    """Take equal neighbours (数量 数量, over 计划 实际) for one heading over both columns."""
    found: list[tuple[str, Slot]] = []
    for core, slot in known:
        before = found[-1][1] if found and found[-1][0] == core else None
        if before is not None and before.right_edge == slot.column:
            span = slot.right_edge - before.column
            found[-1] = (core, replace(before, column_span=span))
        else:
            found.append((core, slot))
    return found


def _halves(known: list[tuple[str, Slot]]) -> tuple[Half, ...]:
    halves: list[dict[str, Slot]] = [{}]
    for core, slot in known:
        if core in halves[-1]:
            halves.append({})
        halves[-1][core] = slot
    return tuple(map(Half, halves))


def names_columns(line: Line, index: FormIndex) -> bool:
    """Say whether a row names the columns of a form that prints no headings: 项目, 单位, 数量."""
    filled = [slot for slot in line.slots if slot.filled]
    if line.table is None or len(filled) < 2 or any(len(slot.text) > LONGEST for slot in filled):
        return False
    labels = [read_label(slot.text) for slot in filled]
    if sum(bool(index.find(x)) for x in labels if not _is_column(x.core)) > 1:
        return False
    if any(index.fields[n].field.where is Where.BELOW for x in labels for n in index.find(x)):
        return False  # it heads a list's column itself
    cores = [label.core for label in labels]
    values = any(heads_values(core) or over_numbers(core, index.year) for core in cores)
    several = sum(map(heads_labels, cores)) > 1
    return heads_labels(cores[0]) and (values or several or all(map(_is_column, cores)))


def _is_column(core: str) -> bool:
    return heads_labels(core) or heads_values(core) or core in UNIT_HEADINGS or core == "备注"


def header_for(headers: list[HeaderRow], slot: Slot) -> HeaderRow | None:
    """Return the header row over a slot: in its table above it, else of an equally wide table."""
    for header in reversed(headers):
        if header.table == slot.table and header.line < slot.line:
            return header
    return None


def inherited(headers: list[HeaderRow], slot: Slot, width: int) -> HeaderRow | None:
    """Return the header of an earlier, equally wide table, for one continued without it."""
    earlier = [h for h in headers if h.line < slot.line and h.width == width]
    return earlier[-1] if earlier else None


def half_of(header: HeaderRow, slot: Slot, index: FormIndex) -> Half:
    """Return the half whose label column covers the slot, else the nearest to its right."""
    for half in header.halves:
        if half.covers(index.label_heading, slot.column):
            return half
    right = [h for h in header.halves if max(s.column for s in h.slots.values()) > slot.column]
    return right[0] if right else header.halves[-1]


def half_over(region: Region, slot: Slot) -> Half | None:
    """Return the headings over a slot, if its table or an equally wide one before has any."""
    if slot.table is None or not region.headers:
        return None
    spot = (slot.table, slot.line, slot.column)
    if spot not in region.halves:
        region.halves[spot] = _half_over(region, slot, slot.table)
    return region.halves[spot]


def _half_over(region: Region, slot: Slot, table: int) -> Half | None:
    header = header_for(region.headers, slot)
    header = header or inherited(region.headers, slot, region.page.grids[table].width)
    return half_of(header, slot, region.index) if header else None
