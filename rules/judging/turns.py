"""Which of several days of one thing a copy is for: the first that is not over when it comes."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from rules.calendar import due_instant
from rules.campaign import Requirement

if TYPE_CHECKING:
    from datetime import datetime

    from rules.campaign import Campaign
    from rules.judging.evidence import Evidence, Piece

_OWN = {"key", "title", "due", "due_time"}  # in which the months of one table differ
_ASKED = attrgetter(*sorted(Requirement.model_fields.keys() - _OWN))


def in_turn(evidence: Evidence, received_at: datetime) -> Evidence:
    """Return the evidence with each piece under the requirement whose turn it is.

    A table asked for every month is several requirements that differ in title and day only.
    """
    return replace(
        evidence,
        pieces=tuple(_turned(piece, received_at) for piece in evidence.pieces),
        copies=tuple(_turned(piece, received_at) for piece in evidence.copies),
    )


def _turned(piece: Piece, received_at: datetime) -> Piece:
    turns = turns_of(piece.campaign, piece.requirement)
    if len(turns) == 1:
        return piece
    file = piece.campaign.file
    open_ones = [turn for turn in turns if received_at < due_instant(file, turn, None)]
    return replace(piece, requirement=open_ones[0] if open_ones else turns[-1])


def turns_of(campaign: Campaign, requirement: Requirement) -> list[Requirement]:
    """Return the requirements that ask for the same thing by other days, in order of days."""
    asked = _ASKED(requirement)
    alike = (r for r in campaign.file.requirements if r.form == requirement.form)
    same = [r for r in alike if _ASKED(r) == asked]
    return sorted(same, key=lambda turn: turn.due)
