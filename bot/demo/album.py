"""What a season leaves behind: mails and letters as files, a page a campaign, index.html."""

from __future__ import annotations

import re
from collections import Counter
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import TYPE_CHECKING

from rich.table import Table

from bot.office import local
from bot.reports.digesting import digest_view
from bot.reports.rollup import rollup, upward_attachments
from templates.album import AlbumLine, AlbumView, SeasonView, render_album, render_season

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from email.message import Message
    from pathlib import Path

    from rich.console import Console

    from bot.office import Office
    from rules.campaign import Campaign
    from state.rows import LetterRow, MailRow

Note = tuple[str, "datetime", str]


def write_album(folder: Path, office: Office, notes: Sequence[Note], console: Console) -> bool:
    """Write everything to look at and print what happened; True if every equation holds."""
    views = []
    for campaign in office.campaigns:
        view = _album(folder, office, campaign)
        (folder / view.page).write_text(render_album(view), encoding="utf-8")
        _tell(console, view, [(at, note) for of, at, note in notes if of == campaign.id])
        views.append(view)
    views.sort(key=lambda view: view.progress[0].due)
    (folder / "index.html").write_text(render_season(SeasonView(tuple(views))), encoding="utf-8")
    total = office.ledger.equation()
    console.print(
        f"\nall mailboxes: mails {total.arrivals} = accepted {total.accepted} + returned"
        f" {total.returned} + ignored {total.ignored} + held {total.held}"
        f" (+ pending {total.pending})"
    )
    return all(view.equation.holds for view in views)


def _album(folder: Path, office: Office, campaign: Campaign) -> AlbumView:
    workbook = folder / f"{campaign.id}.xlsx"
    workbook.write_bytes(rollup(office, campaign))
    upward = upward_attachments(office, campaign)
    for form in upward:
        (folder / f"{campaign.id}-{form.name}").write_bytes(form.data)
    lines = [*_letters(folder, office, campaign), *_mails(folder, office, campaign)]
    digest = digest_view(office, campaign, with_rollup=False)
    return AlbumView(
        campaign=campaign.file,
        page=f"{campaign.id}.html",
        units=len(campaign.roster.units),
        progress=digest.progress,
        equation=digest.equation,
        workbook=workbook.name,
        upward=f"{campaign.id}-{upward[0].name}" if upward else "",
        lines=tuple(sorted(lines, key=lambda line: line.at)),
    )


def _letters(folder: Path, office: Office, campaign: Campaign) -> Iterator[AlbumLine]:
    letters = folder / "letters" / campaign.id
    letters.mkdir(parents=True)
    for row in office.ledger.letters(campaign=campaign.id):
        yield _letter(letters, office, campaign, row)


def _letter(letters: Path, office: Office, campaign: Campaign, row: LetterRow) -> AlbumLine:
    at = local(row.created_at, campaign)
    unit = campaign.roster.get(row.unit or "")
    stem = f"{at:%m%d-%H%M}-{row.kind}-{row.unit or row.id}-{row.id}"
    raw = office.ledger.letter_raw(row.id)
    (letters / f"{stem}.eml").write_bytes(raw)
    for part in message_from_bytes(raw).walk():
        _write_part(letters, stem, part, keep=row.kind != "reminder")
    who = unit.name if unit else ", ".join(row.recipients)
    href = f"letters/{campaign.id}/{stem}.html"
    return AlbumLine(at, "out", who, row.subject, href, row.state, kind=row.kind)


def _write_part(letters: Path, stem: str, part: Message, *, keep: bool) -> None:
    """Write a letter's page, and what is attached to it where it is not a mere blank."""
    content = part.get_payload(decode=True)
    name = part.get_filename()
    if not isinstance(content, bytes):
        return
    if name is None and part.get_content_type() == "text/html":
        (letters / f"{stem}.html").write_bytes(content)
    elif name is not None and keep:
        plain = re.sub(r"[\\/\x00-\x1f]", "_", str(make_header(decode_header(name))))
        (letters / f"{stem}-{plain}").write_bytes(content)


def _mails(folder: Path, office: Office, campaign: Campaign) -> Iterator[AlbumLine]:
    mails = folder / "mails" / campaign.id
    mails.mkdir(parents=True)
    for row in office.ledger.mails():
        if row.mailbox in campaign.file.boxes:
            yield _mail(mails, office, campaign, row)


def _mail(mails: Path, office: Office, campaign: Campaign, row: MailRow) -> AlbumLine:
    at = local(row.received_at, campaign)
    name = f"{at:%m%d-%H%M}-{row.id}.eml"
    (mails / name).write_bytes(office.archive.get(row.raw_sha256))
    who = row.unit_name or row.sender_address or ""
    href = f"mails/{campaign.id}/{name}"
    return AlbumLine(
        at, "in", who, row.subject or "", href, row.outcome or "", row.reason or ""
    )  # fmt: skip


def _tell(console: Console, view: AlbumView, notes: Sequence[tuple[datetime, str]]) -> None:
    """Print a campaign's season: what people did, which letters left, and the equation."""
    console.rule(view.campaign.id)
    for at, note in sorted(notes):
        console.print(f"[dim]{at:%m-%d %H:%M}[/dim]  {note}", highlight=False)
    kinds = Counter((line.kind, line.end) for line in view.lines if line.way == "out")
    table = Table("letters", "state", "count", title=view.campaign.title, box=None)
    for (kind, state), count in sorted(kinds.items()):
        table.add_row(kind, state, str(count))
    console.print(table)
    e = view.equation
    console.print(
        f"{view.campaign.id}: mails {e.mails} = accepted {e.accepted} + returned {e.returned}"
        f" + ignored {e.ignored} + held {e.held} (+ pending {e.waiting})",
        soft_wrap=True,
    )
