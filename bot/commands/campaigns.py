"""`shoubiao check-campaign`: everything wrong in one campaign folder, before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from bot.commands.trouble import Trouble
from rules.load import CAMPAIGN_FILE, SHIPPED, campaign_folders, load_campaign, read_campaign
from rules.problem import CampaignError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rules.campaign import Campaign


def check_campaign(folder: Path) -> int:
    """Print every problem with file, line and remedy; 1 if one of them is an error."""
    if not folder.is_dir():
        raise Trouble(f"{folder}: no such folder; name the one that holds {CAMPAIGN_FILE}")
    campaign, problems = read_campaign(folder, tuple(_others(folder.resolve())))
    console = Console(highlight=False, soft_wrap=True)
    for problem in problems:
        console.print("warning" if problem.is_warning else "error", end=" ")
        console.print(str(problem), markup=False)
    warnings = sum(problem.is_warning for problem in problems)
    counts = f"{len(problems) - warnings} errors, {warnings} warnings"
    console.print(f"{folder.resolve().name}: {_holds(campaign)}{counts}", markup=False)
    return 0 if campaign else 1


def _holds(campaign: Campaign | None) -> str:
    if campaign is None:
        return ""
    asked, units = len(campaign.file.requirements), len(campaign.roster.units)
    return f"{asked} requirements, {len(campaign.forms)} forms, {units} units, "


def _others(folder: Path) -> Iterator[Campaign]:
    """Load the campaigns beside the folder and the shipped ones, as far as they load."""
    beside = dict.fromkeys((*campaign_folders(folder.parent), *campaign_folders(SHIPPED)))
    seen = {folder.name}
    for other in beside:
        if other.name in seen:
            continue
        try:
            yield load_campaign(other)
        except CampaignError:
            continue
        seen.add(other.name)
