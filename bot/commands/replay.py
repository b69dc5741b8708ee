"""`shoubiao replay`: stored mails through the pure stages, with what would be answered."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rich.markup import escape

from bot.clock import SimulatedClock
from bot.commands.contract import decision_json, failed_json, line_of
from bot.commands.offices import campaigns_of
from bot.commands.rows import in_words
from bot.commands.screen import screen
from bot.commands.trouble import language, said
from bot.mailboxes.breaker import Breakers
from bot.mails.answering import answer
from bot.office import Office
from bot.progress import steps
from bot.reading.children import ReadingFailed, ReadingPool
from bot.settings import Settings
from bot.settings.mistakes import Mistake
from parsers.mail import Mail
from rules.decision import Decision
from rules.judging.arrival import Arrival, NoHistory
from rules.judging.judge import judge
from state.archive import Archive
from state.ledger import Ledger
from state.rows.letters import NewLetter
from state.rows.mails import ClaimedMail
from templates.terminal import Term

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
        for number, path in enumerate(steps(mails, "reading", quiet=as_json or len(mails) < 5), 1):
            line = _line(office, path, number, at)
            status = max(status, 2 if line.pop("missing_file", False) else _status(line))
            if as_json:
                print(line_of(line), flush=True)  # noqa: T201 - the contract
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
        return failed_json(str(path), Mistake("no-such-file")) | {"missing_file": True}
    try:
        played = replay_mail(office, path.read_bytes(), number, at)
    except ReadingFailed as failure:
        return failed_json(str(path), Mistake("reader-failed", {"why": failure.cause}))
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
    decision = f"{in_words('decision', line['decision'])} ({in_words('reason', line['reason'])})"
    console.print(f"\n[bold]{escape(line['file'])}[/bold]: {decision} {escape(unit)}")
    if line["error"]:
        console.print(f"  [red]{escape(line['error'].told(language()))}[/red]")
    for part in line["submissions"]:
        names = ", ".join(f["name"] for f in part["files"])
        standing = in_words("standing", part["standing"])
        owed = f"{part['campaign']}/{part['requirement']}"
        console.print(f"  {owed}: {standing}  {names}", markup=False)
        for finding in part["findings"]:
            console.print(f"    {_told(finding)}", markup=False)
    for finding in line["findings"]:
        console.print(f"  {_told(finding)}", markup=False)
    for letter in line["letters"]:
        kind, to = Term("letter_kinds", letter["kind"]), ", ".join(letter["to"])
        answer = said("to", kind=kind, to=to, subject=letter["subject"])
        console.print(f"  {answer}", markup=False)


def _told(finding: dict[str, Any]) -> str:
    return f"{in_words('severity', finding['severity'])}: {finding['message']}"
