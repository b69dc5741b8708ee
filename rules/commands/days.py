"""The day an extension runs to: 6月20日, 2023/6/20, 20230620, 六月二十日."""

from __future__ import annotations

import re
from datetime import date, timedelta

from parsers.values.answer import FOUND, Asked
from parsers.values.dates import read_date

_HALF_YEAR = timedelta(days=183)
_DIGIT = r"[0-9〇零一二三四五六七八九十廿卅]"
_DATE = re.compile(
    r"(?:延期|展期|延长|延|推迟)?(?:到|至)?\s*(?P<day>"
    rf"{_DIGIT}{{2,4}}\s*年\s*{_DIGIT}{{1,3}}\s*月\s*{_DIGIT}{{1,3}}\s*[日号]?"
    r"|[0-9]{4}\s*[-./]\s*[0-9]{1,2}\s*[-./]\s*[0-9]{1,2}|(?<![0-9])20[0-9]{6}(?![0-9])"
    rf"|{_DIGIT}{{1,3}}\s*月\s*{_DIGIT}{{1,3}}\s*[日号]?"
    r"|(?<![0-9.])[0-9]{1,2}\s*[./]\s*[0-9]{1,2}(?![0-9.])"
    r")(?:之?前|止|为止)?"
)


def find_day(words: str, today: date) -> tuple[date, str] | None:
    """Return the day that stands in the words, and how it is written there.

    The year, where none is written, is the nearest that fits.
    """
    found = _DATE.search(words)
    if found is None:
        return None
    asked = Asked(kind="date", default_year=today.year)
    read = read_date(re.sub(r"\s", "", found["day"]), asked)
    if read.status != FOUND or not isinstance(read.value, str) or read.nil:
        return None
    day = date.fromisoformat(read.value)
    written = re.search(r"[0-9〇零一二三四五六七八九]{4}", found["day"]) is not None
    if not written and day < today - _HALF_YEAR:
        day = day.replace(year=day.year + 1, day=min(day.day, 28 if day.month == 2 else day.day))
    return day, found[0]
