"""What stands around dates: times of day, weekdays, lengths in days, words in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.values.answer import ValueRead, ambiguous
from parsers.values.numerals import CHINESE, chinese_number, simplified

if TYPE_CHECKING:
    from datetime import date

_VAGUE = re.compile(
    r"全年|长期|[上中下]旬|月初|月底|月末|年底|年初|待定|未定|每[周月年]|不定期|常年|即日|期间|季度|[上下]半年|另行|同上"
)
_BOUND = re.compile(r"[日号0-9](?:之?前|以前|起|开始|之?后|以后)$")
_WEEKDAY = re.compile(r"\(?(?:周|星期|礼拜)([一二三四五六日天1-6])\)?")
_CLOCK = (
    r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    rf"|[0-9{CHINESE}]{{1,3}}[时点](?:[0-9{CHINESE}]{{1,3}}分?|半|整)?)"
)
_HALF = r"(?:上午|下午|中午|早上|早晨|凌晨|晚上|晚间|傍晚|全天|白天|晚|早)"
_TIME = re.compile(
    rf"\(?(?:每[天日],?\s*)?(?:T|{_HALF}\s*)?(?:(?:[0-9]{{1,2}}\s*[-—~至到]\s*)?{_CLOCK}"
    rf"(?:\s*[-—~至到]\s*(?:{_HALF}\s*)?{_CLOCK})?|{_HALF})(?:Z|\+08:?00)?\)?|,?\s*每[天日]"
)
_LASTING = re.compile(
    r"[,，;、]?\s*(?:\(?(?:共计?|为期|历时)\s*([0-9]{1,3})\s*天\)?|\(([0-9]{1,3})\s*天\))"
)
_PLANNED = re.compile(r"^(?:拟定?|定|计划)?[于在:]?\s*(?=[0-9一二三四五六七八九十])")
_SPAN = re.compile(r"^[自从由]?\s*(.+(?:[至到~]|-+|—+).+?)\s*(?:为?止|结束)?$", re.DOTALL)
# Words in brackets beside a date that leave it as it is: （开幕式）; not （除周末）, （改期）.
_ASIDE = re.compile(r"\((?![^()]*(?:[起前后除不待或未改延至到每共暂]|取消))[^\W\d_]{1,10}\)")
_CHINESE_RUN = re.compile(rf"[{CHINESE}]+")


class NotADateError(Exception):
    """Carries the answer that explains why the text is no date."""

    def __init__(self, answer: ValueRead) -> None:
        super().__init__(answer.status)
        self.answer = answer


def bare_dates(text: str) -> str:
    """Leave only dates, in digits, and what joins them; NotADateError where words say else."""
    if _VAGUE.search(text):
        raise NotADateError(ambiguous("vague"))
    text = _ASIDE.sub(_weekday_only, _LASTING.sub("", text))
    return _without_times(_SPAN.sub(r"\1", _PLANNED.sub("", text)))


def _weekday_only(aside: re.Match[str]) -> str:
    return aside[0] if _WEEKDAY.search(aside[0]) or _TIME.fullmatch(aside[0]) else ""


def _without_times(text: str) -> str:
    """Leave out times of day and weekdays, and write Chinese numerals as digits."""
    text = _TIME.sub(" ", _WEEKDAY.sub("", text))
    text = _CHINESE_RUN.sub(_arabic, simplified(text))
    text = re.sub(r"\s*(年|月)\s*", r"\1", text)
    text = re.sub(r"\s+(?=[日号])|[。.;；,，、]\s*$", "", text.strip())
    if _BOUND.search(text):
        raise NotADateError(ambiguous("bound"))
    return re.sub(r"([日号])\(\s*\)", r"\1", text).strip()


def _arabic(match: re.Match[str]) -> str:
    number = chinese_number(match[0])
    return match[0] if number is None else str(number)


def agree_with_weekdays(text: str, items: list[tuple[date, ...]]) -> None:
    """5月20日（周五） contradicts itself when that day is a Saturday."""
    named = [_weekday(name) for name in _WEEKDAY.findall(text)]
    days = [moment.weekday() for item in items for moment in item]
    if len(named) == len(days) and named != days:
        raise NotADateError(ambiguous("weekday-contradicts"))


def _weekday(name: str) -> int:
    return "一二三四五六日".find(
        name.replace("天", "日").translate(str.maketrans("123456", "一二三四五六"))
    )


def agree_with_length(text: str, items: list[tuple[date, ...]]) -> None:
    """5月20日至31日（共12天） says its length too."""
    told = _LASTING.search(text)
    days = sum((item[-1] - item[0]).days + 1 for item in items)
    if told is not None and int(told[1] or told[2]) != days:
        raise NotADateError(ambiguous("two-numbers"))
