"""Whether letters that answer nothing are paused (暂停), for a campaign or one of its units."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.office import Office
    from rules.campaign import Campaign


def paused_since(office: Office, campaign: Campaign) -> datetime | None:
    """Return when a coordinator paused a whole campaign; None while it runs."""
    return office.ledger.paused(campaign.id).get("")


def resting_units(office: Office, campaign: Campaign) -> frozenset[str]:
    """Return the units that get no reminders because a coordinator said so."""
    return frozenset(office.ledger.paused(campaign.id)) - {""}
