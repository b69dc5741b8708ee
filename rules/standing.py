"""Where a unit stands: what it owes, by when, and what still has to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rules.calendar import due_instant
from rules.campaign import Requirement
from rules.outcome import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rules.campaign import Campaign
    from rules.roster import Unit

OPEN = frozenset({Standing.MISSING, Standing.RETURNED})
COUNTED = frozenset({Standing.ACCEPTED, Standing.ACCEPTED_LATE, Standing.NIL})
"""What a roll-up is made of."""


@dataclass(frozen=True, slots=True)
class Due:
    """One requirement as one unit owes it; `due` is the first instant that is late (UTC)."""

    requirement: Requirement
    due: datetime
    standing: Standing

    @property
    def is_open(self) -> bool:
        """Whether something still has to come."""
        return self.standing in OPEN


def dues_of(
    campaign: Campaign, unit: Unit, standings: Mapping[tuple[str, str], Standing]
) -> tuple[Due, ...]:
    """Return what a unit owes, by due date; `standings` maps (unit, requirement) → what came."""
    owed = (r for r in campaign.file.requirements if owes(unit, r))
    dues = [
        Due(r, due_instant(campaign.file, r, unit), _standing(unit, r, standings)) for r in owed
    ]
    return tuple(sorted(dues, key=lambda due: due.due))


def owes(unit: Unit, requirement: Requirement) -> bool:
    """Say whether the roster asks this unit for this requirement."""
    return requirement.key in unit.owes if unit.owes else requirement.required


def _standing(
    unit: Unit, requirement: Requirement, standings: Mapping[tuple[str, str], Standing]
) -> Standing:
    came = standings.get((unit.id, requirement.key))
    if came is None or came is Standing.RETURNED:
        return Standing.EXEMPT if requirement.key in unit.exempt else came or Standing.MISSING
    return came
