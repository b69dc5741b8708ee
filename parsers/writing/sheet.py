"""What a workbook of ours holds, before it is written: sheets, their cells, charts and lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = str | int | float | Decimal | date | datetime | None
_MAX_TEXT = 32_767
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROOM = 0.9  # cm a category takes in a chart that lies on its side
_HEAD = 3.5
_LINES = 9.0


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its name, its numbers as an absolute reference with the sheet, its colour."""

    name: str
    numbers: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart at the cell `anchor`. `kind`: bars (lying), stacked (lying), line.

    `names` refers to the cells with the categories' names; `count` is how many there are.
    """

    kind: str
    title: str
    anchor: str
    names: str
    lines: tuple[Line, ...]
    count: int
    width: float = 24  # cm

    @property
    def height(self) -> float:
        """How tall it is, in cm."""
        if self.kind == "line":
            return _LINES
        room = _ROOM * len(self.lines) if self.kind == "bars" else _ROOM
        return _HEAD + max(room, _ROOM) * self.count


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell: its value, a name of STYLES, a comment, a link (http, https, mailto, #place).

    `formula` is one of ours, without its =; `value` is the number it comes to.
    """

    value: Value = None
    style: str = ""
    comment: str = ""
    link: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A drop-down for the `cells` (D2:D500): the list stands in `source` ('选项'!$A$1:$A$9).

    Anything else may be typed all the same: several of the list, or something new.
    """

    cells: str
    source: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet. `widths` in characters, `freeze` and `merged` in A1 references.

    `typed`: style names, column by column, for what is typed below the last row.
    """

    title: str
    rows: tuple[tuple[SheetCell, ...], ...]
    widths: tuple[float, ...] = ()
    freeze: str = ""
    merged: tuple[str, ...] = ()
    header_rows: int = 1
    autofilter: bool = False
    charts: tuple[Chart, ...] = ()
    choices: tuple[Choice, ...] = ()
    typed: tuple[str, ...] = ()
    hidden: bool = False


def sheet_titles(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the titles that sheets of these names get, for links and formulas between them."""
    titles: list[str] = []
    for title in wanted:
        titles.append(title_of(title, titles))
    return tuple(titles)


def quoted(title: str) -> str:
    """Return a sheet's title as formulas and links name it."""
    return "'" + title.replace("'", "''") + "'"


def title_of(wanted: str, taken: Sequence[str]) -> str:
    """Return a title Excel takes: 31 characters, none of its forbidden signs, unused."""
    base = _NOT_IN_TITLES.sub("_", clean(wanted)).strip("' ")[:31] or "1"
    used = {title.lower() for title in taken}
    title, number = base, 1
    while title.lower() in used:
        number += 1
        title = f"{base[: 29 - len(str(number))]}({number})"
    return title


def clean(text: str) -> str:
    """Return a text without what XML does not take, no longer than a cell holds."""
    return _NOT_IN_XML.sub("", text)[:_MAX_TEXT]
