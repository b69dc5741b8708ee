"""Which column of a table is which: headings over labels, over answers, over remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.values.measures import as_measure
from rules.form import FieldType
from rules.labels import read_label, squeeze
from rules.learn.sheet import is_label
from rules.learn.types import Kind, guess
from rules.reader.headings import UNIT_HEADINGS
from rules.reader.page import Slot

if TYPE_CHECKING:
    from rules.learn.sheet import Sheet

REMARKS = frozenset({"备注", "说明", "注", "备考", "情况说明", "备注说明"})
SERIAL = re.compile(r"[\d一二三四五六七八九十（）()、.．①-⑳\s]*")
SERIAL_HEADINGS = frozenset({"序号", "编号", "号", "no", "行号"})
_SPECIFIED = frozenset({"规格", "型号", "规格型号", "型号规格", "规格/型号", "参数", "技术参数"})
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


def halves_of(sheet: Sheet, row: int) -> list[Half]:
    """Return the halves of a heading row; none when the row is no row of headings."""
    cells = _parted(sheet, sheet.cells(row))
    if len(cells) < 2 or not all(_may_head(cell) for cell in cells):
        return []
    if any(_is_answer(sheet, cell) for cell in cells):
        return []
    row = max(cell.bottom_edge for cell in cells) - 1  # of the last row of headings
    runs: list[list[Slot]] = [[]]
    for cell in cells:
        if core(cell) in {core(other) for other in runs[-1]}:
            runs.append([])
        runs[-1].append(cell)
    halves = [half for run in runs if (half := _half(sheet, row, run))]
    if len(halves) == len(runs):
        return halves
    once = {core(cell): cell for cell in reversed(cells)}  # 手机 twice: the first of them
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
    short = len(squeeze(cell.text)) <= LONGEST_HEADING and ":" not in cell.text
    return short and (is_label(cell) or _is_measure(cell))  # 人次 over numbers


def _is_answer(sheet: Sheet, cell: Slot) -> bool:
    """Say whether a printed unit is where a number goes (从业人数, 人), not a heading over numbers.

    The label beside it asks for a number, or other labels have units beside them as well.
    """
    left = sheet.left_of(cell) if cell.column > 1 else None
    if left is None or not is_label(left) or not _is_measure(cell):
        return False
    if guess(left.text, "", None, None) != Kind(FieldType.TEXT):
        return True
    beside = [sheet.at(row, cell.column) for row in sheet.rows]
    others = (sheet.left_of(slot) for slot in beside if slot and _is_measure(slot))
    return any(o is not None and is_label(o) and core(o) != core(left) for o in others)


def _is_measure(cell: Slot) -> bool:
    return cell.filled and as_measure(squeeze(cell.text)) is not None


def _half(sheet: Sheet, row: int, run: list[Slot]) -> Half | None:
    under = {cell.column: _under(sheet, row, cell) for cell in run}
    labels = [c for c in run if _are_labels(under[c.column]) and not _is_aside(c)]
    if not labels:
        return None
    label = _told_by(sheet, row, labels, under)
    after = [cell for cell in run if cell.column > label.column]
    measure = next((c for c in run if core(c) in UNIT_HEADINGS), None)
    blank = [c for c in after if _may_answer(under[c.column]) and c is not measure]
    remarks = next((c for c in after if core(c) in REMARKS), None)
    values = tuple(c for c in blank if c is not remarks)
    if not values or not any(_are_empty(under[c.column]) for c in values):
        return None
    return Half(row, label, values, remarks, measure, run[0].column)


def _told_by(sheet: Sheet, row: int, labels: list[Slot], under: dict[int, list[Slot]]) -> Slot:
    """Return the heading over the labels, narrowed to the column that tells the rows apart.

    指标 over groups (已就业) and their rows; 规格 beside goods that have one each is no label.
    """
    *others, label = labels
    if others and core(label) in _SPECIFIED and _differ(under[others[-1].column]):
        label = others[-1]
    last = label.right_edge - 1
    if last == label.column:
        return label
    narrow = replace(label, column=last, column_span=1)
    below = [slot for slot in _under(sheet, row, narrow) if slot.column == last]
    return narrow if _are_labels(below) else label


def _differ(slots: list[Slot]) -> bool:
    texts = [squeeze(slot.text) for slot in slots]
    return len(texts) == len(set(texts))


def _under(sheet: Sheet, row: int, heading: Slot) -> list[Slot]:
    found = (sheet.at(other, heading.column) for other in sheet.below(row))
    return [slot for slot in found if slot is not None and slot.row > row]


def _are_labels(under: list[Slot]) -> bool:
    filled = [slot for slot in under if is_label(slot) and not SERIAL.fullmatch(slot.text)]
    return bool(under) and len(filled) * 2 > len(under)


def _may_answer(under: list[Slot]) -> bool:
    """Say whether answers go under a heading: no words are printed there, nor codes 01, 02."""
    printed = [slot for slot in under if slot.filled and SERIAL.fullmatch(slot.text)]
    return _are_empty(under) or not (_are_labels(under) or len(printed) * 2 > len(under))


def _are_empty(under: list[Slot]) -> bool:
    return bool(under) and sum(not is_label(slot) for slot in under) * 2 > len(under)


def _is_aside(cell: Slot) -> bool:
    return core(cell) in UNIT_HEADINGS | REMARKS | SERIAL_HEADINGS


def core(cell: Slot) -> str:
    """Return what a cell's label says once all that may vary is taken off."""
    return read_label(cell.text).core
