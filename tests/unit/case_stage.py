"""How a case is played: its mails through the stages of `shoubiao replay`, in order, remembered.

A case's folder has mail.eml; before-1.eml and so on, if earlier mails matter; roster.json, if
the roster differs: {"extended": {unit: {requirement: day}}}.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.contract import decision_json
from bot.commands.replay import Replayed, replay_mail, stage
from bot.mails.judging import files_of, headers_of
from bot.mails.remembering import LedgerHistory
from bot.office import LEASE, Office
from parsers.message.identity import content_key
from rules.folder.load import SHIPPED, load_campaigns
from rules.roster import Roster
from state.rows.mails import NewArrival

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.reading.children import ReadingPool
    from rules.campaign import Campaign
    from state.rows.letters import NewLetter

CASES = Path(__file__).parents[1] / "cases"


@contextmanager
def staged(pool: ReadingPool, case: Path) -> Iterator[Office]:
    """Open an office whose ledger knows nothing yet, for one case."""
    with tempfile.TemporaryDirectory() as folder:
        office = stage(Path(folder), campaigns_for(case))
        office.pool.close()
        office.pool = pool
        try:
            yield office
        finally:
            office.ledger.close()


def campaigns_for(case: Path) -> tuple[Campaign, ...]:
    campaigns = tuple(load_campaigns(SHIPPED))
    changes = case / "roster.json"
    if changes.exists():
        extended = json.loads(changes.read_text(encoding="utf-8"))["extended"]
        for campaign in campaigns:
            campaign.roster = _extended(campaign.roster, extended)
    return campaigns


def _extended(roster: Roster, extended: dict[str, dict[str, str]]) -> Roster:
    days = {
        unit: {key: date.fromisoformat(day) for key, day in keys.items()}
        for unit, keys in extended.items()
    }
    return Roster(tuple(replace(u, extended=days.get(u.id, u.extended)) for u in roster.units))


def play(office: Office, mails: Sequence[bytes]) -> Replayed:
    """Play mails in order, remembering each but the last; return the last."""
    for number, raw in enumerate(mails[:-1], start=1):
        played = replay_mail(office, raw, number, None, LedgerHistory(office))
        _remember(office, raw, played)
    return replay_mail(office, mails[-1], len(mails), None, LedgerHistory(office))


def _remember(office: Office, raw: bytes, played: Replayed) -> None:
    now = office.clock.now()
    arrival = NewArrival(
        mailbox=played.mailbox,
        folder="INBOX",
        uidvalidity=1,
        uid=len(office.ledger.mails()) + 1,
        received_at=played.received_at,
        raw_sha256=office.archive.put(raw),
        content_key=content_key(raw),
        size=len(raw),
        answerable=True,
    )
    office.ledger.record_arrivals((arrival,), now)
    claimed = office.ledger.claim_mail("cases", now, LEASE)
    assert claimed is not None
    recorded = office.ledger.record_decision(
        claimed.mail_id,
        "cases",
        now,
        played.decision,
        headers_of(played.mail),
        played.letters,
        files_of(played.mail),
        played.notes,
    )
    assert recorded


def play_case(pool: ReadingPool, case: Path) -> tuple[str, str]:
    """Return what expected.json and letter.txt should say."""
    before = sorted(case.glob("before-*.eml"))
    with staged(pool, case) as office:
        played = play(office, [path.read_bytes() for path in (*before, case / "mail.eml")])
        line = decision_json(
            "mail.eml", played.mail, played.decision, office.campaigns, played.letters
        )
    told = json.dumps(line, ensure_ascii=False, indent=1) + "\n"
    return told, "".join(letter_text(letter) for letter in played.letters)


def letter_text(letter: NewLetter) -> str:
    """Return a letter as its reader sees it: recipient, subject, attachments, plain text."""
    message = message_from_bytes(letter.raw, policy=policy.default)
    names = [part.get_filename() for part in message.iter_attachments()]
    body = message.get_body(("plain",))
    head = [f"收件人：{', '.join(letter.recipients)}", f"主题：{letter.subject}"]
    head += [f"附件：{name}" for name in names]
    return "\n".join([*head, "", body.get_content().replace("\r\n", "\n").rstrip()]) + "\n"
