"""Which years and dates of a text move with the campaign, and which a person must look at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.writing.rewording import Edit

_YEAR = re.compile(r"(?<![\d〔\[.\-/])(?:19|20)\d{2}(?![\d〕\].\-/号])")
_CHINESE_YEAR = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=\s*年)")
_DATE = re.compile(
    r"(?:(?P<year>20\d{2})\s*年\s*)?(?<!\d)(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]"
    r"|(?P<year2>20\d{2})(?P<mark>[.\-/])(?P<month2>\d{1,2})(?P=mark)(?P<day2>\d{1,2})(?!\d)"
)
_DOCUMENT = re.compile(r"\w{0,8}[〔\[]20\d{2}[〕\]]\s*第?\d*号?")
_WEEKDAY = re.compile(r"\s*[(（]?\s*(?:星期|周|礼拜)[一二三四五六日天]")
_NUMERALS = "〇一二三四五六七八九"
_ARABIC = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Shift:
    """From the year `base` to `year`; `dues` maps old due days to new ones."""

    base: int
    year: int
    dues: Mapping[date, date]

    def day(self, old: date) -> date:
        """Return the same day of the new year; 28 February for a 29th that it does not have."""
        year = old.year + self.year - self.base
        try:
            return old.replace(year=year)
        except ValueError:
            return old.replace(year=year, day=28)

    def edits(self, text: str) -> list[Edit]:
        """Return what changes in a text: due days, and years around the campaign's own.

        The year of a document number such as 〔2023〕 stays: its number is another one too.
        """
        dates = list(_DATE.finditer(text))
        edits = [edit for found in dates for edit in self._in_date(found)]
        inside = [found.span() for found in dates]
        for found in (*_YEAR.finditer(text), *_CHINESE_YEAR.finditer(text)):
            if not any(start <= found.start() < end for start, end in inside):
                edits += self._in_year(found[0], *found.span())
        return edits

    def doubts(self, text: str) -> Iterator[str]:
        """Yield printed dates that are no due day, weekdays of due days, document numbers."""
        yield from (found[0] for found in _DOCUMENT.finditer(text))
        for found in _DATE.finditer(text):
            weekday = _WEEKDAY.match(text, found.end())
            if self._due(found) is None:
                yield found[0]
            elif weekday is not None:
                yield found[0] + weekday[0].strip()

    def _in_year(self, written: str, start: int, end: int) -> list[Edit]:
        old = int(written.translate(_ARABIC))
        if abs(old - self.base) > 1:  # 1994年 is history, 2022年 in a form of 2023 is last year
            return []
        new = str(old + self.year - self.base)
        chinese = not written.isdigit() or not written.isascii()
        return [(start, end, "".join(_NUMERALS[int(d)] for d in new) if chinese else new)]

    def _in_date(self, found: re.Match[str]) -> list[Edit]:
        mark = "2" if found["month2"] else ""
        due = self._due(found)
        edits: list[Edit] = []
        if found["year" + mark]:
            edits += self._in_year(found["year" + mark], *found.span("year" + mark))
        if due is not None:
            for name in ("month", "day"):
                width = len(found[name + mark]) if found[name + mark][0] == "0" else 1
                number = str(getattr(due, name)).zfill(width)
                edits.append((*found.span(name + mark), number))
        return edits

    def _due(self, found: re.Match[str]) -> date | None:
        mark = "2" if found["month2"] else ""
        year = int(found["year" + mark] or self.base)
        try:
            old = date(year, int(found["month" + mark]), int(found["day" + mark]))
        except ValueError:
            return None
        return self.dues.get(old)
