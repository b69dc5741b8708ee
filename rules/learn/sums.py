"""Which numbers of a proposed form are sums of others: rows under 合计, columns beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.values.measures import alike
from rules.form import AddsUp, FieldType, Where
from rules.labels import read_label, squeeze
from rules.learn.cells import is_sum
from rules.learn.types import MEAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rules.form import Form, FormField

_NUMBERS = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY})
_PART = re.compile(r"^(?:其中|含|包括|内含|[-—])")
_PERIODS = ("", "本月", "本年", "本季", "本季度", "本期", "全年", "全月")
# columns beside a sum that are none of its parts
_OTHERS = re.compile(
    r"[上去前]年|上月|上期|同期|同比|环比|增[长幅减]|[率比]$|占比|计划|目标|累计|金额|经费|单价|时长"
)


def sums_of(form: Form) -> Iterator[AddsUp]:
    """Yield what adds up, as warnings: whoever filled it in may know better."""
    cells = [field for field in form.fields if field.where is Where.COLUMN and not field.within]
    for column in _grouped(cells, lambda field: (field.column,)):
        yield from _of_rows(column)
    for row in _grouped(cells, lambda field: (field.group, field.label)):
        yield from _of_columns(row)


def _grouped(
    fields: Iterable[FormField], by: Callable[[FormField], tuple[str | None, ...]]
) -> Iterable[list[FormField]]:
    found: dict[tuple[str | None, ...], list[FormField]] = {}
    for field in fields:
        found.setdefault(by(field), []).append(field)
    return found.values()


def _of_rows(column: Sequence[FormField]) -> Iterator[AddsUp]:
    """Yield the sum of a column of which the first or last row is called 合计."""
    totals = [field for field in column if is_sum(field.label)]
    parts = [field for field in column if not is_sum(field.label)]
    parted = any(_PART.search(field.label) for field in parts)
    if len(totals) == 1 and totals[0] in (column[0], column[-1]) and not parted:
        yield from _adding(totals[0], parts)


def _of_columns(row: Sequence[FormField]) -> Iterator[AddsUp]:
    """Yield the sum of a row's columns: 数量合计 of 数量公办 and 数量民办, 合计 of all others."""
    for total in row:
        over = _over(squeeze(total.column or ""))
        if over is None or (not over and total not in (row[0], row[-1])):
            continue
        headings = {f.key: squeeze(f.column or "") for f in row if f is not total}
        if any(_PART.search(heading.removeprefix(over)) for heading in headings.values()):
            continue
        yield from _adding(total, [f for f in row if _is_part(headings.get(f.key, ""), over)])


def _over(heading: str) -> str | None:
    """Return what stands before 合计: the upper heading, nothing for 本月合计; None for no sum."""
    found = next((heading[:n] for n in range(len(heading)) if is_sum(heading[n:])), None)
    return "" if found in _PERIODS else found


def _is_part(heading: str, over: str) -> bool:
    own = heading.removeprefix(over)
    return bool(own) and heading.startswith(over) and _OTHERS.search(own) is None


def _adding(total: FormField, parts: Sequence[FormField]) -> Iterator[AddsUp]:
    if len(parts) >= 2 and all(_adds_to(part, total) for part in parts):
        yield AddsUp(check="adds-up", total=total.key, parts=tuple(part.key for part in parts))


def _adds_to(part: FormField, total: FormField) -> bool:
    """Say whether both are numbers of the same thing; a sum that names no unit has its parts'."""
    core = read_label(part.label).core
    if {part.type, total.type} - _NUMBERS or part.unit == "%":
        return False
    if MEAN.search(core) or core.endswith(("率", "比例")):
        return False
    return not total.unit or not part.unit or alike(part.unit, total.unit)
