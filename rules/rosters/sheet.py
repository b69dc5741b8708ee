"""How a roster is written as a workbook that a clerk likes to edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from parsers.writing.sheet import Choice, Sheet, SheetCell, quoted
from rules.rosters.headings import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from rules.campaign import Requirement
    from rules.roster import Roster, Unit

_WIDTHS: dict[str, float] = {
    "单位": 32, "简称/别名": 32, "上级": 24, "类别": 12, "联系人": 10, "邮箱": 32, "手机": 15,
    "应报材料": 26, "免报": 18, "展期至": 26, "备注": 24, "编号": 13,
}  # fmt: skip
_OWN_WIDTH = 16.0
_LAST_ROW = 2000  # the drop-downs reach so far down
_SEPARATOR = re.compile(r"[、，,；;|/\s]")
_BETWEEN_ADDRESSES, _BETWEEN = "; ", "、"


class Asked(NamedTuple):
    """What a campaign that is only drafted asks for."""

    key: str
    title: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class RosterWords:
    """The words of a workbook: names of its sheets, and heading → the note at it."""

    sheet: str
    choices: str
    notes: Mapping[str, str]


def write_roster(
    roster: Roster,
    requirements: Sequence[Requirement | Asked],
    words: RosterWords,
    own: Mapping[str, Mapping[str, str]] | None = None,
) -> bytes:
    """Return the .xlsx: headings with notes, frozen and filtered; lists to choose from; no macro.

    `own` are columns of the admin's own, heading → unit id → text; they stand before 编号. What
    is written reads back as the same roster.
    """
    from parsers.writing.workbook import write_workbook  # noqa: PLC0415 - openpyxl is slow to load

    own = own or {}
    names = (*(name for name in HEADINGS if name != "编号"), *own, "编号")
    rows = [tuple(_heading(name, words) for name in names)]
    for unit in roster.units:
        cells = {**_cells(unit, requirements), **{name: own[name].get(unit.id, "") for name in own}}
        rows.append(tuple(SheetCell(cells[name], _style(name)) for name in names))
    lists = _lists(roster.units, requirements)
    main = Sheet(
        words.sheet,
        tuple(rows),
        tuple(_WIDTHS.get(name, _OWN_WIDTH) for name in names),
        "B2",
        autofilter=True,
        choices=tuple(_choices(lists, words.choices)),
        typed=tuple(_style(name) for name in names),
    )
    return write_workbook([main, _options(lists, words.choices)])


def _heading(name: str, words: RosterWords) -> SheetCell:
    return SheetCell(name, "heading", words.notes.get(name, ""))


def _style(name: str) -> str:
    return "key" if name == "编号" else "entry"


def _cells(unit: Unit, requirements: Sequence[Requirement | Asked]) -> dict[str, str]:
    return {
        "单位": unit.name,
        "简称/别名": _BETWEEN.join(unit.aliases),
        "上级": unit.parent,
        "类别": unit.category,
        "联系人": unit.contact,
        "邮箱": _BETWEEN_ADDRESSES.join(unit.addresses),
        "手机": unit.phone,
        "应报材料": titles_said(unit.owes, requirements),
        "免报": titles_said(unit.exempt, requirements),
        "展期至": extensions_said(unit, requirements),
        "备注": unit.remark,
        "编号": unit.id,
    }


def titles_said(keys: Sequence[str], requirements: Sequence[Requirement | Asked]) -> str:
    """Return requirements as a cell names them; a title that would be taken for two by its key."""
    said = {r.key: r.key if _SEPARATOR.search(r.title) else r.title for r in requirements}
    return _BETWEEN.join(said.get(key, key) for key in keys)


def extensions_said(unit: Unit, requirements: Sequence[Requirement | Asked]) -> str:
    """Return a unit's extensions as a cell holds them: a day for all, or one for each."""
    days = unit.extended
    last = max(days.values(), default=None)
    owed = (r for r in requirements if not unit.owes or r.key in unit.owes)
    plain = {r.key: last for r in owed if last and r.due and r.due < last}
    if last and plain == dict(days):
        return last.isoformat()
    return "; ".join(f"{titles_said((key,), requirements)} {day}" for key, day in days.items())


def _lists(
    units: Sequence[Unit], requirements: Sequence[Requirement | Asked]
) -> dict[str, tuple[str, ...]]:
    """Return heading → what is offered there."""
    titles = tuple(titles_said((requirement.key,), requirements) for requirement in requirements)
    above = (unit.parent for unit in units if unit.parent)
    return {
        "上级": _distinct((*above, *(unit.name for unit in units))),
        "类别": _distinct(unit.category for unit in units if unit.category),
        "应报材料": titles,
        "免报": titles,
    }


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _choices(lists: Mapping[str, Sequence[str]], sheet: str) -> Iterable[Choice]:
    columns = tuple(HEADINGS)
    for number, (name, offered) in enumerate(lists.items()):
        if offered:
            letter, source = _letter(columns.index(name)), _letter(number)
            cells = f"{letter}2:{letter}{_LAST_ROW}"
            yield Choice(cells, f"{quoted(sheet)}!${source}$2:${source}${len(offered) + 1}")


def _letter(index: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index]


def _options(lists: Mapping[str, Sequence[str]], title: str) -> Sheet:
    """Return the hidden sheet that the drop-downs take their lists from."""
    longest = max((len(offered) for offered in lists.values()), default=0)
    rows = [tuple(SheetCell(name) for name in lists)]
    for index in range(longest):
        offered = (o[index] if index < len(o) else None for o in lists.values())
        rows.append(tuple(SheetCell(text) for text in offered))
    return Sheet(title, tuple(rows), hidden=True)
