"""What an ss:Cell holds: a number, a moment, a text with struck or raised parts, an error."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from parsers.formats.excel2003.names import HTML, SS
from parsers.formats.sheet.codes import section_for
from parsers.formats.sheet.dates import serial
from parsers.formats.sheet.shown import Shown, show_number, show_text
from parsers.formats.sheet.strings import LOWERED, RAISED, STRUCK, Runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.formats.ooxml.xml import Element
    from parsers.formats.sheet.styles import CellStyle

_WORN = {HTML("S"): STRUCK, HTML("Strike"): STRUCK, HTML("Del"): STRUCK, HTML("Sup"): RAISED}
_WORN[HTML("Sub")] = LOWERED
_DATE = "yyyy/m/d"


def read_value(cell: Element, style: CellStyle) -> Shown | None:
    """Return what a cell shows; None when it is empty."""
    data = cell.find(SS("Data"))
    if data is None:
        formula = cell.get(SS("Formula")) is not None
        return Shown("", flags=frozenset({"no-cached-value"})) if formula else None
    found = _typed(data, style.code)
    if style.struck and (found.text or found.number is not None):
        return Shown("", flags=found.flags | {"struck-left-out"})
    return found


def _typed(data: Element, code: str) -> Shown:
    kind = data.get(SS("Type"), "String")
    text, flags = _text(data)
    if kind == "Number":
        return show_number(text, code)
    if kind == "DateTime":
        return _moment(text, code)
    if kind == "Boolean":
        return Shown("TRUE" if text.strip() == "1" else "FALSE")
    if kind == "Error":
        return Shown(text.strip(), flags=frozenset({"error-value"}))
    return show_text(text.replace("\r\n", "\n").replace("\r", "\n"), flags, code)


def _text(data: Element) -> tuple[str, frozenset[str]]:
    """Return the text without struck runs, and its flags."""
    runs = Runs()
    for text, worn in _pieces(data):
        runs.put(text, worn)
    return runs.text(), runs.flags


def _pieces(element: Element, worn: str = "") -> Iterator[tuple[str, str]]:
    yield element.text or "", worn
    for child in element:
        own = _WORN.get(child.tag, "")
        yield from _pieces(child, STRUCK if STRUCK in {worn, own} else own or worn)
        yield child.tail or "", worn


def _moment(text: str, code: str) -> Shown:
    try:
        at = datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return Shown(text.strip())
    stored = serial(at)
    if stored is None:
        return Shown(text.strip(), moment=at)
    section, _ = section_for(code, Decimal(1))
    return show_number(str(stored), code if section.is_date else _DATE)
