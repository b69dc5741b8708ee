"""Who owes: units with their aliases, contacts, addresses, exemptions and extensions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Unit:
    """One expected submitter.

    `id` is a stable short latin key. `owes` are requirement keys (empty: all required ones).
    `exempt` are requirement keys, `extended` maps requirement key → new due date.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    category: str = ""
    contact: str = ""
    addresses: tuple[str, ...] = ()
    phone: str = ""
    owes: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    extended: Mapping[str, date] = field(default_factory=dict)
    remark: str = ""


@dataclass(frozen=True, eq=False)
class Roster:
    """All units of a campaign, in the spreadsheet's order; equal only to itself."""

    units: tuple[Unit, ...]

    def get(self, unit_id: str) -> Unit | None:
        """Return the unit with this id, if any."""
        return self._by_id.get(unit_id)

    def of(self, ids: frozenset[str]) -> tuple[Unit, ...]:
        """Return the units with these ids, in the spreadsheet's order."""
        if len(ids) < 2:
            return tuple(self._by_id[i] for i in ids if i in self._by_id)
        return tuple(unit for unit in self.units if unit.id in ids)

    def users_of(self, address: str) -> frozenset[str]:
        """Return the ids of the units that have this address, however its letters are written."""
        return self._by_address.get(address.casefold(), frozenset())

    def users_at(self, domain: str) -> frozenset[str]:
        """Return the ids of the units that have an address at this domain (lower case)."""
        return self._by_domain.get(domain, frozenset())

    @cached_property
    def _by_id(self) -> Mapping[str, Unit]:
        return {unit.id: unit for unit in reversed(self.units)}

    @cached_property
    def _by_address(self) -> Mapping[str, frozenset[str]]:
        return _owners((a.casefold(), u.id) for u in self.units for a in u.addresses)

    @cached_property
    def _by_domain(self) -> Mapping[str, frozenset[str]]:
        return _owners((a.rpartition("@")[2], u) for a, us in self._by_address.items() for u in us)


def _owners(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, unit_id in pairs:
        found.setdefault(key, set()).add(unit_id)
    return {key: frozenset(ids) for key, ids in found.items()}
