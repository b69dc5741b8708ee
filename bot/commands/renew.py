"""`shoubiao renew`: last year's campaign folder becomes this year's."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from bot.commands.campaigns import check_campaign
from bot.commands.drafts import write_new
from bot.commands.trouble import wrong
from rules.folder.files import OWN_FOLDER, UPWARD_FILE
from rules.folder.load import CAMPAIGN_FILE, FORMS, ROSTER_FILE, SHIPPED, load_campaign
from rules.renew import renew, year_of
from templates.drafts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.campaign import Campaign

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
DUE = re.compile(r"([^=\s]+)=(\d{4})-(\d{1,2})-(\d{1,2})")
YEARS = range(2000, 2100)


def renew_campaign(
    source: str, year: int, dues: Sequence[str], output: Path | None, config: Path
) -> int:
    """Write the new folder, say what is left to a person, and check it."""
    folder = _folder(source, config)
    campaign = load_campaign(folder)
    target = output or _target(folder, campaign, year)
    _check(campaign, target, year)
    given = dict(_due(campaign, text) for text in dues)
    renewed = renew(campaign, sources(folder, campaign), target.resolve().name, year, given)
    write_new({target / path: data for path, data in renewed.files.items()})
    console = Console(highlight=False, soft_wrap=True)
    console.print(say("shown-written", {"folder": str(target)}), markup=False)
    for code, values in renewed.look_at:
        console.print(f"  ? {say(code, values)}", markup=False)
    return check_campaign(target)


def sources(folder: Path, campaign: Campaign) -> dict[str, bytes]:
    """Return the files of a campaign's folder that its next year is made from, by path."""
    paths = (folder / CAMPAIGN_FILE, folder / ROSTER_FILE, *(folder / FORMS).glob("*.yaml"))
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    if campaign.upward is not None:
        files[UPWARD_FILE] = (folder / UPWARD_FILE).read_bytes()
        higher = campaign.upward.source
        files[f"{OWN_FOLDER}/{higher.name}"] = higher.read_bytes()
    return files


def name_of(campaign: Campaign, year: int) -> str:
    """Return what a campaign is called in another year: its id with that year in it."""
    old = str(year_of(campaign))
    return campaign.id.replace(old, str(year)) if old in campaign.id else f"{campaign.id}-{year}"


def _folder(source: str, config: Path) -> Path:
    """Return the folder meant by a path or id: given, the settings', the working one's, shipped."""
    from bot.settings import load_settings

    own = load_settings(config).campaigns if config.exists() else None
    roots = [root for root in (own, Path("campaigns"), SHIPPED) if root is not None]
    for folder in (Path(source), *(root / source for root in roots)):
        if (folder / CAMPAIGN_FILE).is_file():
            return folder.resolve()
    raise wrong("no-campaign-called", source)


def _target(folder: Path, campaign: Campaign, year: int) -> Path:
    base = Path("campaigns") if folder.parent == SHIPPED else folder.parent
    return base / name_of(campaign, year)


def _check(campaign: Campaign, target: Path, year: int) -> None:
    if year not in YEARS or year == year_of(campaign):
        raise wrong(
            "renew-year", f"--year {year}", of=year_of(campaign), next=year_of(campaign) + 1
        )
    if ID.fullmatch(target.resolve().name) is None:
        raise wrong("init-name", target)
    if target.exists():
        raise wrong("already-there", target)


def _due(campaign: Campaign, text: str) -> tuple[str, date]:
    written = DUE.fullmatch(text)
    known = [requirement.key for requirement in campaign.file.requirements]
    if written is None or written[1] not in known:
        raise wrong("renew-due", f"--due {text}", known=", ".join(known))
    try:
        return written[1], date(int(written[2]), int(written[3]), int(written[4]))
    except ValueError:
        raise wrong("renew-no-day", f"--due {text}") from None
