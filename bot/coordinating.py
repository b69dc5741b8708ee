"""Who coordinates a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.office import Office
    from rules.campaign import Campaign


def coordinators(office: Office, campaign: Campaign) -> tuple[str, ...]:
    """Return who gets a campaign's digest: the campaign's people and the settings'."""
    file = campaign.file
    return tuple(
        dict.fromkeys((*file.digest.to, *file.coordinators, *office.settings.coordinators))
    )
