"""Which days the activity itself takes: 活动时间, or 将于…举办."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from rules.notice.dates import _N, YEAR, _year, number
from rules.notice.model import Days

if TYPE_CHECKING:
    from rules.notice.dates import Years
    from rules.notice.flat import Flat

_RANGE = re.compile(
    rf"{YEAR}(?P<month>{_N})月(?P<day>{_N})[日号]?(?:\([^()]{{1,4}}\))?(?:[-—~至到]+(?:(?P<year2>(?:19|20)\d\d)年)?(?:(?P<month2>{_N})月)?(?P<day2>{_N})[日号])?"
)
_DOTTED = re.compile(
    r"(?P<y>20\d\d)[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})(?:[-—~至到]+(?:(?P<y2>20\d\d)[./-])?(?:(?P<m2>\d{1,2})[./-])?(?P<d2>\d{1,2}))?"
)
_LABEL = re.compile(
    r"(?:(?:活动|举办|开展|举行|实施|会议|比赛|竞赛|培训|展览|宣传周?|起止|组织)(?:起止)?(?:时间|日期|周期)|(?<=[一二三四五六七八九十]\))时间|(?<=[、.])时间)[\u4e00-\u9fff、]{0,8}?[:。,]?(?:\([一二三四五六七八九十]\))?(?:时间)?[:。]?(?:为|是|定于|拟定于)?$"
)
_HELD = re.compile(r"^(?:[\u4e00-\u9fff,()]{0,16}?)(?:主办|举办|开展|举行|召开|组织)")
_TERMS = re.compile(
    r"(?:报送|提交|上报|申报|报名|征集|截止|投稿|受理|推荐|报到|填报|评审|反馈)[\u4e00-\u9fff]{0,6}$"
)
_TO_END = re.compile(r"^[\u4e00-\u9fff]{0,6}?(?:前(?![后往来夕期])|之前|截止|以前)")


def find_window(flat: Flat, years: Years) -> Days | None:
    """Return the activity's first and last day; labelled ones win, ranges over single days."""
    found: list[tuple[int, Days]] = []
    for pattern in (_RANGE, _DOTTED):
        for match in pattern.finditer(flat.text):
            rank = _rank(flat.text, match)
            days = _days(flat, match, years) if rank else None
            if rank and days is not None:
                found.append((rank, days))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _rank(text: str, match: re.Match[str]) -> int:
    """Return how surely a day or range is the activity's; 0 when it is another's."""
    before, after = (
        text[max(0, match.start() - 30) : match.start()],
        text[match.end() : match.end() + 40],
    )
    ranged = 2 if _ends(match) else 0
    if _TERMS.search(before) or _TO_END.match(after):
        return 0
    label = _LABEL.search(before)
    if label is not None and not _TERMS.search(before[: label.start()]):
        return 4 + ranged
    if re.search(r"(?:于|在|定于)$", before) and _HELD.match(after):
        return 1 + ranged
    return 0


def _ends(match: re.Match[str]) -> str | None:
    return match.groupdict().get("day2") or match.groupdict().get("d2")


def _days(flat: Flat, match: re.Match[str], years: Years) -> Days | None:
    part = match.groupdict()
    try:
        if part.get("m"):
            first = date(int(part["y"]), int(part["m"]), int(part["d"]))
        else:
            month = number(part["month"])
            year = _year(part["year"], part["relative"], years, month)
            if year is None:
                return None
            first = date(year, month, number(part["day"]))
        last = _last(part, first)
    except ValueError:
        return None
    if not first <= last:
        return None
    return Days(first, last, flat.quote(*flat.sentence(match.start())))


def _last(part: dict[str, str | None], first: date) -> date:
    day = part.get("day2") or part.get("d2")
    if not day:
        return first
    month = number(part.get("month2") or part.get("m2") or str(first.month))
    year = int(part.get("year2") or part.get("y2") or first.year + (month < first.month))
    return date(year, month, number(day))
