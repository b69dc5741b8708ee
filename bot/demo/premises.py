"""The demo's deployment: its folder, and the accounts its post office keeps."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from bot.commands.trouble import wrong
from bot.demo.post_office import HOST
from bot.settings import Account, Settings
from rules.folder.load import SHIPPED, load_campaigns

if TYPE_CHECKING:
    from pathlib import Path

    from bot.demo.post_office import PostOffice

WITHOUT_MAILBOX = {"2023-national": "kjhdz2023@demo.example.cn"}  # as an operator would set it
PASSWORD, MARKER = "demo-code", "season.txt"


def prepare(folder: Path) -> None:
    """Empty a folder of an earlier season; another folder that is not empty stays untouched."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise wrong("demo-folder", folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copytree(SHIPPED, folder / "campaigns")
    (folder / MARKER).write_text("made by `shoubiao demo`; a new demo empties this folder\n")


def collected_in() -> dict[str, tuple[str, ...]]:
    """Return each mailbox with the campaigns that it collects by the operator's word."""
    own: dict[str, tuple[str, ...]] = {
        box: () for campaign in load_campaigns(SHIPPED) for box in campaign.file.boxes
    }
    return own | {box: (campaign,) for campaign, box in WITHOUT_MAILBOX.items()}


def settings_for(
    folder: Path, post_office: PostOffice, mailboxes: dict[str, tuple[str, ...]]
) -> Settings:
    """Return the settings of the demo's deployment: its folder, its accounts in the post office."""
    return Settings(
        data=folder / "data",
        campaigns=folder / "campaigns",
        ledger_url=f"sqlite:///{(folder / 'data').absolute()}/ledger.db",
        accounts=tuple(_account(box, of, post_office) for box, of in mailboxes.items()),
    )


def _account(box: str, campaigns: tuple[str, ...], post_office: PostOffice) -> Account:
    return Account.model_validate(
        {
            "address": box,
            "campaigns": campaigns,
            "password": PASSWORD,
            "provider": "custom",
            "imap": {"host": HOST, "port": post_office.imap_port, "tls": "plain"},
            "smtp": {"host": HOST, "port": post_office.smtp_port, "tls": "plain"},
            "budget": {"per_hour": 500, "per_day": 2000, "per_batch": 100, "pause_seconds": 0},
        }
    )
