"""Whether a campaign's letters that answer nothing are paused (暂停), and since when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.office import Office
    from rules.campaign import Campaign

PAUSED = "paused"


def paused_since(office: Office, campaign: Campaign) -> datetime | None:
    """Return when a coordinator paused a campaign; None while it runs."""
    kept = office.ledger.recall(f"{PAUSED}:{campaign.id}")
    return datetime.fromisoformat(kept) if kept else None
