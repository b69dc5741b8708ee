"""What is different between two rosters, in the words of their cells."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rules.rosters.change import Kind, RosterChange
from rules.rosters.sheet import titles_said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rules.campaign import Requirement
    from rules.roster import Roster, Unit


_DETAILS: tuple[tuple[str, Callable[[Unit], str]], ...] = (
    ("简称/别名", lambda unit: "、".join(unit.aliases)),
    ("上级", lambda unit: unit.parent),
    ("类别", lambda unit: unit.category),
    ("联系人", lambda unit: unit.contact),
    ("手机", lambda unit: unit.phone),
    ("备注", lambda unit: unit.remark),
)


def compare(
    before: Roster, after: Roster, requirements: Sequence[Requirement]
) -> tuple[RosterChange, ...]:
    """Return every change, the gravest kind first, else in the order of the rosters."""
    old = {unit.id: unit for unit in before.units}
    new = {unit.id: unit for unit in after.units}
    found = [RosterChange(Kind.REMOVED, u.id, u.name) for u in before.units if u.id not in new]
    for unit in after.units:
        was = old.get(unit.id)
        if was is None:
            addresses = "; ".join(unit.addresses)
            found.append(RosterChange(Kind.ADDED, unit.id, unit.name, "邮箱", after=addresses))
        elif was != unit:
            found.extend(_changes(was, unit, requirements))
    order = list(Kind)
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def _changes(was: Unit, unit: Unit, requirements: Sequence[Requirement]) -> Iterator[RosterChange]:
    def change(kind: Kind, column: str, before: str, after: str, about: str = "") -> RosterChange:
        return RosterChange(kind, unit.id, unit.name, column, about, before, after)

    if was.name != unit.name:
        yield change(Kind.RENAMED, "单位", was.name, unit.name)
    yield from _of_requirements(was, unit, requirements)
    if set(was.owes) != set(unit.owes):
        said = (titles_said(one.owes, requirements) for one in (was, unit))
        yield change(Kind.OWES, "应报材料", *said)
    if was.addresses != unit.addresses:
        said = ("; ".join(one.addresses) for one in (was, unit))
        yield change(Kind.ADDRESSES, "邮箱", *said)
    for column, of in _DETAILS:
        if of(was) != of(unit):
            yield change(Kind.DETAIL, column, of(was), of(unit))


def _of_requirements(
    was: Unit, unit: Unit, requirements: Sequence[Requirement]
) -> Iterator[RosterChange]:
    for one in requirements:
        exempt = (one.key in was.exempt, one.key in unit.exempt)
        if exempt[0] != exempt[1]:
            kind = Kind.EXEMPTED if exempt[1] else Kind.OWED_AGAIN
            yield RosterChange(kind, unit.id, unit.name, "免报", one.title)
        days = (was.extended.get(one.key), unit.extended.get(one.key))
        if days[0] != days[1]:
            kind = Kind.EXTENDED if days[1] else Kind.NOT_EXTENDED
            before, after = ((day or one.due).isoformat() for day in days)
            yield RosterChange(kind, unit.id, unit.name, "展期至", one.title, before, after)


def fingerprint(roster: Roster) -> str:
    """Return what is the same for two rosters that say the same of the same units."""
    said = [
        (u.id, u.name, u.aliases, u.parent, u.category, u.contact, u.addresses, u.phone, u.owes,
         u.exempt, sorted((key, day.isoformat()) for key, day in u.extended.items()), u.remark)
        for u in sorted(roster.units, key=lambda unit: unit.id)
    ]  # fmt: skip
    return hashlib.sha256(repr(said).encode()).hexdigest()
