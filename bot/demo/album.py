"""What a season leaves behind: every letter as .eml and .html, the workbooks, index.html."""

from __future__ import annotations

import re
from collections import Counter
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from rich.table import Table

from bot.digesting import digest_view
from bot.office import local
from bot.rollup import rollup
from templates.album import AlbumLine, AlbumView, render_album

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from rich.console import Console

    from bot.office import Office
    from rules.campaign import Campaign
    from state.rows import LetterRow, MailRow


def write_album(
    folder: Path, office: Office, notes: list[tuple[datetime, str]], console: Console
) -> bool:
    """Write everything to look at and print what happened; True if the equation holds."""
    holds = True
    for campaign in office.campaigns:
        if office.writes_from(campaign) is None:
            continue
        workbook = folder / f"{campaign.id}.xlsx"
        workbook.write_bytes(rollup(office, campaign))
        lines = [*_letters(folder, office, campaign), *_mails(office, campaign)]
        view = digest_view(office, campaign)
        album = AlbumView(
            title=campaign.file.title,
            subtitle=campaign.file.document,
            progress=view.progress,
            equation=view.equation,
            workbook=workbook.name,
            lines=tuple(sorted(lines, key=lambda line: line.at)),
        )
        (folder / "index.html").write_text(render_album(album), encoding="utf-8")
        _tell(console, office, campaign, notes)
        holds = holds and view.equation.holds
    return holds


def _letters(folder: Path, office: Office, campaign: Campaign) -> list[AlbumLine]:
    letters = folder / "letters"
    letters.mkdir(exist_ok=True)
    return [
        _letter(letters, office, campaign, row)
        for row in office.ledger.letters(campaign=campaign.id)
    ]


def _letter(letters: Path, office: Office, campaign: Campaign, row: LetterRow) -> AlbumLine:
    at = local(row.created_at, campaign)
    unit = campaign.roster.get(row.unit or "")
    stem = f"{at:%m%d-%H%M}-{row.kind}-{row.unit or row.id}-{row.id}"
    raw = office.ledger.letter_raw(row.id)
    (letters / f"{stem}.eml").write_bytes(raw)
    message = message_from_bytes(raw, policy=default)
    page = message.get_body(("html",))
    if page is not None:
        (letters / f"{stem}.html").write_text(page.get_content(), encoding="utf-8")
    names = [
        re.sub(r"[\\/\x00-\x1f]", "_", n)
        for p in message.iter_attachments()
        if (n := p.get_filename())
    ]
    for part, name in zip(message.iter_attachments(), names, strict=False):
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and row.kind != "reminder":
            (letters / f"{stem}-{name}").write_bytes(content)
    who = unit.name if unit else ", ".join(row.recipients)
    return AlbumLine(at, "out", who, row.subject, f"letters/{stem}.html", row.state)


def _mails(office: Office, campaign: Campaign) -> list[AlbumLine]:
    rows = [row for row in office.ledger.mails() if row.mailbox in campaign.file.boxes]
    return [_mail(campaign, row) for row in rows]


def _mail(campaign: Campaign, row: MailRow) -> AlbumLine:
    what = row.subject or ""
    who = row.unit_name or row.sender_address or ""
    at = local(row.received_at, campaign)
    return AlbumLine(at, "in", who, what, "", row.outcome or "", row.reason or "")


def _tell(
    console: Console, office: Office, campaign: Campaign, notes: list[tuple[datetime, str]]
) -> None:
    for at, note in sorted(notes):
        console.print(f"[dim]{at:%m-%d %H:%M}[/dim]  {note}")
    kinds = Counter((row.kind, row.state) for row in office.ledger.letters(campaign=campaign.id))
    table = Table("letters", "state", "count", title=campaign.file.title, box=None)
    for (kind, state), count in sorted(kinds.items()):
        table.add_row(kind, state, str(count))
    console.print(table)
    e = office.ledger.equation()
    console.print(
        f"mails {e.arrivals} = accepted {e.accepted} + returned {e.returned}"
        f" + ignored {e.ignored} + held {e.held} (+ pending {e.pending})"
    )
