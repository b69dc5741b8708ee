"""Which days of a notice end a term: …前, 截止…, 不迟于…; and which are days of other things."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from rules.notice.dates import MOMENT, Moment, read_moment
from rules.notice.model import Question
from rules.notice.recurring import find_recurring

if TYPE_CHECKING:
    from rules.notice.dates import Years

_BOUND = re.compile(
    r"(?:\(含(?:当[日天])?\))?(?:截?止?之前|以前|前(?![后往来夕期述言沿端台景列方]|提(?![交供报出]))|为止|截?止(?!痛|血)|截至|之内|以内|内(?![容部蒙]))"
)
_SENDING = (
    r"报送|提交|上报|申报|报名|征集|投稿|填报|填写|上传|反馈|交稿|递交|受理|截稿|回执|推荐|寄送|发送|收稿|征稿|报件"
    r"|交表|回复|参赛"
)
_TERM = re.compile(
    rf"(?:(?:{_SENDING}|材料|作品|表格)[\u4e00-\u9fff]{{0,6}}?(?:截止)?(?:时间|日期|期限|时限|时段|阶段)"
    r"|截[止至稿](?:时间|日期|期限)?)(?:[和及与][\u4e00-\u9fff]{1,6})?[:]?(?:统一|现)?(?:延长|延期|推迟|顺延|提前|调整|改|截止)?(?:为|是|到|至|于|在|自|从|定为|另定)*[:]?$"
)
_AT_LATEST = re.compile(
    r"(?:(?:不|勿)(?:得|应|可)?(?:迟|晚)于|最(?:迟|晚)(?:于|在|应于|不超过|须于)?)$"
)
_ON = re.compile(r"(?:请|务必|须|应|统一|并)(?:务必|各[\u4e00-\u9fff]{1,8})?(?:于|在)$")
_RANGE = re.compile(r"(?:开始|起)?(?:,)?[-—~至到]+(?:为)?")
_AND = re.compile("[、,和及与]+")
_PART = re.compile(r"(第[一二三四五六七八九十\d]{1,2}(?:批次?|期|轮))")
_FROM_NOW = re.compile(r"(?:即日|[日号发知])起,?(?:开始)?[-—~至到]+$")
_DATA = re.compile(
    r"(?:数据|统计|期间|年龄|人口|资质|学历|任期)(?:时间|时点|口径|范围|资料|数据|期|统一|截|止|至|为|是|到|于)*$|(?:数据|统计)[\u4e00-\u9fff]{0,6}截[止至](?:时间|日期)?[:为是]?$"
)
_AS_OF = re.compile(r"截[止至]$")
_SO_FAR = re.compile(r"[^。]{0,24}?(?:共|累计|已|达到|合计|尚)")  # 截至5月31日,全市已…
_RELATIVE = re.compile(
    r"(?:(?:活动|会议|比赛|培训|项目)?(?:结束|完成|举办|发布|印发|下发|收到|接到|收文|发文)[\u4e00-\u9fff()《》]{0,12}?(?:之日起|之?后|起)?)(?:的)?"
    r"(?P<count>\d{1,3}|[一二两三四五六七八九十半]{1,3})(?P<unit>个?工作日|[日天]|个?(?:星期|周)|个?月)(?:之|以)?[内前]"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that ends a term, and where it stands in the flat text."""

    start: int
    end: int
    moment: Moment
    how: str  # "before", "until", "on", "relative", "every"
    days: tuple[date, ...] = ()  # of a term that comes back, as far as they are known
    part: str = ""  # 第一批, or the day itself among several


def find_deadlines(text: str, first: int, last: int, years: Years) -> list[Deadline]:
    """Return the deadlines in text[first:last], in order."""
    found = [
        Deadline(t.start, t.end, Moment(None, None, (t.doubt,)), "every", t.days)
        for t in find_recurring(text, first, last, years)
    ]
    matches = [
        match
        for match in MOMENT.finditer(text, first, last)
        if not any(d.start < match.end() and match.start() < d.end for d in found)
    ]
    found += _dated(text, first, last, matches, years)
    terms = _relative(text, first, last, found)
    return _parted(text, first, sorted([*found, *terms], key=lambda d: d.start))


def _dated(
    text: str, first: int, last: int, matches: list[re.Match[str]], years: Years
) -> list[Deadline]:
    """Return the days among the matches that end a term; 4月10日、7月10日前 are two."""
    found: list[Deadline] = []
    for index in reversed(range(len(matches))):
        match = matches[index]
        after = matches[index + 1] if index + 1 < len(matches) else None
        if after is not None and _RANGE.fullmatch(text, match.end(), after.start()):
            continue  # the first day of a range ends nothing
        previous = matches[index - 1] if index else None
        ranged = previous and _RANGE.fullmatch(text, previous.end(), match.start())
        begins = previous.start() if previous and ranged else match.start()
        how = _how(text, first, begins, match, last)
        if how in (None, "on") and found and _shares(text, match, found[-1]):
            how = found[-1].how
        if how is not None:
            bound = _BOUND.match(text, match.end(), last)
            end = bound.end() if bound else match.end()
            label = _label_start(text, first, begins) if how == "until" else begins
            found.append(Deadline(label, end, read_moment(match, years), how))
    return found


def _shares(text: str, match: re.Match[str], following: Deadline) -> bool:
    """Say whether a day is joined to the next, whose 前 is its own as well."""
    between = text[match.end() : following.start]
    return (
        bool(match["month"]) and following.how == "before" and _AND.fullmatch(between) is not None
    )


def _parted(text: str, first: int, deadlines: list[Deadline]) -> list[Deadline]:
    """Name the part of the whole that each deadline is for: 第一批; one of several days."""
    found: list[Deadline] = []
    begin = first
    for number, deadline in enumerate(deadlines):
        named = list(_PART.finditer(text, begin, deadline.start))
        part = named[-1][1] if named else ""
        if not part and chained(text, deadlines, number):
            part = text[deadline.start : deadline.end].rstrip("前")
        found.append(replace(deadline, part=part))
        begin = deadline.end
    return found


def chained(text: str, deadlines: list[Deadline], number: int) -> bool:
    """Say whether a deadline is one of several days in a row: 4月10日、7月10日前."""
    near = deadlines[max(0, number - 1) : number + 2]
    return any(follows(text, one, other) for one, other in pairwise(near))


def follows(text: str, deadline: Deadline, following: Deadline) -> bool:
    """Say whether nothing but a comma or 和 stands between two days."""
    between = text[deadline.end : following.start]
    return deadline.how == "before" and _AND.fullmatch(between) is not None


def _label_start(text: str, first: int, begins: int) -> int:
    """Return where the words that say 截止 begin: they are part of the deadline."""
    start = max(first, begins - 30)
    before = text[start:begins]
    now = _FROM_NOW.search(before)
    before = before[: now.start()] if now else before
    label = _TERM.search(before) or _AT_LATEST.search(before)
    return start + label.start() if label else begins


def _how(text: str, first: int, begins: int, match: re.Match[str], last: int) -> str | None:
    before = text[max(first, begins - 30) : begins]
    if _DATA.search(before) or (_AS_OF.search(before) and _SO_FAR.match(text, match.end(), last)):
        return None
    if _TERM.search(before) or _AT_LATEST.search(before):
        return "until"
    if _FROM_NOW.search(before) and _TERM.search(_FROM_NOW.sub("", before)):
        return "until"
    if _BOUND.match(text, match.end(), last):
        return "before"
    dated = match["month"] or match["iso"]
    return "on" if dated and match.start() == begins and _ON.search(before) else None


def _relative(text: str, first: int, last: int, found: list[Deadline]) -> list[Deadline]:
    """Return terms that count from an event, whose day only a person can say."""
    terms = []
    for match in _RELATIVE.finditer(text, first, last):
        if any(
            d.start < match.end() and match.start() < d.end and (d.moment.day or d.how == "every")
            for d in found
        ):
            continue
        doubt = Question("counts-from-event", {"said": match[0]})
        terms.append(Deadline(match.start(), match.end(), Moment(None, None, (doubt,)), "relative"))
        found[:] = [d for d in found if d.end <= match.start() or d.start >= match.end()]
    return terms
