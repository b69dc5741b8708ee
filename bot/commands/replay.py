"""`shoubiao replay`: stored mails through the pure stages, with what would be answered."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.clock import SimulatedClock
from bot.commands.contract import decision_json, failed_json
from bot.commands.offices import campaigns_of
from bot.commands.screen import screen
from bot.mailboxes.breaker import Breakers
from bot.mails.answering import answer
from bot.office import Office
from bot.progress import steps
from bot.reading.children import ReadingFailed, ReadingPool
from bot.settings import Settings
from parsers.mail import Mail
from rules.decision import Decision
from rules.judging.arrival import Arrival, NoHistory
from rules.judging.judge import judge
from state.archive import Archive
from state.ledger import Ledger
from state.rows.letters import NewLetter
from state.rows.mails import ClaimedMail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from rules.campaign import Campaign
    from rules.judging.arrival import History

ZONE = "Asia/Shanghai"
NOTHING_KNOWN = NoHistory()


def replay_mails(
    mails: Sequence[Path],
    campaign: str | None,
    at: datetime | None,
    config: Path | None,
    *,
    as_json: bool,
) -> int:
    """Print each mail's decision; 0 all accepted or ignored, 1 otherwise, 2 a file is missing."""
    campaigns = campaigns_of(config, campaign)
    console = screen()
    status = 0
    with tempfile.TemporaryDirectory() as folder, stage(Path(folder), campaigns) as office:
        for number, path in enumerate(steps(mails, "Reading", quiet=as_json or len(mails) < 5), 1):
            line = _line(office, path, number, at)
            status = max(status, 2 if line.pop("missing_file", False) else _status(line))
            if as_json:
                print(json.dumps(line, ensure_ascii=False), flush=True)  # noqa: T201 - the contract
            else:
                show(console, line)
    return status


def _status(line: dict[str, Any]) -> int:
    return 0 if line["decision"] in {"accepted", "ignored"} else 1


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the pure stages made of one mail."""

    mail: Mail
    mailbox: str
    received_at: datetime
    decision: Decision
    letters: tuple[NewLetter, ...]
    notes: tuple[str, ...]


def stage(folder: Path, campaigns: tuple[Campaign, ...]) -> Office:
    """Return an office with a ledger of its own that is thrown away: nothing is remembered."""
    settings = Settings(data=folder, accounts=())
    ledger = Ledger(f"sqlite:///{folder}/ledger.db")
    ledger.migrate()
    clock = SimulatedClock(datetime(2000, 1, 1, tzinfo=UTC))
    archive = Archive(folder / "archive")
    breakers = Breakers(folder / "breakers.json")
    return Office(settings, clock, ledger, archive, campaigns, ReadingPool(1), "replay", breakers)


def _line(office: Office, path: Path, number: int, at: datetime | None) -> dict[str, Any]:
    if not path.is_file():
        return failed_json(str(path), "no such file") | {"missing_file": True}
    try:
        played = replay_mail(office, path.read_bytes(), number, at)
    except ReadingFailed as failure:
        return failed_json(str(path), f"the reader failed: {failure.cause}")
    return decision_json(str(path), played.mail, played.decision, office.campaigns, played.letters)


def replay_mail(
    office: Office, raw: bytes, number: int, at: datetime | None, history: History = NOTHING_KNOWN
) -> Replayed:
    """Read, judge and answer one mail; ReadingFailed when the reader died of it."""
    sha256 = office.archive.put(raw)
    with office.archive.local(sha256) as path:
        mail = office.pool.read(path)
    received_at = mail.received_at or _aware(at) or mail.date or datetime.now(UTC)
    office.clock = SimulatedClock(max(received_at, _aware(at) or received_at))
    mailbox = mailbox_of(mail, office.campaigns)
    decision = judge(mail, Arrival(mailbox, received_at), office.campaigns, history)
    claimed = ClaimedMail(number, sha256, mailbox, "INBOX", received_at, 1, True, None, None)  # noqa: FBT003
    letters, notes = answer(office, claimed, mail, decision)
    return Replayed(mail, mailbox, received_at, decision, letters, notes)


def _aware(at: datetime | None) -> datetime | None:
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(ZONE))).astimezone(UTC)


def mailbox_of(mail: Mail, campaigns: Sequence[Campaign]) -> str:
    """Return the collection mailbox a mail was sent to, as its headers say."""
    known = {box for campaign in campaigns for box in campaign.file.boxes}
    addressed = (party.address for party in (*mail.to, *mail.cc))
    first = next((box for campaign in campaigns for box in campaign.file.boxes), "")
    return next((a for a in addressed if a in known), first)


def show(console: Console, line: dict[str, Any]) -> None:
    """Print one decision for a person."""
    unit = line["unit"]["name"] if line["unit"] else "?"
    console.print(f"\n[bold]{line['file']}[/bold]: {line['decision']} ({line['reason']}) {unit}")
    if line["error"]:
        console.print(f"  [red]{line['error']}[/red]")
    for part in line["submissions"]:
        names = ", ".join(f["name"] for f in part["files"])
        console.print(f"  {part['campaign']}/{part['requirement']}: {part['standing']}  {names}")
        for finding in part["findings"]:
            console.print(f"    {finding['severity']}: {finding['message']}")
    for finding in line["findings"]:
        console.print(f"  {finding['severity']}: {finding['message']}")
    for letter in line["letters"]:
        console.print(f"  → {letter['kind']} to {', '.join(letter['to'])}: {letter['subject']}")
