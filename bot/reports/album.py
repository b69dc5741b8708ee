"""An album to look at: mails and letters as files, a page a campaign, index.html."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import TYPE_CHECKING

from bot.clock import local
from bot.reports.digesting import digest_view
from bot.reports.rollup import rollup, upward_attachments
from templates.album import AlbumLine, AlbumView, SeasonView, render_album, render_season

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

    from bot.office import Office
    from rules.campaign import Campaign
    from state.rows.letters import LetterRow
    from state.rows.mails import MailRow


def write_album(folder: Path, office: Office, *, rehearsed: bool = False) -> tuple[AlbumView, ...]:
    """Write everything to look at, what is there already left as it is; return the pages' views."""
    folder.mkdir(parents=True, exist_ok=True)
    views = []
    for campaign in office.campaigns:
        view = _album(folder, office, campaign)
        (folder / view.page).write_text(render_album(view), encoding="utf-8")
        views.append(view)
    views.sort(key=lambda view: view.progress[0].due)
    page = render_season(SeasonView(tuple(views), rehearsed))
    (folder / "index.html").write_text(page, encoding="utf-8")
    return tuple(views)


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
    letters.mkdir(parents=True, exist_ok=True)
    for row in office.ledger.letters(campaign=campaign.id):
        yield _letter(letters, office, campaign, row)


def _letter(letters: Path, office: Office, campaign: Campaign, row: LetterRow) -> AlbumLine:
    at = local(row.created_at, campaign)
    unit = campaign.roster.get(row.unit or "")
    stem = f"{at:%m%d-%H%M}-{row.kind}-{row.unit or row.id}-{row.id}"
    if not (letters / f"{stem}.eml").exists():
        raw = office.ledger.letter_raw(row.id)
        for part in message_from_bytes(raw).walk():
            _write_part(letters, stem, part, keep=row.kind != "reminder")
        (letters / f"{stem}.eml").write_bytes(raw)
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
    mails.mkdir(parents=True, exist_ok=True)
    for row in office.ledger.mails():
        if row.mailbox in campaign.file.boxes:
            yield _mail(mails, office, campaign, row)


def _mail(mails: Path, office: Office, campaign: Campaign, row: MailRow) -> AlbumLine:
    at = local(row.received_at, campaign)
    name = f"{at:%m%d-%H%M}-{row.id}.eml"
    if not (mails / name).exists():
        (mails / name).write_bytes(office.archive.get(row.raw_sha256))
    who = row.unit_name or row.sender_address or ""
    href = f"mails/{campaign.id}/{name}"
    return AlbumLine(
        at, "in", who, row.subject or "", href, row.outcome or "", row.reason or ""
    )  # fmt: skip
