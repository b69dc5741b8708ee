"""Who owes: units with their aliases, contacts, addresses, exemptions and extensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


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


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """All units of a campaign, in the spreadsheet's order; equal only to itself."""

    units: tuple[Unit, ...]

    def get(self, unit_id: str) -> Unit | None:
        """Return the unit with this id, if any."""
        return next((unit for unit in self.units if unit.id == unit_id), None)
