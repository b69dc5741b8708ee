"""Whose each form is, where the forms of several units came in one mail (a city sends on)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rules.judging.copies import merge
from rules.judging.evidence import unit_text
from rules.who.names import match_name, sure
from rules.who.units import match_file, match_sender

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.mail import Mail
    from rules.campaign import Campaign
    from rules.decision import UnitMatch
    from rules.judging.arrival import History
    from rules.judging.evidence import Evidence, Piece
    from rules.roster import Roster


class Parted(NamedTuple):
    """Each unit of a mail with what is its own; `conflicting`: a unit's copies differ.

    `sender` is the unit that sent them all, if it is known; `entrusted` says that it may: the
    roster calls it their higher office, or gives its address to all of them.
    """

    parts: tuple[tuple[UnitMatch, tuple[Piece, ...]], ...]
    conflicting: bool
    sender: UnitMatch | None
    entrusted: bool


def part(mail: Mail, evidence: Evidence, campaign: Campaign, history: History) -> Parted | None:
    """Give each form to the unit it names; None where one names none of the roster surely.

    Another file is of the unit in its name, else of the sender.
    """
    roster = campaign.roster
    sender = sure(match_sender(mail.sender, history.known_addresses(campaign.id), roster))
    owned: dict[str, list[Piece]] = {}
    units: dict[str, UnitMatch] = {}
    others = [piece for piece in evidence.pieces if piece.reading is None]
    for piece in (*evidence.copies, *others):
        if piece.campaign is not campaign:
            continue
        unit = _owner(piece, roster, sender)
        if unit is None:
            return None
        units.setdefault(unit.id, unit)
        owned.setdefault(unit.id, []).append(piece)
    merged = {unit: merge(pieces) for unit, pieces in owned.items()}
    return Parted(
        tuple((units[unit], tuple(pieces)) for unit, (pieces, _) in merged.items()),
        any(conflicting for _, conflicting in merged.values()),
        sender,
        _is_entrusted(mail, tuple(units), sender, roster),
    )


def _owner(piece: Piece, roster: Roster, sender: UnitMatch | None) -> UnitMatch | None:
    if piece.reading is not None:
        return sure(match_name(unit_text(piece), roster))
    named = {m.id: m for file in piece.files if (m := sure(match_file(file.name, roster)))}
    return next(iter(named.values())) if len(named) == 1 else sender


def _is_entrusted(
    mail: Mail, units: Sequence[str], sender: UnitMatch | None, roster: Roster
) -> bool:
    """Say whether the sender may speak for all units, by the roster alone."""
    address = mail.sender.address.casefold() if mail.sender else ""
    if roster.users_of(address).issuperset(units):
        return True
    above = {sender.id, sender.name} if sender is not None else set()
    theirs = (unit for one in units if (unit := roster.get(one)) is not None)
    return all(unit.id in above or unit.parent in above for unit in theirs)
