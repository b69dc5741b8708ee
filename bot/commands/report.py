"""`shoubiao report`: one page a campaign that needs no server and no network to be looked at."""

from __future__ import annotations

from email import message_from_bytes
from typing import TYPE_CHECKING

from rich.console import Console

from bot.clock import local
from bot.commands.offices import campaign_named, office_of
from bot.progress import steps
from bot.reports.overview import equation
from bot.reports.rollup import rollup_view
from templates.album import AlbumLine
from templates.chronicle import ChronicleView, render_chronicle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.office import Office
    from rules.campaign import Campaign


def write_report(folder: Path, campaign_id: str | None, config: Path) -> int:
    """Write a page for each campaign, or for one."""
    console = Console(highlight=False, soft_wrap=True)
    with office_of(config) as office:
        chosen = (
            [campaign_named(office.campaigns, campaign_id)] if campaign_id else office.campaigns
        )
        folder.mkdir(parents=True, exist_ok=True)
        for campaign in steps(chosen, "writing-pages"):
            page = folder / f"{campaign.id}.html"
            page.write_text(chronicle(office, campaign), encoding="utf-8")
            console.print(str(page), markup=False)
    return 0


def chronicle(office: Office, campaign: Campaign) -> str:
    """Return a campaign's page as of now."""
    view = ChronicleView(
        rollup=rollup_view(office, campaign),
        equation=equation(office, campaign),
        lines=(*_mails(office, campaign), *_letters(office, campaign)),
    )
    return render_chronicle(view)


def _mails(office: Office, campaign: Campaign) -> Iterator[AlbumLine]:
    for row in office.ledger.mails():
        if row.mailbox not in campaign.file.boxes:
            continue
        mine = row.campaign in {None, campaign.id}
        yield AlbumLine(
            at=local(row.received_at, campaign),
            way="in",
            unit=(row.unit or "") if mine else "",
            who=row.unit_name or row.sender_name or row.sender_address or "",
            what=row.subject or "",
            end=row.outcome or "",
            reason=row.reason or "",
            number=str(row.id),
        )


def _letters(office: Office, campaign: Campaign) -> Iterator[AlbumLine]:
    for row in office.ledger.letters(campaign=campaign.id):
        yield AlbumLine(
            at=local(row.created_at, campaign),
            way="out",
            unit=row.unit or "",
            who="、".join(row.recipients),
            what=row.subject,
            end=row.state,
            text=_text(office.ledger.letter_raw(row.id)),
        )


def _text(raw: bytes) -> str:
    """Return what a letter of ours says; the old policy, because it is five times faster."""
    for part in message_from_bytes(raw).walk():
        if part.get_content_type() == "text/plain":
            return bytes(part.get_payload(decode=True)).decode("utf-8", "replace").strip()
    return ""
