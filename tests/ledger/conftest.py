"""The databases the suite runs on, and one mail's life in few words."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rules.decision import Decision, FileRef, Submission, UnitMatch
from rules.outcome import Outcome, Standing
from state.ledger import Ledger
from state.rows.letters import NewLetter
from state.rows.mails import MailHeaders, NewArrival
from tests.servers.objects import objects
from tests.servers.postgres import create
from tests.servers.postgres import postgres as server_of_our_own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from state.objects import Bucket

MORNING = datetime(2023, 6, 1, 1, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)
MAILBOX = "collect@example.cn"


@dataclass
class Season:
    """A ledger with a clock; every method takes what differs from the ordinary case."""

    ledger: Ledger
    now: datetime = MORNING
    count: int = 0
    headers: dict[int, MailHeaders] = field(default_factory=dict)

    @staticmethod
    def submission(standing: Standing = Standing.ACCEPTED, **changes: Any) -> Submission:
        file = FileRef("统计表.docx", "0" * 64)
        plain = Submission("c", "statistics", "chifeng", "", standing, (file,))
        return replace(plain, **changes)

    def later(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now

    def arrival(self, content: str = "", **changes: Any) -> NewArrival:
        self.count += 1
        content = content or f"mail {self.count}"
        sha = hashlib.sha256(content.encode()).hexdigest()
        plain = NewArrival(MAILBOX, "INBOX", 1, self.count, self.now, sha, sha, 1000)
        return replace(plain, **changes)

    def arrive(self, content: str = "", **changes: Any) -> int:
        return self.ledger.record_arrivals((self.arrival(content, **changes),), self.now)[0].mail_id

    def claim(self, worker: str = "w1", **changes: Any):
        return self.ledger.claim_mail(worker, self.now, LEASE, **changes)

    def decide(self, mail_id: int, worker: str = "w1", *submissions: Submission, **changes: Any):
        outcome = changes.pop("outcome", Outcome.ACCEPTED)
        decision = Decision(outcome, "complete", campaign="c", submissions=submissions)
        decision = replace(decision, **changes.pop("decision", {}))
        headers = MailHeaders(f"<m{mail_id}@example.cn>", "报送", "a@example.cn", "张三")
        headers = replace(headers, **changes.pop("headers", {}))
        return self.ledger.record_decision(mail_id, worker, self.now, decision, headers, **changes)

    def submit(self, standing: Standing = Standing.ACCEPTED, **changes: Any) -> int:
        """Let a mail with one submission arrive and be decided; return the mail's id."""
        sender, by = changes.pop("sender", "a@example.cn"), changes.pop("by", "form")
        mail_id = self.arrive()
        claimed = self.claim()
        assert claimed
        assert claimed.mail_id == mail_id
        made = self.submission(standing, **changes)
        outcome = Outcome.RETURNED if standing is Standing.RETURNED else Outcome.ACCEPTED
        unit = UnitMatch(made.unit, made.unit, by)
        assert self.decide(
            mail_id,
            "w1",
            made,
            outcome=outcome,
            decision={"unit": unit},
            headers={"sender_address": sender},
        )
        return mail_id

    def letter(self, key: str = "1", **changes: Any) -> NewLetter:
        plain = NewLetter(
            kind="receipt",
            subject_key=key,
            period="",
            account=MAILBOX,
            recipients=("a@example.cn",),
            message_id=f"<letter-{key}@example.cn>",
            subject="回执",
            raw=b"Subject: x\r\n\r\nbytes \x00\xff\r\n",
            not_before=self.now,
        )
        return replace(plain, **changes)

    def queue(self, key: str = "1", **changes: Any) -> int:
        return self.ledger.record_letters([self.letter(key, **changes)], self.now)[0]

    def post(self, worker: str = "p1", **changes: Any):
        claimed = self.ledger.claim_letters(MAILBOX, worker, self.now, LEASE, **changes)
        return next(iter(claimed), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start one server for all tests of a session.

    Not under pytest's folder: whichever pytest starts next closes that to other users.
    """
    with (
        tempfile.TemporaryDirectory(prefix="postgres-") as folder,
        server_of_our_own(Path(folder)) as url,
    ):
        yield url


@pytest.fixture(scope="session")
def store() -> Iterator[Bucket]:
    """Start one S3-compatible store for all tests of a session."""
    with objects() as bucket:
        yield bucket


@pytest.fixture
def bucket(store: Bucket, tmp_path: Path) -> Bucket:
    """Each test gets a prefix of its own."""
    return replace(store, prefix=f"of/{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:16]}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path: Path) -> str:
    """Each test gets an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    server = request.getfixturevalue("postgres")
    name = f"l{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:16]}"
    return create(server, name)


@pytest.fixture
def ledger(database_url: str) -> Iterator[Ledger]:
    ledger = Ledger(database_url)
    ledger.migrate()
    yield ledger
    ledger.close()


@pytest.fixture
def season(ledger: Ledger) -> Season:
    return Season(ledger)
