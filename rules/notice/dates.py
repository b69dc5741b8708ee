"""How a notice writes days and times of day, and which year a day without one falls in."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, time

from parsers.values.numerals import chinese_number
from rules.notice.model import Question

_N = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,4})"
YEAR = (
    r"(?:(?P<year>(?:19|20)\d\d|[一二][〇零0一二三四五六七八九]{3})年"
    r"|(?P<relative>今年|本年|当年|同年|明年|次年|翌年))?"
)
DAY = (
    rf"(?:{YEAR}(?P<month>{_N})月(?:份)?(?:(?P<day>{_N})[日号]?|(?P<part>底|末|初|[上中下]旬))"
    r"|(?P<iso>(?:19|20)\d\d)(?P<sep>[-./])(?P<im>\d{1,2})(?P=sep)(?P<id>\d{1,2})日?"
    r"|(?<![\d.〔])(?P<dm>1[0-2]|0?[1-9])\.(?P<dd>3[01]|[12]\d|0?[1-9])(?![\d.])[日号]?"
    rf"|(?P<loose>本月|当月|下月|次月|同月)(?P<ld>{_N})[日号]|(?<![\d月])(?P<only>\d{{1,2}})[日号]"
    r"|(?P<yend>(?:19|20)\d\d年|今年|本年|明年)?年?(?P<yearend>年底|年末))"
)
WEEKDAY = (
    r"(?:\((?:本|下|这)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])[^()]{0,8}\)"
    r"|(?:周|星期)(?P<weekday2>[一二三四五六日天]))?"
)
HALF = r"(?P<half>凌晨|早上|早|上午|中午|下午|晚上|晚间|晚|夜间)?"
TIME = (
    rf"(?:的|当日|当天|,|\)(?=[上下中早晚凌]|\d|[之以]?前))?{HALF}(?:(?P<hour>{_N})(?::(?P<minute>\d\d)|[时点](?:(?P<hm>半|整|{_N}分?))?)"
    r"|(?P<offwork>下班))?"
)
MOMENT = re.compile(DAY + WEEKDAY + TIME)
NUMBER = re.compile(r"\d+")
CLOSE_OF_WORK = time(17, 30)  # 下班 unless the campaign says otherwise
NOON_CLOSE = time(12, 0)


@dataclass(frozen=True, slots=True)
class Years:
    """What is known about the notice's year: its date of issue, else any year of its own."""

    issued: date | None
    own: int | None

    def of(self, month: int) -> int | None:
        """Return the year a bare month falls in: the notice's, or the next past its end."""
        if self.issued is None:
            return self.own
        turns = self.issued.month >= 9 and month < self.issued.month - 5
        return self.issued.year + 1 if turns else self.issued.year


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as written; None where it cannot be computed, with the reason."""

    day: date | None
    at: time | None
    doubts: tuple[Question, ...] = ()


def number(text: str) -> int:
    """Return a month or day; 0 when the characters are no number."""
    return int(text) if text.isdigit() else chinese_number(text.replace("○", "〇")) or 0


def year_number(text: str) -> int:
    """Return 2024 for 2024 and for 二〇二四."""
    digits = {"〇": "0", "零": "0"} | {c: str(n) for n, c in enumerate("一二三四五六七八九", 1)}
    return int("".join(digits.get(char, char) for char in text))


def read_moment(match: re.Match[str], years: Years) -> Moment:
    """Return the day and time a MOMENT match means."""
    at, doubts = _clock(match), []
    try:
        day, problem = _day(match, years)
    except ValueError:
        day, problem = None, "no-such-day"
    if problem:
        doubts.append(Question(problem, {"said": match[0]}))
    name = match["weekday"] or match["weekday2"]
    if (
        day is not None
        and name
        and "一二三四五六日".find(name.replace("天", "日")) != day.weekday()
    ):
        doubts.append(Question("other-weekday", {"said": match[0], "day": day.isoformat()}))
    return Moment(day, at, tuple(doubts))


def _day(match: re.Match[str], years: Years) -> tuple[date | None, str]:
    if match["iso"]:
        return date(int(match["iso"]), int(match["im"]), int(match["id"])), ""
    if match["loose"] or match["only"]:
        # 本月 and a bare 20日 would have to be guessed from the date of issue
        return None, "day-without-month"
    month = 12 if match["yearend"] else number(match["month"] or match["dm"])
    year = _year(match["yend"] or match["year"], match["relative"], years, month)
    if year is None:
        return None, "day-without-year"
    return _in_month(match, year, month)


def _in_month(match: re.Match[str], year: int, month: int) -> tuple[date | None, str]:
    part = "底" if match["yearend"] else match["part"]
    if not part:
        return date(year, month, number(match["day"] or match["dd"])), ""
    if part not in ("底", "末"):
        return None, "not-one-day"
    return date(year, month, calendar.monthrange(year, month)[1]), ""


def _year(written: str | None, relative: str | None, years: Years, month: int) -> int | None:
    digits = (written or "").rstrip("年")
    if re.fullmatch(r"(?:19|20)\d\d", digits):
        return int(digits)
    if re.fullmatch(r"[一二][〇零0一二三四五六七八九]{3}", digits):
        return year_number(digits)
    word = relative or written
    if not word:
        return years.of(month)
    base = years.issued.year if years.issued else years.own
    return base + word.startswith(("明", "次", "翌")) if base else None


def _clock(match: re.Match[str]) -> time | None:
    if match["offwork"]:
        return NOON_CLOSE if match["half"] in ("上午", "中午") else CLOSE_OF_WORK
    if not match["hour"]:
        return NOON_CLOSE if match["half"] in ("上午", "中午") else None
    hour, minute = number(match["hour"]), _minutes(match)
    if hour < 12 and match["half"] in ("下午", "晚上", "晚间", "晚", "夜间"):
        hour += 12
    if hour < 6 and match["half"] == "中午":
        hour += 12
    if (hour, minute) >= (24, 0) or minute > 59:
        return None  # 24:00 is the end of the day
    return time(hour, minute)


def _minutes(match: re.Match[str]) -> int:
    if match["minute"]:
        return int(match["minute"])
    if match["hm"] == "半":
        return 30
    return 0 if match["hm"] in (None, "整") else number(match["hm"].rstrip("分"))
