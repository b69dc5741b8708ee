"""An office on a temporary ledger with the shipped campaign and a clock that is set by hand."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.clock import SimulatedClock
from bot.office import Office, open_office
from bot.settings import Account, Settings
from rules.decision import Decision, FileRef, Submission, UnitMatch
from rules.outcome import Outcome, Standing
from state.rows.mails import MailHeaders, NewArrival

if TYPE_CHECKING:
    from pathlib import Path

ZONE = ZoneInfo("Asia/Shanghai")
CAMPAIGN = "2023-neimenggu"
MAILBOX = "nmkepu@126.com"


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=ZONE)


@dataclass
class Made:
    """An office and the short words its tests need."""

    office: Office
    clock: SimulatedClock
    count: int = 0

    def go(self, *when: int) -> None:
        self.clock.set(at(*when))

    def submit(self, unit: str, requirement: str, standing: Standing = Standing.ACCEPTED) -> int:
        """Let a decided mail of a unit stand in the ledger."""
        self.count += 1
        ledger, now = self.office.ledger, self.clock.now()
        sha = f"{self.count:064x}"
        arrival = NewArrival(MAILBOX, "INBOX", 1, self.count, now, sha, sha, 1)
        mail = ledger.record_arrivals((arrival,), now)[0].mail_id
        assert ledger.claim_mail("w", now, self.lease)
        file = FileRef("x.docx", sha)
        submission = Submission(CAMPAIGN, requirement, unit, "", standing, (file,))
        outcome = Outcome.RETURNED if standing is Standing.RETURNED else Outcome.ACCEPTED
        match = UnitMatch(unit, unit, "form")
        decision = Decision(outcome, "complete", CAMPAIGN, match, (submission,))
        headers = MailHeaders(f"<{self.count}@example.cn>", "报送", f"{unit}@kepu.example.cn")
        assert ledger.record_decision(mail, "w", now, decision, headers)
        return mail

    @property
    def lease(self):
        from bot.office import LEASE

        return LEASE

    def letters(self, kind: str, **equal: Any):
        return self.office.ledger.letters(kind=kind, **equal)

    def text(self, letter_id: int) -> str:
        message = message_from_bytes(self.office.ledger.letter_raw(letter_id), policy=default)
        body = message.get_body(("plain",))
        assert body is not None
        return body.get_content()


@contextmanager
def made(folder: Path, **changes: Any):
    account = Account.model_validate(
        {
            "address": MAILBOX,
            "provider": "custom",
            "kind": "maildir",
            "maildir": str(folder / "maildir"),
        }
    )
    settings = Settings(
        data=folder, ledger_url=f"sqlite:///{folder}/ledger.db", accounts=(account,), **changes
    )
    clock = SimulatedClock(at(5, 8, 8))
    with open_office(settings, clock) as office:
        yield Made(office, clock)
