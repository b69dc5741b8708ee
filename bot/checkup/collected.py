"""What is collected: campaign folders, rosters, who is told, the years the calendar knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.checkup.result import broken, fine, look
from bot.watch.alerts import operators_of
from rules.calendar import is_covered, local_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.checkup.result import Result
    from bot.checkup.scene import Scene
    from bot.settings import Settings
    from rules.campaign import Campaign


def campaigns(scene: Scene) -> Iterator[Result]:
    """Say which campaigns load, are open, and have a mailbox that somebody reads."""
    loaded, lost = scene.loaded
    read = {account.address for account in scene.settings.accounts}
    for folder in lost:
        yield broken("campaign.unusable", folder=scene.root / folder)
    if not (loaded or lost):
        yield broken("campaign.none")
    for campaign in loaded:
        unread = sorted(set(campaign.file.boxes) - read)
        if not set(campaign.file.boxes) & read:
            yield look("campaign.unread", campaign=campaign.id, boxes=", ".join(unread) or "—")
        elif _last_day(campaign) < local_day(scene.clock.now(), campaign.file.timezone):
            yield look("campaign.over", campaign=campaign.id, day=_last_day(campaign))
        else:
            yield fine("campaign.open", campaign=campaign.id, day=_last_day(campaign))


def rosters(scene: Scene) -> Iterator[Result]:
    """Say whether the units that owe something are known, and can be written to."""
    for campaign in scene.campaigns:
        units = campaign.roster.units
        without = [unit.name for unit in units if not unit.addresses]
        facts = {"campaign": campaign.id, "units": len(units), "without": len(without)}
        if not units:
            yield look("roster.empty", **facts)
        elif without:
            yield look("roster.without", names="、".join(without[:3]), **facts)
        else:
            yield fine("roster.whole", **facts)


def calendar(scene: Scene) -> Iterator[Result]:
    """Say whether the holidays of this year and of every deadline are known."""
    today = local_day(scene.clock.now(), scene.settings.timezone)
    days = [today, *(r.due for c in scene.campaigns for r in c.file.requirements)]
    unknown = sorted({day.year for day in days if day >= today and not is_covered(day)})
    for year in unknown:
        yield look("calendar.unknown", year=year)
    if not unknown:
        yield fine("calendar.known", year=max(days).year)


def people(scene: Scene) -> Iterator[Result]:
    """Say who is told when the bot is in trouble."""
    told = operators_of(scene.settings, scene.campaigns)
    if not told:
        yield broken("people.none")
    elif not any(account.smtp for account in scene.settings.accounts):
        yield broken("people.no-smtp")
    else:
        yield fine("people.told", people=", ".join(told))


def approvals(scene: Scene) -> Iterator[Result]:
    """Say whether somebody may let the first letters of each kind go, where they wait."""
    settings = scene.settings
    if settings.approval.first == 0:
        return
    alone = [c.id for c in scene.campaigns if not _who_orders(settings, c)]
    for campaign in alone:
        yield broken("approval.nobody", campaign=campaign)
    if not alone:
        yield fine("approval.first", first=settings.approval.first)


def _who_orders(settings: Settings, campaign: Campaign) -> tuple[str, ...]:
    file = campaign.file
    return (*file.digest.to, *file.coordinators, *settings.coordinators, *settings.admin)


def _last_day(campaign: Campaign) -> date:
    return max(requirement.due for requirement in campaign.file.requirements)
