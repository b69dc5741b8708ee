"""Amend: the campaigns in force are those on file with what people decided since laid over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.rosters.amending import amended

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.office import Office
    from rules.campaign import Campaign
    from state.ledger import Ledger


def in_force(ledger: Ledger, campaigns: Iterable[Campaign]) -> tuple[Campaign, ...]:
    """Lay the ledger's amendments over the rosters on file.

    A campaign whose amendments stand already stays the same object: what was learned about its
    roster is kept by identity.
    """
    return tuple(_amended(ledger, campaign) for campaign in campaigns)


def put_in_force(office: Office) -> None:
    """Take up what was decided since, by this worker or another one."""
    office.campaigns = in_force(office.ledger, office.campaigns)


def _amended(ledger: Ledger, campaign: Campaign) -> Campaign:
    wanted = ledger.amendments(campaign.id)
    return campaign if wanted == campaign.amendments else amended(campaign, wanted)
