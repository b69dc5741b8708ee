"""`shoubiao init`: a folder from which the bot can run, and what is left to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from bot.commands.drafts import write_new
from bot.commands.trouble import Trouble
from bot.mailboxes.providers import PROVIDERS, provider_of
from bot.settings import FILE_NAME
from rules.folder.load import SHIPPED, load_campaign
from templates.deployment import Deployment, next_steps, settings_text

if TYPE_CHECKING:
    from pathlib import Path

    from rules.campaign import Campaign

SECRET = "authorisation-code"  # noqa: S105 - the name of the file


def init(folder: Path, address: str, provider: str, campaign_id: str, people: list[str]) -> int:
    """Write the settings, an empty file for the secret, and one campaign to edit."""
    source = SHIPPED / campaign_id
    if not source.is_dir():
        known = ", ".join(sorted(one.name for one in SHIPPED.iterdir() if one.is_dir()))
        raise Trouble(f"{campaign_id}: no such campaign is shipped; there are {known}")
    deployment = _deployment(load_campaign(source), address, provider, people)
    secret = folder / SECRET
    files = {
        folder / "campaigns" / campaign_id / path.relative_to(source): path.read_bytes()
        for path in sorted(source.rglob("*"))
        if path.is_file()
    }
    settings = settings_text(deployment).encode()
    write_new({folder / FILE_NAME: settings, secret: b"", **files})
    secret.chmod(0o600)
    (folder / "data").mkdir(mode=0o700, exist_ok=True)
    said = next_steps(deployment, str(folder))
    Console(highlight=False, soft_wrap=True).print(said, markup=False, end="")
    return 0


def _deployment(campaign: Campaign, address: str, provider: str, people: list[str]) -> Deployment:
    """Say whose mailbox it is: the one given, else the one that the campaign's notice prints."""
    box = (address or next(iter(campaign.file.mailboxes), "")).strip().lower()
    if "@" not in box:
        raise Trouble(f"{campaign.id} prints no mailbox: say which one with --address NAME@126.com")
    names = [one.name for one in PROVIDERS]
    if provider_of(box, provider or None) is None and provider != "custom":
        raise Trouble(
            f"{box}: its servers are not known; say whose they are with --provider "
            f"{'|'.join(names)}, or --provider custom for servers of your own"
        )
    return Deployment(
        address=box,
        provider=provider,
        coordinators=tuple(people),
        admins=tuple(people),
        password_file=SECRET,
        example=campaign.id,
        providers=PROVIDERS,
    )
