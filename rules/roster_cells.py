"""How people write things into a roster's cells: lists of names, addresses, 应报材料, 展期至."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rules.labels import squeeze
from rules.load_campaign import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.document import Cell
    from rules.campaign import Requirement

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SEPARATORS = re.compile(r"[、，,；;|/\n]+")
_ADDRESS_SEPARATORS = re.compile(r"[、，,；;|/\s]+")
_ITEMS = re.compile(r"[；;，,、\n]+")
_NOTHING = frozenset({"", "无", "/", "-", "—", "——"})
_ALL = frozenset({"全部", "所有", "全部材料"})
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:00:00(?::00)?)?$")


@dataclass(frozen=True, slots=True)
class Extensions:
    """Requirement key → new due day, and (problem code, values) for what is no extension."""

    days: dict[str, date]
    problems: tuple[tuple[str, dict[str, object]], ...] = ()


def shown(cell: Cell) -> str:
    """Return a cell's text; a stored whole number in full, not as 1.39E+10."""
    if cell.moment is not None:
        return cell.moment.date().isoformat()
    if cell.number is not None and cell.number == cell.number.to_integral_value():
        return f"{cell.number:.0f}"
    text = cell.text.strip()
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


def parse_addresses(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the good addresses in lower case, and what is none."""
    plain = unicodedata.normalize("NFKC", text).replace("mailto:", "").strip("<>. ")
    found = [part.strip("<>.") for part in _ADDRESS_SEPARATORS.split(plain) if part.strip("<>.")]
    good = [part.lower() for part in found if ADDRESS.fullmatch(part)]
    bad = [part for part in found if not ADDRESS.fullmatch(part)]
    return tuple(dict.fromkeys(good)), tuple(bad)


def parse_requirements(
    text: str, requirements: Sequence[Requirement]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys of the requirements named by title or key, and the names that are none."""
    keys: list[str] = []
    unknown: list[str] = []
    for name in (part.strip() for part in _SEPARATORS.split(text)):
        found = _requirement(name, requirements)
        if squeeze(name) in _ALL:
            keys.extend(requirement.key for requirement in requirements)
        elif found is not None:
            keys.append(found.key)
        elif name not in _NOTHING:
            unknown.append(name)
    return tuple(dict.fromkeys(keys)), tuple(unknown)


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
    written = squeeze(item)
    match = _DAY.search(written)
    day = _day(match)
    if match is None or day is None:
        return wrong
    name = written[: match.start()].rstrip("至到:").removesuffix("展期").removesuffix("延期")
    named = _requirement(name, requirements) if name else None
    if name and name not in _ALL and named is None:
        return wrong
    meant = [named] if named else [r for r in requirements if r.key in owed]
    days = {requirement.key: day for requirement in meant if requirement.due < day}
    if not days:
        return Extensions({}, (("early-extension", {"given": day.isoformat()}),))
    return Extensions(days)


def _day(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
