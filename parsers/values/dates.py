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
from parsers.values.date_words import (
    NotADateError,
    agree_with_length,
    agree_with_weekdays,
    bare_dates,
)

LONGEST = 300
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
        items = _items(bare_dates(bare), asked)
        agree_with_weekdays(bare, items)
        agree_with_length(bare, items)
    except NotADateError as problem:
        return problem.answer
    if single and len(items) > 1:
        return ambiguous("two-numbers")
    if single and len(items[0]) > 1:
        return ambiguous("range")
    notes = ("full-width",) if has_wide_digits(bare) else ()
    return found(",".join("/".join(d.isoformat() for d in item) for item in items), *notes)


def _items(text: str, asked: Asked) -> list[tuple[date, ...]]:
    """Parse the whole text into dates and ranges; anything left over is no date."""
    items: list[list[date]] = []
    if _NO_DAY.fullmatch(text):
        raise NotADateError(ambiguous("no-day"))
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
        raise NotADateError(unreadable("words"))
    return [_ordered(item) for item in items]


def _ordered(item: list[date]) -> tuple[date, ...]:
    if len(item) > 2:
        raise NotADateError(ambiguous("range"))
    if len(item) == 2 and item[0] > item[1]:
        raise NotADateError(unreadable("reversed"))
    return tuple(dict.fromkeys(item))  # from nine to five of one day is that day


def _built(year: int | None, month: int | None, day: int) -> date:
    if month is None:
        raise NotADateError(ambiguous("no-month"))
    try:
        built = date(year or 2000, month, day)
    except ValueError:
        raise NotADateError(unreadable("impossible-date")) from None
    if year is None:
        raise NotADateError(ambiguous("no-year"))
    return built


def _token(text: str, position: int, asked: Asked) -> tuple[_Token, int]:
    match = _DATE.match(text, position)
    if match is None:
        raise NotADateError(_left_over(text))
    if match["md"] and asked.number is not None and "月" not in match["md"]:
        raise NotADateError(ambiguous("date-format"))  # 5.20 typed as a number is 5.2
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
        raise NotADateError(ambiguous("no-year"))
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
        raise NotADateError(ambiguous("range"))  # a space may be a lost dash
    raise NotADateError(_left_over(text))


def _followed(text: str, position: int) -> int:
    if position == len(text):
        raise NotADateError(ambiguous("range"))
    return position


def _left_over(text: str) -> ValueRead:
    """Say what a text is that is not dates only."""
    return ambiguous("words") if _DATE.search(text) else unreadable("words")
