"""What a cell of an OpenDocument sheet holds: its shown text, and the exact value behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from parsers.formats.opendocument.names import CALC, OFFICE, TABLE, P
from parsers.formats.opendocument.text import Inks, read_line
from parsers.formats.page.looks import PLAIN, left_out
from parsers.formats.sheet.dates import serial
from parsers.formats.sheet.numbers import DIGITS, general
from parsers.formats.sheet.shown import is_error
from parsers.formats.sheet.value import Value

if TYPE_CHECKING:
    from parsers.formats.ooxml.xml import Element

_NUMBERS = frozenset({"float", "percentage", "currency"})
_TYPE = OFFICE("value-type")
_LOST = Decimal("1e15")
_DURATION = re.compile(r"-?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?)?")
_TOO_NARROW = re.compile(r"#{2,}")


def read_value(cell: Element, inks: Inks, style: str | None) -> Value | None:
    """Return what a table:table-cell holds; None when it is empty."""
    formula = cell.get(TABLE("formula")) is not None
    paragraphs = [read_line(p, inks).pen for p in cell.iterchildren(P)]
    if not paragraphs and not formula and cell.get(_TYPE) is None:
        return None
    text = "\n".join(pen.text for pen in paragraphs).strip()
    flags = frozenset[str]().union(*(pen.flags for pen in paragraphs))
    value = _typed(cell, Value(text, formula=formula, flags=flags), shown=bool(paragraphs))
    flag = left_out(inks.style("table-cell", style).over(PLAIN))
    if flag and (value.text or value.number is not None):
        return Value("", formula=formula, flags=value.flags | {flag})
    return value


def _typed(cell: Element, value: Value, *, shown: bool) -> Value:
    kind = cell.get(_TYPE)
    if _is_error(cell, value):
        return replace(value, flags=value.flags | {"error-value"})
    if kind in _NUMBERS:
        return _numeric(value, _decimal(cell.get(OFFICE("value"))), shown=shown)
    if kind == "time":
        return _numeric(value, _duration(cell.get(OFFICE("time-value"), "")), shown=shown)
    if kind == "date":
        return _dated(value, cell.get(OFFICE("date-value"), ""))
    return value if value.text else _unshown(cell, value, kind, shown=shown)


def _unshown(cell: Element, value: Value, kind: str | None, *, shown: bool) -> Value:
    """Take text or a truth value from the cell's attributes when no paragraph shows it."""
    if kind == "boolean":
        return replace(value, text=cell.get(OFFICE("boolean-value"), "").upper())
    if kind is None and value.formula:
        return replace(value, flags=value.flags | {"no-cached-value"})
    return value if shown else replace(value, text=cell.get(OFFICE("string-value"), "").strip())


def _is_error(cell: Element, value: Value) -> bool:
    if cell.get(CALC("value-type")) == "error":
        return True
    return value.formula and is_error(value.text)


def _numeric(value: Value, exact: Decimal | None, *, shown: bool) -> Value:
    """Add the number; one without shown text is shown plainly, one shown as nothing is hidden."""
    if exact is None:
        return value
    flags, text = value.flags, value.text
    if abs(exact) >= _LOST:
        flags |= {"precision-lost"}
    else:
        exact = DIGITS.plus(exact)
    if not shown or _TOO_NARROW.fullmatch(text):
        text = general(exact)
    elif not text:
        flags |= {"hidden-left-out"}
    return replace(value, text=text, number=exact, flags=flags)


def _dated(value: Value, stored: str) -> Value:
    try:
        at = datetime.fromisoformat(stored.strip()).replace(tzinfo=None)
    except ValueError:
        return value
    hidden = frozenset[str]() if value.text else frozenset({"hidden-left-out"})
    return replace(value, number=serial(at), moment=at, flags=value.flags | hidden)


def _decimal(text: str | None) -> Decimal | None:
    try:
        exact = Decimal((text or "").strip())
    except InvalidOperation:
        return None
    held = exact.is_finite() and len(text or "") < 400 and abs(exact.adjusted()) < 309
    return exact if held else None


def _duration(text: str) -> Decimal | None:
    """Return a duration (PT13H45M00S) in days."""
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total = Decimal(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
    return DIGITS.divide(-total if text.startswith("-") else total, Decimal(86400))
