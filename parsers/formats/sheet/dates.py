"""What a serial number says as a date or time, and what it looks like."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from parsers.formats.sheet.codes import Kind, Section, Token
from parsers.formats.sheet.numbers import DIGITS

# Naive on purpose: a sheet's date is a calendar date wherever it was typed.
_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL = 2_958_466
_DAYS = "一二三四五六日"
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def moment(serial: Decimal, *, from_1904: bool) -> datetime | None:
    """Return the point in time of a serial; None outside 1900-9999 and for Excel's 1900-02-29."""
    if not 0 <= serial < _LAST_SERIAL:
        return None
    epoch = _EPOCH_1904 if from_1904 else _EPOCH_1900
    if not from_1904 and serial < 61:
        if serial >= 60:
            return None
        epoch += timedelta(days=1)
    try:
        return epoch + timedelta(seconds=round(float(serial) * 86400))
    except OverflowError:
        return None


def serial(at: datetime) -> Decimal | None:
    """Return the serial Excel would store for a point in time; None outside 1900-9999."""
    days = at - _EPOCH_1900
    if days.days < 1:
        return None
    seconds = DIGITS.divide(Decimal(days.seconds), Decimal(86400))
    return Decimal(days.days if days.days > 60 else days.days - 1) + seconds


def date(serial: Decimal, at: datetime, section: Section) -> str:
    """Show a point in time by a section of a format."""
    letters = [token for token in section.tokens if token.kind in {Kind.DATE, Kind.ELAPSED}]
    twelve = section.has(Kind.NOON)
    shown: list[str] = []
    place = 0
    for token in section.tokens:
        if token.kind is Kind.DATE:
            minutes = _is_minutes(letters, place)
            shown.append(_letter(token.text.lower(), at, section, minutes=minutes, twelve=twelve))
            place += 1
        elif token.kind is Kind.ELAPSED:
            shown.append(_elapsed(token.text, serial))
            place += 1
        else:
            shown.append(_between(token, at))
    return "".join(shown)


def _is_minutes(letters: list[Token], place: int) -> bool:
    """Tell 分 from 月: an m is minutes after an hour or before a second."""
    if letters[place].text[0] not in "mM":
        return False
    before = letters[place - 1].text[0].lower() if place else ""
    after = letters[place + 1].text[0].lower() if place + 1 < len(letters) else ""
    return before == "h" or after == "s"


def _between(token: Token, at: datetime) -> str:
    if token.kind is Kind.NOON:
        morning, _, evening = token.text.partition("/")
        return morning if at.hour < 12 else evening
    if token.kind is Kind.DIGIT:
        return "0"
    return token.text if token.kind in {Kind.LITERAL, Kind.SLASH, Kind.COMMA, Kind.POINT} else ""


def _elapsed(text: str, serial: Decimal) -> str:
    unit = {"h": 3600, "m": 60, "s": 1}[text[0]]
    return f"{round(float(serial) * 86400) // unit:0{len(text)}d}"


def _letter(text: str, at: datetime, section: Section, *, minutes: bool, twelve: bool) -> str:
    size = len(text)
    letter = "n" if minutes else text[0]
    if letter in "ye":
        return f"{at.year % 100:02d}" if size < 3 and letter == "y" else f"{at.year:04d}"
    if letter == "m" and size > 2:
        return _month(at, size, chinese=section.chinese)
    if letter == "a" or (letter == "d" and size > 2):
        return _weekday(at, text, chinese=section.chinese)
    hour = (at.hour - 1) % 12 + 1 if twelve else at.hour
    values = {"m": at.month, "d": at.day, "h": hour, "n": at.minute, "s": at.second}
    return f"{values[letter]:0{min(size, 2)}d}" if letter in values else ""


def _month(at: datetime, size: int, *, chinese: bool) -> str:
    if chinese:
        return f"{_MONTHS[at.month - 1]}月"
    name = _MONTH_NAMES[at.month - 1]
    return {3: name[:3], 5: name[:1]}.get(size, name)


def _weekday(at: datetime, text: str, *, chinese: bool) -> str:
    day = _DAYS[at.weekday()]
    if text[0] == "a":
        return f"星期{day}" if len(text) > 3 else day
    if chinese:
        return f"星期{day}" if len(text) > 3 else f"周{day}"
    name = _DAY_NAMES[at.weekday()]
    return name if len(text) > 3 else name[:3]
