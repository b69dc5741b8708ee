"""How dates and periods are written: 2023年5月20日, 5.20-31, 5月20日、22日, 二〇二三年五月."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from parsers.values.answer import (
    Asked,
    ValueRead,
    ambiguous,
    found,
    missing,
    unreadable,
)
from parsers.values.characters import has_wide_digits, is_empty, is_nil, plain
from parsers.values.numerals import CHINESE, chinese_number, simplified

LONGEST = 300
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
# Words in brackets beside a date that leave it as it is: （开幕式）; not （除周末）, （改期）.
_ASIDE = re.compile(r"\((?![^()]*(?:[起前后除不待或未改延至到每共暂]|取消))[^\W\d_]{1,10}\)")
_CHINESE_RUN = re.compile(rf"[{CHINESE}]+")
_DATE = re.compile(
    r"(?P<full>(?P<y>[0-9]{4})(?:年(?P<m1>[0-9]{1,2})月(?P<d1>[0-9]{1,2})[日号]?"
    r"|(?P<s>[-./])(?P<m2>[0-9]{1,2})(?P=s)(?P<d2>[0-9]{1,2})(?![0-9])日?"
    r"|年(?P<m3>[0-9]{1,2})\.(?P<d3>[0-9]{1,2})日?))"
    r"|(?<![0-9])(?P<compact>(?:19|20)[0-9]{6})(?![0-9])"
    r"|(?P<short>'?[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}[日号]?)"
    r"|(?P<md>(?P<m>[0-9]{1,2})(?:月|[./](?=[0-9]))(?P<d>[0-9]{1,2})(?![0-9./])[日号]?)"
    r"|(?P<day>(?<![0-9])[0-9]{1,2}(?![0-9])[日号]?)"
)
_NO_DAY = re.compile(r"[0-9]{4}年(?:[0-9]{1,2}月份?)?|[0-9]{4}[-./][0-9]{1,2}|[0-9]{1,2}月份?")
_RANGE = re.compile(r"\s*(?:起?至|起?到|-+|—+|~+|起-)\s*")
_LIST = re.compile(r"\s*(?:[、,，;；\n]|和|及|与)\s*")


@dataclass(frozen=True, slots=True)
class _Token:
    """One date as written: the year or month may be left to the date before it."""

    year: int | None
    month: int | None
    day: int


class _NotADateError(Exception):
    """Carries the answer that explains why the text is no date."""

    def __init__(self, answer: ValueRead) -> None:
        super().__init__(answer.status)
        self.answer = answer


def read_date(text: str, asked: Asked) -> ValueRead:
    """Read one date as ISO; a range or several dates are ambiguous."""
    return _read(text, asked, single=True)


def read_period(text: str, asked: Asked) -> ValueRead:
    """Read a date, "first/last" or several of them joined by ",", all ISO."""
    return _read(text, asked, single=False)


def _read(text: str, asked: Asked, *, single: bool) -> ValueRead:
    if asked.moment is not None:
        return found(asked.moment.date().isoformat())
    bare = plain(text)
    if is_empty(re.sub(r"[年月日号至]", "", bare)):
        return missing()
    if is_nil(bare):
        return found("无", nil=True)
    if len(bare) > LONGEST:
        return unreadable("too-long")
    return _dated(bare, asked, single=single)


def _dated(bare: str, asked: Asked, *, single: bool) -> ValueRead:
    try:
        items = _items(_without_times(_bare(bare)), asked)
        _agree_with_weekdays(bare, items)
        _agree_with_length(bare, items)
    except _NotADateError as problem:
        return problem.answer
    if single and len(items) > 1:
        return ambiguous("two-numbers")
    if single and len(items[0]) > 1:
        return ambiguous("range")
    notes = ("full-width",) if has_wide_digits(bare) else ()
    return found(",".join("/".join(d.isoformat() for d in item) for item in items), *notes)


def _bare(text: str) -> str:
    """Leave out what surrounds dates: 拟于, their length in days, words in brackets."""
    return _PLANNED.sub("", _ASIDE.sub(_weekday_only, _LASTING.sub("", text)))


def _weekday_only(aside: re.Match[str]) -> str:
    return aside[0] if _WEEKDAY.search(aside[0]) or _TIME.fullmatch(aside[0]) else ""


def _without_times(text: str) -> str:
    """Leave out times of day and weekdays, and write Chinese numerals as digits."""
    if _VAGUE.search(text):
        raise _NotADateError(ambiguous("vague"))
    text = _TIME.sub(" ", _WEEKDAY.sub("", text))
    text = _CHINESE_RUN.sub(_arabic, simplified(text))
    text = re.sub(r"\s*(年|月)\s*", r"\1", text)
    text = re.sub(r"\s+(?=[日号])|[。.;；,，、]\s*$", "", text.strip())
    if _BOUND.search(text):
        raise _NotADateError(ambiguous("bound"))
    return re.sub(r"([日号])\(\s*\)", r"\1", text).strip()


def _arabic(match: re.Match[str]) -> str:
    number = chinese_number(match[0])
    return match[0] if number is None else str(number)


def _items(text: str, asked: Asked) -> list[tuple[date, ...]]:
    """Parse the whole text into dates and ranges; anything left over is no date."""
    items: list[list[date]] = []
    if _NO_DAY.fullmatch(text):
        raise _NotADateError(ambiguous("no-day"))
    position, joins, month, year = 0, False, None, asked.default_year
    while position < len(text):
        token, position = _token(text, position, asked)
        year, month = token.year or year, token.month or month
        moment = _built(year, month, token.day)
        if joins:
            items[-1].append(moment)
        else:
            items.append([moment])
        position, joins = _separator(text, position)
    if not items:
        raise _NotADateError(unreadable("words"))
    return [_ordered(item) for item in items]


def _ordered(item: list[date]) -> tuple[date, ...]:
    if len(item) > 2:
        raise _NotADateError(ambiguous("range"))
    if len(item) == 2 and item[0] > item[1]:
        raise _NotADateError(unreadable("reversed"))
    return tuple(dict.fromkeys(item))  # from nine to five of one day is that day


def _built(year: int | None, month: int | None, day: int) -> date:
    if month is None:
        raise _NotADateError(ambiguous("no-month"))
    try:
        built = date(year or 2000, month, day)
    except ValueError:
        raise _NotADateError(unreadable("impossible-date")) from None
    if year is None:
        raise _NotADateError(ambiguous("no-year"))
    return built


def _token(text: str, position: int, asked: Asked) -> tuple[_Token, int]:
    match = _DATE.match(text, position)
    if match is None:
        raise _NotADateError(_left_over(text))
    if match["md"] and asked.number is not None and "月" not in match["md"]:
        raise _NotADateError(ambiguous("date-format"))  # 5.20 typed as a number is 5.2
    return _parts(match, asked), match.end()


def _parts(match: re.Match[str], asked: Asked) -> _Token:
    if match["full"]:
        month, day = next((m, d) for m, d in _pairs(match) if m)
        return _Token(int(match["y"]), int(month), int(day))
    if digits := match["compact"]:
        return _Token(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if match["short"]:
        return _short_year(match["short"], asked)
    if match["md"]:
        return _Token(None, int(match["m"]), int(match["d"]))
    return _Token(None, None, int(match["day"].rstrip("日号")))


def _pairs(match: re.Match[str]) -> list[tuple[str, str]]:
    return [(match[f"m{i}"] or "", match[f"d{i}"] or "") for i in (1, 2, 3)]


def _short_year(text: str, asked: Asked) -> _Token:
    year, month, day = (int(n) for n in re.findall(r"[0-9]+", text))
    if asked.default_year is None or asked.default_year % 100 != year:
        raise _NotADateError(ambiguous("no-year"))
    return _Token(asked.default_year, month, day)


def _separator(text: str, position: int) -> tuple[int, bool]:
    """Return where the next date begins and whether it ends a range."""
    if position == len(text):
        return position, False
    if match := _RANGE.match(text, position):
        return _followed(text, match.end()), True
    if text[position] == "/" and re.fullmatch(r"[0-9-]{10}", text[position + 1 :]):
        return position + 1, True
    if match := _LIST.match(text, position):
        return _followed(text, match.end()), False
    if _DATE.match(text.replace(" ", ""), position):
        raise _NotADateError(ambiguous("range"))  # a space may be a lost dash
    raise _NotADateError(_left_over(text))


def _followed(text: str, position: int) -> int:
    if position == len(text):
        raise _NotADateError(ambiguous("range"))
    return position


def _left_over(text: str) -> ValueRead:
    """Say what a text is that is not dates only."""
    return ambiguous("words") if _DATE.search(text) else unreadable("words")


def _agree_with_weekdays(text: str, items: list[tuple[date, ...]]) -> None:
    """5月20日（周五） contradicts itself when that day is a Saturday."""
    named = [_weekday(name) for name in _WEEKDAY.findall(text)]
    days = [moment.weekday() for item in items for moment in item]
    if len(named) == len(days) and named != days:
        raise _NotADateError(ambiguous("weekday-contradicts"))


def _weekday(name: str) -> int:
    return "一二三四五六日".find(
        name.replace("天", "日").translate(str.maketrans("123456", "一二三四五六"))
    )


def _agree_with_length(text: str, items: list[tuple[date, ...]]) -> None:
    """5月20日至31日（共12天） says its length too."""
    told = _LASTING.search(text)
    days = sum((item[-1] - item[0]).days + 1 for item in items)
    if told is not None and int(told[1] or told[2]) != days:
        raise _NotADateError(ambiguous("two-numbers"))
