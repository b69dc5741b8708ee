"""`shoubiao check-campaign`: everything wrong in one campaign folder, before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from bot.commands.trouble import wrong
from rules.folder.load import CAMPAIGN_FILE, SHIPPED, campaign_folders, load_campaign, read_campaign
from rules.folder.problem import CampaignError
from templates.broken import tell_problem
from templates.drafts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rules.campaign import Campaign
    from rules.folder.problem import CampaignProblem


def check_campaign(folder: Path) -> int:
    """Print every problem with file, line and remedy; 1 if one of them is an error."""
    if not folder.is_dir():
        raise wrong("no-campaign-folder", folder, holds=CAMPAIGN_FILE)
    campaign, problems = read_campaign(folder, tuple(_others(folder.resolve())))
    console = Console(highlight=False, soft_wrap=True)
    for problem in problems:
        kind = "shown-warning" if problem.is_warning else "shown-error"
        console.print(say(kind, {"problem": tell_problem(problem)}), markup=False)
    console.print(_summary(folder.resolve().name, campaign, problems), markup=False)
    return 0 if campaign else 1


def _summary(name: str, campaign: Campaign | None, problems: Sequence[CampaignProblem]) -> str:
    warnings = sum(problem.is_warning for problem in problems)
    counts = {"campaign": name, "errors": len(problems) - warnings, "warnings": warnings}
    holds = {}
    if campaign is not None:
        asked, units = len(campaign.file.requirements), len(campaign.roster.units)
        holds = {"requirements": asked, "forms": len(campaign.forms), "units": units}
    said = {key: str(value) for key, value in {**counts, **holds}.items()}
    return say("shown-campaign" if holds else "shown-checked", said)


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
