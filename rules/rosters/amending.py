"""What people decided since the roster was saved, and the roster as it is then in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from rules.roster import Roster

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.campaign import Campaign
    from rules.roster import Unit


class Change(StrEnum):
    """What an amendment does to a unit."""

    EXEMPT = "exempt"  # need not hand in `requirement`
    EXTENDED = "extended"  # `requirement` is due on the ISO day `value`
    ADDRESS = "address"  # the address `value` speaks for it, and is written to first
    NOT_ADDRESS = "not-address"  # the address `value` is its no more


@dataclass(frozen=True, slots=True)
class Amendment:
    """One decision about one unit of a campaign; `requirement` is "" where it is about none."""

    campaign: str
    unit: str
    change: Change
    requirement: str = ""
    value: str = ""


def amended(campaign: Campaign, amendments: Iterable[Amendment]) -> Campaign:
    """Return the campaign with its roster on file as amended, the last word winning.

    What names a unit or requirement that is there no more is left out.
    """
    units = {unit.id: unit for unit in campaign.on_file.units}
    keys = {requirement.key for requirement in campaign.file.requirements}
    laid = tuple(amendments)
    for one in laid:
        unit = units.get(one.unit)
        if (
            one.campaign == campaign.id
            and unit
            and (not one.requirement or one.requirement in keys)
        ):
            units[unit.id] = _amended(unit, one)
    return campaign.with_roster(Roster(tuple(units.values())), laid)


def _amended(unit: Unit, one: Amendment) -> Unit:
    match one.change:
        case Change.EXEMPT:
            return replace(unit, exempt=tuple(dict.fromkeys((*unit.exempt, one.requirement))))
        case Change.EXTENDED:
            day = date.fromisoformat(one.value)
            return replace(unit, extended={**unit.extended, one.requirement: day})
        case Change.ADDRESS:
            return replace(unit, addresses=(one.value, *_others(unit, one.value)))
        case Change.NOT_ADDRESS:
            return replace(unit, addresses=_others(unit, one.value))


def _others(unit: Unit, address: str) -> tuple[str, ...]:
    return tuple(known for known in unit.addresses if known.lower() != address.lower())
