"""Terms that come back: every day, week, month or quarter; monthly ones between two months."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rules.notice.dates import _N, YEAR, _year, number
from rules.notice.model import Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.notice.dates import Years

_CLOCK = rf"(?:[上中下]午|早上?|晚上?)?(?:{_N}(?::\d\d|[时点](?:半|整|{_N}分?)?)|下班)?"
_SENDING = r"(?:报送|上报|报告|报回|填报|提交|发送|反馈|将|汇总|报(?![名告道表纸刊]))"
_EVERY = re.compile(
    rf"(?:每个?|逐)(?:(?P<monthly>月)(?:份|的)?(?:(?P<day>{_N})[日号]|(?P<end>底|末))"
    r"|(?:日|天|个?工作日|周|星期|旬|半个?月|月|季度?|半年|年|学期)(?:[^,。;:!?《》()“”]{0,12}?))"
    rf"{_CLOCK}(?:\([^()]{{1,12}}\))?(?:(?:之|以)?前|[内止]|[,]?(?:各[\u4e00-\u9fff]{{1,6}})?(?={_SENDING}))"
)
# 季后10日前, 次月5日前: counted from the end of each month, quarter or year
_AFTER_EACH = re.compile(
    rf"(?:(?:每?月|每?季度?|半年|每年)(?:度)?(?:终了)?后|次月){_N}(?:个工作日|[日号天])(?:之|以)?[前内]"
)
_MONTHS = re.compile(
    rf"(?:自|从|于)?{YEAR}(?P<first>{_N})月(?:份)?(?:起|开始)?[,]?(?:至|到|-|—|~)+"
    rf"(?:(?P<year2>(?:19|20)\d\d)年|(?P<relative2>次年|明年))?(?P<last>{_N})月(?:份)?(?!{_N}[日号])"
)
MOST = 24  # months of one campaign


@dataclass(frozen=True, slots=True)
class Term:
    """A term that comes back: where it stands, its days as far as they are known, its doubt."""

    start: int
    end: int
    days: tuple[date, ...]
    doubt: Question


def find_recurring(text: str, first: int, last: int, years: Years) -> list[Term]:
    """Return the terms of text[first:last] that come back."""
    found = [_term(text, first, last, m, years) for m in _EVERY.finditer(text, first, last)]
    for match in _AFTER_EACH.finditer(text, first, last):
        if not any(term.start < match.end() and match.start() < term.end for term in found):
            doubt = Question("every-period", {"said": match[0]})
            found.append(Term(*match.span(), (), doubt))
    return found


def _term(text: str, first: int, last: int, match: re.Match[str], years: Years) -> Term:
    days = tuple(_days(text, first, last, match, years)) if match["monthly"] else ()
    said = {"said": match[0]}
    if not days:
        return Term(*match.span(), (), Question("every-period", said))
    span = {"first": f"{days[0]:%Y-%m}", "last": f"{days[-1]:%Y-%m}"}
    return Term(*match.span(), days, Question("every-month", {**said, **span}))


def _days(text: str, first: int, last: int, match: re.Match[str], years: Years) -> Iterator[date]:
    """Yield the day of each month between the two that the sentence names."""
    between = _MONTHS.search(text, first, last)
    if between is None:
        return
    start, end = number(between["first"]), number(between["last"])
    year = _year(between["year"], between["relative"], years, start)
    if year is None or not (1 <= start <= 12 and 1 <= end <= 12):
        return
    final = int(between["year2"]) if between["year2"] else year + (end < start)
    months = (final - year) * 12 + end - start + 1
    for step in range(min(months, MOST)):
        turn, month = divmod(start - 1 + step, 12)
        yield _in_month(match, year + turn, month + 1)


def _in_month(match: re.Match[str], year: int, month: int) -> date:
    longest = calendar.monthrange(year, month)[1]
    return date(
        year, month, min(number(match["day"]) or longest, longest) if match["day"] else longest
    )
