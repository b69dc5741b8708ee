"""What a cell of HTML holds besides its text: the numbers that spreadsheets write beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from parsers.formats.sheet.codes import Kind, section_for
from parsers.formats.sheet.shown import is_error, show_number
from parsers.formats.sheet.value import Value

if TYPE_CHECKING:
    from lxml import etree

_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_ZEROS = re.compile(r"0{2,}")
_NAMED = {
    "general": "General", "fixed": "0.00", "standard": "#,##0.00", "percent": "0.00%",
    "scientific": "0.00E+00", "short date": "yyyy/m/d", "general date": "yyyy/m/d h:mm",
    "long date": 'yyyy"年"m"月"d"日"', "medium date": "d-mmm-yy", "short time": "h:mm",
    "long time": "h:mm:ss", "medium time": "h:mm AM/PM",
}  # fmt: skip


def read_value(cell: etree._Element, text: str, code: str | None) -> Value:
    """Return a cell's value: x:num of Excel, sdval of LibreOffice, or its text alone."""
    value = Value(text, formula=cell.get("x:fmla") is not None)
    if cell.get("x:err") is not None or is_error(text):
        return replace(value, text=text or cell.get("x:err", ""), flags=frozenset({"error-value"}))
    if cell.get("x:num") is not None:
        return _numeric(value, cell.get("x:num") or text, code or "General")
    if cell.get("sdval") is not None:
        return _numeric(value, cell.get("sdval", ""), cell.get("sdnum", "").split(";", 2)[-1])
    if code is None or cell.get("x:str") is not None or not _PLAIN.fullmatch(text):
        return value
    return _formatted(value, named(code))


def named(code: str) -> str:
    """Return the code that a format's name stands for."""
    return _NAMED.get(code.strip().lower(), code)


def _numeric(value: Value, stored: str, code: str) -> Value:
    """Add the number; its text is what the program that wrote it showed."""
    shown = show_number(stored.strip(), named(code) or "General")
    if shown.number is None:
        return value
    text = value.text or shown.text
    flags = shown.flags - {"hidden-left-out"}
    return replace(value, text=text, number=shown.number, moment=shown.moment, flags=flags)


def _formatted(value: Value, code: str) -> Value:
    """Show a bare number as Excel would where its format says more than its digits."""
    if code == "@":
        return value
    number = Decimal(value.text)
    section, _ = section_for(code, number)
    shown = show_number(value.text, code)
    padded = _ZEROS.fullmatch(code) is not None
    if section.is_date or section.has(Kind.PERCENT) or padded:
        return replace(value, text=shown.text, number=shown.number, moment=shown.moment)
    return replace(value, number=shown.number)
