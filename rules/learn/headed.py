"""Tables of rows under headings (内容, 数量, 备注): what each of their rows asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.values.measures import as_measure
from rules.form import Where
from rules.labels import colon_at, squeeze, words
from rules.learn.asked import Asked, Headed
from rules.learn.cells import is_blank, is_note, is_sum, may_add_rows
from rules.learn.halves import REMARKS, SERIAL, core, halves_of
from rules.learn.sheet import is_empty, is_label

if TYPE_CHECKING:
    from rules.learn.halves import Half
    from rules.learn.sheet import Sheet
    from rules.reader.page import Slot

_SUB_VALUE = re.compile(r"(?:其中|含)[:：]?\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table under headings, and what it asks for."""

    headed: Headed
    asked: tuple[Asked, ...]
    row: int
    extra_rows: bool
    foot: tuple[int, ...] = ()  # rows under it that stand under no heading: 审核人：, 填报人：


def read_headed(sheet: Sheet) -> HeadedTable | None:
    """Return the table's headings and rows; None when it has none."""
    halves = next((h for row in sheet.rows[:8] if (h := halves_of(sheet, row))), None)
    if halves is None:
        return None
    foot = _foot(sheet, halves[0])
    body = replace(sheet, rows=tuple(row for row in sheet.rows if row not in foot))
    asked = tuple(a for half in halves for a in _rows(body, half))
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
    return HeadedTable(headed, asked, first.row, _grows(body, first), foot)


def _foot(sheet: Sheet, half: Half) -> tuple[int, ...]:
    """Return the last rows that begin with a label and its colon, where the rows over them do not.

    In a spreadsheet who filled it in stands in the same columns as the numbers.
    """
    rows = tuple(sheet.below(half.row))
    begins = {row: _first_text(sheet, row) for row in rows}
    end = next((n for n, row in enumerate(reversed(rows)) if _is_body(begins[row])), len(rows))
    foot = rows[len(rows) - end :]
    return foot if len(foot) < len(rows) else ()


def _first_text(sheet: Sheet, row: int) -> str:
    return next((squeeze(cell.text) for cell in sheet.cells(row) if cell.filled), "")


def _is_body(begins: str) -> bool:
    colon = colon_at(begins)
    if is_sum(begins) or begins.startswith("其中"):
        return True
    return not (is_note(begins) or (colon is not None and is_blank(begins[colon + 1 :])))


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
        elif is_label(label) and not _is_end(label) and _is_empty_enough(value):
            group = _group(sheet, half, label) or section
            found.extend(_values(sheet, half, row, label, group))
            found.extend(_sub_values(sheet, half, row, label))
    return found


def _is_empty_enough(value: Slot) -> bool:
    """Say whether an answer may go there: printed words mean it is a row of explanation."""
    return is_empty(value) or not is_label(value)


def _values(sheet: Sheet, half: Half, row: int, label: Slot, group: str | None) -> list[Asked]:
    found = []
    for heading in half.values:
        value = sheet.at(row, heading.column)
        if value is None or not _is_empty_enough(value):
            continue
        unit = sheet.at(row, half.measure.column) if half.measure else None
        found.append(
            Asked(
                label.text,
                Where.COLUMN,
                value.text,
                group,
                _flat(heading),
                unit=_measure(unit.text) if unit else None,
                order=(label.line, heading.column),
                over=_over(sheet, heading),
            )
        )
    return found


def _measure(text: str) -> str | None:
    return as_measure(squeeze(text)) or as_measure(words(text))


def _over(sheet: Sheet, heading: Slot) -> str:
    """Return the upper half of a heading over two rows: 在校生数 of 在校生数小学."""
    over = sheet.at(heading.row - 1, heading.column)
    stacked = over is not None and over.filled and heading.text.startswith(over.text)
    return over.text if over is not None and stacked else ""


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
        if left.filled and not SERIAL.fullmatch(left.text):
            return left.text
        if left.column <= 1:
            return None
        left = sheet.left_of(left, label.row)
    return None


def _is_end(label: Slot) -> bool:
    return is_note(label.text) or core(label) in REMARKS


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


def _flat(cell: Slot) -> str:
    return "".join(cell.text.split())
