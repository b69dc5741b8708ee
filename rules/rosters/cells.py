"""How people write things into a roster's cells: lists of names, addresses, 应报材料, 展期至."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from parsers.formats.sheet.dates import moment
from parsers.values import read_value
from rules.labels import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.document import Cell
    from rules.campaign import Requirement

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SEPARATORS = re.compile(r"[、，,；;|/\n]+")
_ITEMS = re.compile(r"[；;，,、\n]+")
_NOTHING = frozenset({"", "无", "/", "-", "—", "——"})
_ALL = frozenset({"全部", "所有", "全部材料"})
_HOUR = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2})?(?:\.0+)?\s*$")
_BEFORE_DAY = re.compile(r"^[:至到,，]*(?:展期|延期|延长|推迟)?[:至到为]*")
_AFTER_DAY = re.compile(r"(?:下班|之|以)?[前止]$")
_AS_NUMBER = re.compile(r"(?<=^1\d{10})\.0+$")  # a mobile phone number that became 13900000000.0
_SERIAL = re.compile(r"4\d{4}|5[0-4]\d{3}")  # 2009 to 2050, as a sheet counts days


@dataclass(frozen=True, slots=True)
class Extensions:
    """Requirement key → new due day, and (problem code, values) for what is no extension."""

    days: dict[str, date]
    problems: tuple[tuple[str, dict[str, object]], ...] = ()


def shown(cell: Cell) -> str:
    """Return a cell's text; a stored whole number in full, not as 1.39E+10."""
    if cell.moment is not None:
        return cell.moment.date().isoformat()
    if "precision-lost" in cell.flags:
        return cell.text.strip()
    if cell.number is not None and cell.number == cell.number.to_integral_value():
        return f"{cell.number:.0f}"
    text = _AS_NUMBER.sub("", cell.text.strip(" \t\r\n\u3000\u200b\ufeff"))
    return "" if text in _NOTHING else text


def column_name(number: int) -> str:
    """Return a column's letters: 1 → A, 28 → AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_names(text: str) -> tuple[str, ...]:
    """Split a list of names; blanks inside a name are spacing, repeats are dropped."""
    names = (re.sub(r"\s+", "", name) for name in _SEPARATORS.split(text))
    return tuple(dict.fromkeys(name for name in names if name))


def parse_requirements(
    text: str, requirements: Sequence[Requirement]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys of the requirements named by title or key, and the names that are none."""
    keys: list[str] = []
    unknown: list[str] = []
    for part in (part.strip() for part in _SEPARATORS.split(text)):
        known = _keys(part, requirements)
        if known is None:
            unknown.append(part)
        keys.extend(known or ())
    return tuple(dict.fromkeys(keys)), tuple(unknown)


def _keys(part: str, requirements: Sequence[Requirement]) -> tuple[str, ...] | None:
    """Return what one name, or several apart by spaces, stand for; None for an unknown one."""
    if part in _NOTHING:
        return ()
    if squeeze(part) in _ALL:
        return tuple(requirement.key for requirement in requirements)
    one = _requirement(part, requirements)
    if one is not None:
        return (one.key,)
    words = [_requirement(word, requirements) for word in part.split()]
    known = tuple(word.key for word in words if word is not None)
    return known if len(words) > 1 and len(known) == len(words) else None


def _requirement(name: str, requirements: Sequence[Requirement]) -> Requirement | None:
    written = squeeze(name.strip("《》"))
    for requirement in requirements:
        if written in (squeeze(requirement.key), squeeze(requirement.title)):
            return requirement
    return None


def parse_extensions(
    cell: Cell | None, requirements: Sequence[Requirement], owes: Iterable[str]
) -> Extensions:
    """Read `2023-06-20`, `情况统计表 2023-06-20` or several of them; a bare day is for all owed."""
    if cell is None or not shown(cell):
        return Extensions({})
    owed = frozenset(owes) or frozenset(r.key for r in requirements)
    days: dict[str, date] = {}
    problems: list[tuple[str, dict[str, object]]] = []
    for item in filter(None, map(str.strip, _ITEMS.split(shown(cell)))):
        read = _extension(item, requirements, owed)
        days |= read.days
        problems.extend(read.problems)
    return Extensions(days, tuple(problems))


def _extension(item: str, requirements: Sequence[Requirement], owed: frozenset[str]) -> Extensions:
    example = requirements[0].title if requirements else ""
    wrong = Extensions({}, (("wrong-extension", {"given": item, "example": example}),))
    named, written = _named(squeeze(_HOUR.sub("", item)), requirements)
    year = min((r.due.year for r in requirements), default=None)
    day = read_day(written, year)
    if day is None:
        return wrong
    meant = [named] if named else [r for r in requirements if r.key in owed]
    days = {requirement.key: day for requirement in meant if requirement.due < day}
    if not days:
        return Extensions({}, (("early-extension", {"given": day.isoformat()}),))
    return Extensions(days)


def _named(written: str, requirements: Sequence[Requirement]) -> tuple[Requirement | None, str]:
    """Part an extension into the requirement it names, if any, and what stands behind."""
    names: list[tuple[str, Requirement | None]] = [(name, None) for name in _ALL]
    names += [(squeeze(n), r) for r in requirements for n in (r.title, r.key)]
    for name, requirement in sorted(names, key=lambda one: -len(one[0])):
        for opened in (name, f"《{name}》"):
            if written.startswith(opened):
                return requirement, written.removeprefix(opened)
    return None, written


def read_day(text: str, year: int | None) -> date | None:
    """Read one day in any spelling; `year` where none is written; a bare serial is Excel's."""
    written = _AFTER_DAY.sub("", _BEFORE_DAY.sub("", squeeze(text)))
    if _SERIAL.fullmatch(written):
        at = moment(Decimal(written), from_1904=False)
        return at.date() if at else None
    read = read_value(written, "date", default_year=year)
    return date.fromisoformat(str(read.value)) if read.status == "found" and not read.nil else None
