"""How commands get at settings, campaigns and the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.trouble import Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from bot.office import Office
    from rules.campaign import Campaign


def office_of(config: Path, *, rehearse: bool = False) -> Office:
    """Open the office that a settings file describes."""
    from bot.commands.screen import aside
    from bot.log import configure_log
    from bot.office import open_office
    from bot.settings import load_settings

    settings = load_settings(config, rehearse=rehearse)
    configure_log(settings.log)
    if settings.rehearse:
        aside().print(f"rehearsal: nothing is sent; what it keeps is in {settings.data}")
    return open_office(settings)


def campaigns_of(config: Path | None, only: str | None) -> tuple[Campaign, ...]:
    """Load the shipped campaigns, or those of a settings file; perhaps only one."""
    from bot.settings import load_settings
    from rules.folder.load import SHIPPED, load_campaigns

    settings = load_settings(config) if config else None
    boxes = settings.boxes if settings else {}
    folder = (settings.campaigns if settings else None) or SHIPPED
    campaigns = tuple(c.collected_in(boxes.get(c.id, ())) for c in load_campaigns(folder))
    if only is None:
        return campaigns
    return (campaign_named(campaigns, only),)


def campaign_named(campaigns: tuple[Campaign, ...], name: str) -> Campaign:
    """Return the campaign with this id; Trouble names the known ones."""
    for campaign in campaigns:
        if campaign.id == name:
            return campaign
    known = ", ".join(campaign.id for campaign in campaigns) or "none"
    raise Trouble(f"no campaign is called {name!r}; known here: {known}")
