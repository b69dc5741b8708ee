"""`shoubiao roster check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.offices import campaigns_of
from bot.commands.screen import screen
from bot.commands.trouble import Trouble
from rules.load_roster import read_roster

if TYPE_CHECKING:
    from pathlib import Path

    from rules.campaign import Campaign


def check(file: Path, campaign_id: str | None) -> int:
    """Print every problem with its cell and remedy; 1 if one of them is an error."""
    if not file.is_file():
        raise Trouble(f"{file}: no such file")
    campaign = _campaign(file, campaigns_of(None, campaign_id))
    roster, problems = read_roster(file.read_bytes(), campaign.file.requirements, file.name)
    console = screen()
    for problem in problems:
        tone = "yellow" if problem.is_warning else "red"
        console.print(f"[{tone}]{'warning' if problem.is_warning else 'error'}[/{tone}] {problem}")
    console.print(f"{file.name}: {len(roster.units)} units, {len(problems)} problems")
    return 0 if all(problem.is_warning for problem in problems) else 1


def _campaign(file: Path, campaigns: tuple[Campaign, ...]) -> Campaign:
    """Return the campaign in whose folder the file lies, else the only one asked for."""
    here = [c for c in campaigns if c.folder == file.resolve().parent]
    if not here and len(campaigns) != 1:
        known = ", ".join(campaign.id for campaign in campaigns)
        raise Trouble(f"{file}: say which campaign it is for: --campaign ID ({known})")
    return (here or list(campaigns))[0]
