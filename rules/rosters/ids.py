"""How a unit keeps its id, under which the ledger counts, whatever a clerk does to its row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from rules.roster import Roster, Unit
from rules.rosters.cells import ID
from rules.rosters.clashes import unit_core

_Owner = TypeVar("_Owner", int, str)
_Keys = Callable[[Unit], Iterable[str]]


def derived_id(name: str) -> str:
    """Return the id of a unit whose row has none: the same for every spelling of its name."""
    return f"u-{hashlib.sha256(unit_core(name).encode()).hexdigest()[:10]}"


def is_derived(unit: Unit) -> bool:
    """Say whether a unit's id comes from its name and not from the sheet."""
    return unit.id == derived_id(unit.name)


def kept_ids(after: Roster, before: Roster, *, trusted: bool) -> dict[int, str]:
    """Return the id of each unit of `after` by its index: that of the same unit in `before`.

    With `trusted`, ids that stand in the sheet stay and only the others are looked up. Else the
    sheet is somebody's edited copy: the name counts before the id, because rows are copied and
    columns sorted alone; then alias, address and telephone, each only where it is one unit's.
    """
    work = _Matching(after.units, before.units)
    if trusted:
        written = [(i, u) for i, u in enumerate(after.units) if not is_derived(u)]
        work.given = {index: unit.id for index, unit in written}
    else:
        work.match(_name, _name)
        work.match(_id, _id)
    work.match(_name, _name)
    for here, there in ((_name, _aliases), (_aliases, _name), (_aliases, _aliases)):
        work.match(here, there)
    work.match(_addresses, _addresses)
    if not trusted:
        work.match(_phone, _phone)
    return work.completed()


def with_ids(roster: Roster, ids: dict[int, str]) -> Roster:
    """Return the roster with other ids, by index."""
    units = (
        unit if ids[index] == unit.id else replace(unit, id=ids[index])
        for index, unit in enumerate(roster.units)
    )
    return Roster(tuple(units))


@dataclass
class _Matching:
    """Units of two rosters, and which of them have been found to be the same."""

    after: Sequence[Unit]
    before: Sequence[Unit]
    given: dict[int, str] = field(default_factory=dict)

    def match(self, here: _Keys, there: _Keys) -> None:
        """Pair the units that one key joins, where it is the key of one unit on each side."""
        taken = set(self.given.values())
        old = _unique((u.id, there(u)) for u in self.before if u.id not in taken)
        free = ((i, here(u)) for i, u in enumerate(self.after) if i not in self.given)
        for key, index in _unique(free).items():
            unit_id = old.get(key)
            if unit_id is not None and index not in self.given and unit_id not in taken:
                self.given[index] = unit_id
                taken.add(unit_id)

    def completed(self) -> dict[int, str]:
        """Give the units that are new the id of their row, else one from their name."""
        taken = set(self.given.values()) | {unit.id for unit in self.before}
        for index, unit in enumerate(self.after):
            if index in self.given:
                continue
            fits = ID.fullmatch(unit.id) is not None and unit.id not in taken
            self.given[index] = unit.id if fits else _free(derived_id(unit.name), taken)
            taken.add(self.given[index])
        return self.given


def _free(wanted: str, taken: set[str]) -> str:
    """Return the id, or one with a number behind where a unit of old has it."""
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _unique(owners: Iterable[tuple[_Owner, Iterable[str]]]) -> dict[str, _Owner]:
    """Return key → owner for the keys that only one has."""
    seen: dict[str, set[_Owner]] = {}
    for owner, keys in owners:
        for key in filter(None, keys):
            seen.setdefault(key, set()).add(owner)
    return {key: next(iter(found)) for key, found in seen.items() if len(found) == 1}


def _name(unit: Unit) -> Iterable[str]:
    return (unit_core(unit.name),)


def _id(unit: Unit) -> Iterable[str]:
    return (unit.id,)


def _aliases(unit: Unit) -> Iterable[str]:
    return (unit_core(alias) for alias in unit.aliases)


def _addresses(unit: Unit) -> Iterable[str]:
    return unit.addresses


def _phone(unit: Unit) -> Iterable[str]:
    return ("".join(sign for sign in unit.phone if sign.isdigit()),)
