"""When a label, or the column a value stands in, says that another number than the one asked is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.form import FieldType, Where
from rules.labels import squeeze
from rules.reader.columns import is_others
from rules.reader.headings import half_over
from rules.reader.overhead import column_of, columns_of

if TYPE_CHECKING:
    from rules.reader.index import FieldIndex, FormIndex
    from rules.reader.locate import Candidate
    from rules.reader.matching import Hit
    from rules.reader.region import Region

_WORDS = frozenset({FieldType.TEXT, FieldType.CHOICE})
_BRACKET = re.compile(r"\(([^()]*)\)")
_PARTS = re.compile(r"[,;]")
_COUNTED = r"(?:数|数量|人数|人次|次数|场次|数据|情况)?"
_PLANS = re.compile("拟|预计|计划|预期|目标")
# what a bracket says that leaves only a part of what is asked, or names another time
_PART = re.compile(
    r"(?:其中:?)?(?:[仅只单][限含计指算]?|限)?"
    r"(?:线上|线下|网上|网络|青少年|儿童|学生|教师|男|女|男性|女性|专职|兼职|首场|新增|剩余|缺口|备选)"
    r"(?:部分|活动|参与)?" + _COUNTED
)
_WITHOUT = re.compile(r"(?:不含|不包括|不包含|不计|剔除|扣除)(?!重复|税|空).+")
_MEAN = re.compile(r"(?:平均|人均|场均|日均|每[人场天日次月])(?:每[人场天日次月])?" + _COUNTED)
_BEFORE = re.compile(
    r"(?:上一?年|去年|前年|往年|上届|同期|(?:19|20)\d{2}年?)(?:度|同期|全年)?" + _COUNTED
)
_PLANNED = re.compile(r"(?:计划|目标|预计|预期|拟|应完成)(?:完成|参与|参加)?" + _COUNTED)


def says_other(region: Region, entry: FieldIndex, candidate: Candidate) -> bool:
    """Say whether the label in its brackets, or the heading over the value, names another number.

    公众参与（线上）, 参加单位（2022年）; a value under 计划数. What the form prints is asked.
    """
    if entry.field.type in _WORDS:
        return False
    return _in_brackets(region.index, entry, candidate.hit) or _under_other(region, candidate)


def _in_brackets(index: FormIndex, entry: FieldIndex, hit: Hit) -> bool:
    if hit.label.core == hit.label.plain or hit.label.core in entry.cores:
        return False
    text = hit.slot.text.partition(hit.rest)[0] if hit.rest else hit.slot.text
    parts = [part for inner in _BRACKET.findall(squeeze(text)) for part in _PARTS.split(inner)]
    told = {part for part in parts if not _is_asked(entry, part) and _narrows(index, part)}
    return len(told) == 1  # 线上，线下 are all there are


def _is_asked(entry: FieldIndex, part: str) -> bool:
    return any(part in core for core in entry.cores)


def _narrows(index: FormIndex, part: str) -> bool:
    if _PART.fullmatch(part) or _WITHOUT.fullmatch(part) or _MEAN.fullmatch(part):
        return True
    if _BEFORE.fullmatch(part):
        return not part[:4].isdecimal() or is_others(part, index.year)
    return _PLANNED.fullmatch(part) is not None and not _asks_plans(index)


def _asks_plans(index: FormIndex) -> bool:
    return any(_PLANS.search(core) for entry in index.fields for core in entry.cores)


def _under_other(region: Region, candidate: Candidate) -> bool:
    slot = candidate.slot
    if candidate.inside or slot.table is None or slot.row != candidate.hit.slot.row:
        return False
    column = column_of(slot)
    if column not in columns_of(region, slot.table).others:
        return False
    half = half_over(region, candidate.hit.slot)
    entry = region.index.fields[candidate.hit.field].field
    over = half.slots.values() if half else ()
    known = any(s.table == slot.table and s.column <= column < s.right_edge for s in over)
    return not known and not (entry.where is Where.COLUMN and _asks_plans(region.index))
