"""Which of several columns holds the numbers asked: this year's, what was done, the sum."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.labels import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.reader.page import Page, Slot

NUMBER_LIKE = re.compile(r"^[\s约近¥￥]*[0-9０-９][0-9０-９,，.．\s]*[^\d\s]{0,4}$|^[无/／—\-]$")
_NUMBERS = re.compile(r"(?:数量|数|数值|数据|人数|次数|统计)$")
_OTHERS = re.compile("上年|去年|前年|上届|往年|同期|计划|目标|预计|应完成|拟")
_OURS = re.compile("本年|今年|本届|本次|完成|实际|实有|合计|总计|总数|共计|小计")
_CORRECTED = re.compile("更正|修正|订正|修改后|调整后|改后|核实|核定|核对|审定|终报|最终|应为|实际")
_HEADED_YEAR = re.compile(r"(?:19|20)\d{2}\s*年度?")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def is_mere_number(text: str) -> bool:
    """Say whether a text is little but a number; 2023年 is a heading."""
    bare = text.strip()
    return NUMBER_LIKE.match(bare) is not None and _HEADED_YEAR.fullmatch(bare) is None


def over_numbers(text: str, year: int | None) -> bool:
    """Say whether a heading speaks of numbers, of whatever year or kind."""
    bare = _bare(text)
    return bool(_NUMBERS.search(bare) or _OTHERS.search(bare)) or _is_ours(bare, year)


def choose(headings: Sequence[Slot], year: int | None) -> Slot | None:
    """Return the one heading over what the form asks for; None where several compete."""
    kept = [slot for slot in headings if not is_others(_bare(slot.text), year)]
    ours = [slot for slot in kept if _is_ours(_bare(slot.text), year)]
    if len(kept) == 1:
        return kept[0]
    chosen = ours[0] if len(ours) == 1 else None
    return None if any(is_correction(s.text) for s in kept if s is not chosen) else chosen


def is_correction(heading: str) -> bool:
    """Say whether the numbers under a heading stand for others beside them: 核实后, 更正为."""
    return _CORRECTED.search(_bare(heading)) is not None


def columns_under(page: Page, heading: Slot, year: int | None) -> list[int]:
    """Return the grid columns under a heading: those it spans, or the one its sub-headings name.

    A column without any heading beside it counts as under it: sheets look merged without being.
    """
    columns = list(range(heading.column, heading.right_edge))
    table, after = heading.table or 0, heading.right_edge
    while (slot := page.at(table, heading.row, after)) is not None and not slot.filled:
        columns.append(after)
        after += 1
    return _named_below(page, heading, columns, year) if len(columns) > 1 else columns


def _named_below(page: Page, heading: Slot, columns: list[int], year: int | None) -> list[int]:
    found = [page.at(heading.table or 0, heading.bottom_edge, column) for column in columns]
    named = {id(slot): slot for slot in found if slot is not None and slot.filled}
    if len(named) < 2 or any(is_mere_number(slot.text) for slot in named.values()):
        return columns
    chosen = choose(list(named.values()), year)
    return list(range(chosen.column, chosen.right_edge)) if chosen else columns


def _bare(text: str) -> str:
    return re.sub(r"\(.*?\)", "", squeeze(text))


def is_others(bare: str, year: int | None) -> bool:
    """Say whether a heading names another year than the form's, or what was planned."""
    named = _YEAR.search(bare)
    return _OTHERS.search(bare) is not None or bool(named and year and int(named[0]) != year)


def _is_ours(bare: str, year: int | None) -> bool:
    named = _YEAR.search(bare)
    return _OURS.search(bare) is not None or bool(named and year and int(named[0]) == year)
