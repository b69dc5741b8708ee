"""What a stored cell looks like on the screen, with the exact number or date behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple, Protocol

from parsers.formats.ooxml.xml import integer
from parsers.formats.sheet.codes import Kind, section_for, text_section
from parsers.formats.sheet.dates import date, moment
from parsers.formats.sheet.numbers import DIGITS, general, number
from parsers.formats.sheet.strings import SharedStrings, unescaped

if TYPE_CHECKING:
    from parsers.formats.sheet.cells import Stored
    from parsers.formats.sheet.styles import CellStyle

_NONE = frozenset[str]()
_IMPRECISE = frozenset({"precision-lost"})
_LOST = Decimal("1e15")  # Excel keeps 15 digits
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?")
_ERROR = re.compile(r"#(?:DIV/0|N/A|NAME|NULL|NUM|REF|VALUE|GETTING_DATA|SPILL|CALC)[!?]?|Err:\d+")


def is_error(text: str) -> bool:
    """Tell whether a cell shows what a spreadsheet shows instead of a result."""
    return _ERROR.fullmatch(text) is not None


class Shown(NamedTuple):
    """A cell's text as seen; number and moment as in `parsers.document.Cell`."""

    text: str
    number: Decimal | None = None
    moment: datetime | None = None
    flags: frozenset[str] = frozenset()


class CellStyles(Protocol):
    """The styles of a workbook, in whichever format they were written."""

    def get(self, index: int) -> CellStyle:
        """Return the style of a cell; the plain one for a wrong index."""


@dataclass(frozen=True, slots=True)
class Book:
    """What cells refer to: shared strings, styles, the day that dates count from."""

    strings: SharedStrings
    styles: CellStyles
    from_1904: bool


def show(cell: Stored, book: Book) -> Shown:
    """Return what a person sees in the cell; nothing, with a flag, when its font is struck."""
    style = book.styles.get(cell.style)
    found = _show(cell, style.code, book)
    if style.struck and (found.text or found.number is not None):
        return Shown("", flags=found.flags | {"struck-left-out"})
    return found


def _show(cell: Stored, code: str, book: Book) -> Shown:
    value = cell.value
    if cell.formula and (value is None or (value == "" and cell.type != "str")):
        return Shown("", flags=frozenset({"no-cached-value"}))
    value = value or ""
    if cell.type == "s":
        return show_text(*book.strings.get(integer(value, -1)), code)
    if cell.type in {"str", "inlineStr"}:
        return show_text(unescaped(value), cell.flags, code)
    return _value(value, cell.type, code, from_1904=book.from_1904)


def _value(value: str, kind: str, code: str, *, from_1904: bool) -> Shown:
    if kind == "b":
        return Shown("TRUE" if value.strip() in {"1", "true"} else "FALSE")
    if kind == "e":
        return Shown(value, flags=frozenset({"error-value"}))
    if kind == "d":
        return _iso(value, code)
    return show_number(value, code, from_1904=from_1904)


def show_text(text: str, flags: frozenset[str], code: str) -> Shown:
    """Return what text with these flags looks like under a format."""
    section = text_section(code)
    if section is not None and text:
        tokens = (token for token in section.tokens if token.kind in {Kind.TEXT, Kind.LITERAL})
        dressed = "".join(text if token.kind is Kind.TEXT else token.text for token in tokens)
        if not dressed.strip():
            return Shown("", flags=flags | {"hidden-left-out"})
        text = dressed
    return Shown(text.strip(), flags=flags)


def _iso(value: str, code: str) -> Shown:
    found = _ISO.match(value)
    try:
        parts = [int(part or 0) for part in found.groups()] if found else []
        at = datetime(*parts) if parts else None  # type: ignore[arg-type] # noqa: DTZ001
    except ValueError:
        at = None
    if at is None:
        return Shown(value)
    section, _ = section_for(code, Decimal(1))
    return Shown(date(Decimal(0), at, section) if section.is_date else value, moment=at)


def show_number(value: str, code: str, *, from_1904: bool = False) -> Shown:
    """Return what a stored number looks like under a format."""
    exact = _decimal(value)
    if exact is None:
        return Shown(value.strip())
    is_lost = abs(exact) >= _LOST
    flags = _IMPRECISE if is_lost else _NONE
    kept = exact if is_lost else DIGITS.plus(exact)
    section, signed = section_for(code, kept)
    at = moment(kept, from_1904=from_1904) if section.is_date else None
    if at is not None:
        is_day = kept >= 1 and not section.has(Kind.ELAPSED)
        return Shown(date(kept, at, section).strip(), kept, at if is_day else None, flags)
    shown = general(kept) if section.is_date else number(kept, section, signed=signed)
    if not shown.strip():
        flags |= {"hidden-left-out"}
    return Shown(shown.strip(), kept, None, flags)


def _decimal(value: str) -> Decimal | None:
    """Return the number as stored; None when it is none that a double could hold."""
    try:
        exact = Decimal(value.strip())
    except InvalidOperation:
        return None
    return exact if exact.is_finite() and len(value) < 400 and abs(exact.adjusted()) < 309 else None
