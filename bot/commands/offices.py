"""How commands get at settings, campaigns and the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.trouble import said, wrong

if TYPE_CHECKING:
    from pathlib import Path

    from bot.desk import Desk
    from bot.office import Office
    from bot.settings import Settings
    from rules.campaign import Campaign


def office_of(config: Path, *, rehearse: bool = False, reads_soon: bool = False) -> Office:
    """Open the office that a settings file describes, with all a worker has."""
    from bot.office import open_office

    return open_office(_settings(config, rehearse=rehearse), reads_soon=reads_soon)


def desk_of(config: Path) -> Desk:
    """Open what a command needs that looks at the ledger."""
    from bot.desk import Desk

    return Desk(_settings(config))


def _settings(config: Path, *, rehearse: bool = False) -> Settings:
    from bot.log import configure_log
    from bot.settings import load_settings

    settings = load_settings(config, rehearse=rehearse)
    configure_log(settings.log)
    if settings.rehearse:
        from bot.commands.screen import aside

        aside().print(said("rehearses", folder=settings.data))
    return settings


def campaigns_of(config: Path | None, only: str | None) -> tuple[Campaign, ...]:
    """Load the shipped campaigns, or those of a settings file; perhaps only one.

    One that is named is not kept waiting by a draft beside it that nobody has settled yet.
    """
    from bot.settings import load_settings
    from rules.folder.load import SHIPPED, campaign_folders, load_campaign, load_campaigns

    settings = load_settings(config) if config else None
    boxes = settings.boxes if settings else {}
    folder = (settings.campaigns if settings else None) or SHIPPED
    alone = [path for path in campaign_folders(folder) if path.name == only]
    if only is not None and alone:
        return (load_campaign(alone[0]).collected_in(boxes.get(only, ())),)
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
    raise wrong("no-such-campaign", given=name, known=known)
