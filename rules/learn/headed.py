"""Tables of rows under headings (内容, 数量, 备注): which column is which, what each row asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.values.measures import as_measure
from rules.form import Where
from rules.labels import read_label, squeeze, words
from rules.learn.asked import Asked, Headed
from rules.learn.cells import is_note, may_add_rows
from rules.learn.sheet import is_empty, is_label
from rules.reader.headings import UNIT_HEADINGS
from rules.reader.page import Slot

if TYPE_CHECKING:
    from rules.learn.sheet import Sheet

_REMARKS = frozenset({"备注", "说明", "注", "备考", "情况说明", "备注说明"})
_SERIAL = re.compile(r"[\d一二三四五六七八九十（）()、.．①-⑳\s]*")
SERIAL_HEADINGS = frozenset({"序号", "编号", "号", "no", "行号"})
_SUB_VALUE = re.compile(r"(?:其中|含)[:：]?\s*(.+)", re.DOTALL)
LONGEST_HEADING = 16  # letters


@dataclass(frozen=True, slots=True)
class Half:
    """The columns of one run of headings."""

    row: int
    label: Slot
    values: tuple[Slot, ...]
    remarks: Slot | None
    measure: Slot | None
    left: int  # first grid column of the half


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table under headings, and what it asks for."""

    headed: Headed
    asked: tuple[Asked, ...]
    row: int
    extra_rows: bool


def read_headed(sheet: Sheet) -> HeadedTable | None:
    """Return the table's headings and rows; None when it has none."""
    halves = next((h for row in sheet.rows[:8] if (h := _halves(sheet, row))), None)
    if halves is None:
        return None
    asked = tuple(a for half in halves for a in _rows(sheet, half))
    if len(asked) < 2:
        return None
    first = halves[0]
    headed = Headed(
        label=_flat(first.label),
        value=_flat(first.values[0]),
        remarks=_flat(first.remarks) if first.remarks else None,
        others=tuple(_flat(value) for value in first.values[1:]),
        ends=_ends(sheet, first),
    )
    return HeadedTable(headed, asked, first.row, _grows(sheet, first))


def _halves(sheet: Sheet, row: int) -> list[Half]:
    """Return the halves of a heading row; none when the row is no row of headings."""
    cells = _parted(sheet, sheet.cells(row))
    if len(cells) < 2 or not all(_may_head(cell) for cell in cells):
        return []
    row = max(cell.bottom_edge for cell in cells) - 1  # of the last row of headings
    runs: list[list[Slot]] = [[]]
    for cell in cells:
        if _core(cell) in {_core(other) for other in runs[-1]}:
            runs.append([])
        runs[-1].append(cell)
    halves = [half for run in runs if (half := _half(sheet, row, run))]
    if len(halves) == len(runs):
        return halves
    once = {_core(cell): cell for cell in reversed(cells)}  # 手机 twice: the first of them
    half = _half(sheet, row, sorted(once.values(), key=lambda cell: cell.column))
    return [half] if half is not None and len(halves) == 1 else []


def _parted(sheet: Sheet, cells: list[Slot]) -> list[Slot]:
    """Return headings of two rows as one: 2024年 over 计划 and 实际."""
    found: list[Slot] = []
    for cell in cells:
        under = [sheet.at(cell.bottom_edge, c) for c in range(cell.column, cell.right_edge)]
        subs = list(dict.fromkeys(slot for slot in under if slot is not None))
        stacked = cell.filled and len(subs) > 1 and all(_may_head(sub) for sub in subs)
        found += [replace(s, text=f"{cell.text}{s.text}") for s in subs] if stacked else [cell]
    return found


def _may_head(cell: Slot) -> bool:
    measured = cell.filled and as_measure(squeeze(cell.text)) is not None  # 人次 over numbers
    short = len(squeeze(cell.text)) <= LONGEST_HEADING and ":" not in cell.text
    return short and (is_label(cell) or measured)


def _half(sheet: Sheet, row: int, run: list[Slot]) -> Half | None:
    under = {cell.column: _under(sheet, row, cell) for cell in run}
    labels = [c for c in run if _are_labels(under[c.column]) and not _is_aside(c)]
    if not labels:
        return None
    label = labels[-1]
    after = [cell for cell in run if cell.column > label.column]
    measure = next((c for c in run if _core(c) in UNIT_HEADINGS), None)
    blank = [c for c in after if _may_answer(under[c.column]) and c is not measure]
    remarks = next((c for c in after if _core(c) in _REMARKS), None)
    values = tuple(c for c in blank if c is not remarks)
    if not values or not any(_are_empty(under[c.column]) for c in values):
        return None
    return Half(row, label, values, remarks, measure, run[0].column)


def _under(sheet: Sheet, row: int, heading: Slot) -> list[Slot]:
    found = (sheet.at(other, heading.column) for other in sheet.below(row))
    return [slot for slot in found if slot is not None and slot.row > row]


def _are_labels(under: list[Slot]) -> bool:
    filled = [slot for slot in under if is_label(slot) and not _SERIAL.fullmatch(slot.text)]
    return bool(under) and len(filled) * 2 > len(under)


def _may_answer(under: list[Slot]) -> bool:
    """Say whether answers go under a heading: no words are printed there, nor codes 01, 02."""
    printed = [slot for slot in under if slot.filled and _SERIAL.fullmatch(slot.text)]
    return _are_empty(under) or not (_are_labels(under) or len(printed) * 2 > len(under))


def _are_empty(under: list[Slot]) -> bool:
    return bool(under) and sum(not is_label(slot) for slot in under) * 2 > len(under)


def _is_aside(cell: Slot) -> bool:
    core = _core(cell)
    return core in UNIT_HEADINGS or core in _REMARKS or core in SERIAL_HEADINGS


def _rows(sheet: Sheet, half: Half) -> list[Asked]:
    found: list[Asked] = []
    section: str | None = None
    for row in sheet.below(half.row):
        label = sheet.at(row, half.label.column)
        value = sheet.at(row, half.values[0].column)
        if label is None or value is None or label.row != row or not label.filled:
            continue
        if label.column == value.column:
            section = None if is_note(label.text) else label.text
        elif is_label(label) and not _is_end(label) and is_empty_enough(value):
            group = _group(sheet, half, label) or section
            found.extend(_values(sheet, half, row, label, group))
            found.extend(_sub_values(sheet, half, row, label))
    return found


def is_empty_enough(value: Slot) -> bool:
    """Say whether an answer may go there: printed words mean it is a row of explanation."""
    return is_empty(value) or not is_label(value)


def _values(sheet: Sheet, half: Half, row: int, label: Slot, group: str | None) -> list[Asked]:
    found = []
    for heading in half.values:
        value = sheet.at(row, heading.column)
        if value is None or not is_empty_enough(value):
            continue
        unit = sheet.at(row, half.measure.column) if half.measure else None
        found.append(
            Asked(
                label.text,
                Where.COLUMN,
                value.text,
                group,
                _flat(heading),
                unit=as_measure(words(unit.text)) if unit else None,
                order=(label.line, heading.column),
            )
        )
    return found


def _sub_values(sheet: Sheet, half: Half, row: int, label: Slot) -> list[Asked]:
    """Return what the remarks column asks for beside a value: 其中: 科技人员."""
    remark = sheet.at(row, half.remarks.column) if half.remarks else None
    match = _SUB_VALUE.match(remark.text.strip()) if remark else None
    if match is None or remark is None or half.remarks is None:
        return []
    column = _flat(half.remarks)
    return [
        Asked(
            name,
            Where.INSIDE,
            remark.text,
            column=column,
            owner=label.text,
            order=(label.line, remark.column),
        )
        for name in map(_part_name, _parts(match[1]))
        if 2 <= len(name) <= 12
    ]


def _part_name(text: str) -> str:
    """Return a sub-value's label without the room for its number and its unit: 青少年____人次."""
    bare = re.sub(r"[(（][^()（）]*[)）]", "", text).strip()
    measured = re.fullmatch(r"(.{2,}?)[\s_＿]+([^\s_＿]{1,3})", bare)
    if measured and as_measure(measured[2]):
        bare = measured[1]
    return re.sub(r"[_＿\s]+", "", bare)


def _parts(text: str) -> list[str]:
    return [part.strip(" :：") for part in re.split(r"[、,，;；\n]", text)]


def _group(sheet: Sheet, half: Half, label: Slot) -> str | None:
    """Return the merged label left of a row's own, serial numbers passed over."""
    left = sheet.left_of(label)
    while left is not None and left.column >= half.left:
        if left.filled and not _SERIAL.fullmatch(left.text):
            return left.text
        if left.column <= 1:
            return None
        left = sheet.left_of(left, label.row)
    return None


def _is_end(label: Slot) -> bool:
    return is_note(label.text) or _core(label) in _REMARKS


def _ends(sheet: Sheet, half: Half) -> tuple[str, ...]:
    """Return the labels of rows that hold words and no value: 说明."""
    found = []
    for row in sheet.below(half.row):
        cells = [cell for cell in sheet.cells(row) if cell.row == row and cell.filled]
        if len(cells) >= 2 and _is_end(cells[0]) and len(squeeze(cells[0].text)) <= 20:
            found.append(_flat(cells[0]))
    return tuple(dict.fromkeys(found))


def _grows(sheet: Sheet, half: Half) -> bool:
    """Say whether a note allows more rows, or empty rows or …… stand at the foot."""
    texts = [cell for row in sheet.below(half.row) for cell in sheet.cells(row)]
    if any(may_add_rows(cell.text) for cell in texts):
        return True
    rows = [sheet.at(row, half.label.column) for row in sheet.below(half.row)]
    return any(slot is not None and is_empty(slot) for slot in rows)


def _core(cell: Slot) -> str:
    return read_label(cell.text).core


def _flat(cell: Slot) -> str:
    return "".join(cell.text.split())
