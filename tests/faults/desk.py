"""A worker in this process, between scripted servers, with a clock that moves only when told."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from bot.clock import SimulatedClock
from bot.office import open_office
from bot.settings import Account, Settings
from bot.worker import Worker
from state.rows.letters import NewLetter
from tests.faults.database import fresh_ledger

START = datetime(2023, 6, 5, 4, tzinfo=UTC)
US = "collect@126.example.cn"
SECOND = "other@qq.example.cn"
ADMIN = "operator@example.cn"


class Desk:
    """One worker and the short words that fault tests need."""

    def __init__(self, office, clock):
        self.office, self.clock = office, clock
        self.worker = Worker(office)
        self.ledger = office.ledger

    def accounts(self):
        return self.office.settings.accounts

    def queue(self, name, kind="receipt", account=US, to=("unit@example.cn",), **more):
        """Queue one letter and return its Message-ID."""
        now, message_id = self.clock.now(), f"<{kind}.{name}@126.example.cn>"
        raw = f"Message-ID: {message_id}\r\nSubject: {name}\r\n\r\nText {name}\r\n".encode()
        given = {"priority": 3, "not_before": now, "created_at": now} | more
        letter = NewLetter(
            kind=kind, subject_key=name, period="p", account=account, recipients=to,
            message_id=message_id, subject=name, raw=raw, **given,
        )  # fmt: skip
        assert self.ledger.record_letters([letter], now)
        return message_id

    def send(self):
        """Let every account's sender have its turn once."""
        for account in self.accounts():
            if account.smtp:
                self.worker.send(account)

    def send_for(self, hours, every_minutes=5):
        """Let the senders have a turn every few minutes for so long."""
        for _ in range(int(hours * 60 / every_minutes)):
            self.send()
            self.clock.advance(timedelta(minutes=every_minutes))

    def states(self):
        return {row.message_id: row.state for row in self.ledger.letters()}

    def log_of(self, message_id):
        """Return what came of each try of one letter."""
        (row,) = [row for row in self.ledger.letters() if row.message_id == message_id]
        return [one.outcome for one in self.ledger.attempts_of(row.id)]


@contextmanager
def desk(*accounts, campaigns=None, start=START, **settings):
    """Open a desk in a folder of its own; without campaigns unless "shipped" or a folder."""
    with tempfile.TemporaryDirectory(prefix="desk-") as name, fresh_ledger(Path(name)) as url:
        folder = Path(name)
        (folder / "none").mkdir()
        given = {
            "data": folder, "accounts": accounts, "ledger_url": url,
            "admin": (ADMIN,), "campaigns": campaigns or folder / "none",
        }  # fmt: skip
        if campaigns == "shipped":
            given["campaigns"] = None
        clock = SimulatedClock(start)
        with open_office(Settings(**given | settings), clock) as office:
            opened = Desk(office, clock)
            try:
                yield opened
            finally:
                opened.worker.close()


def account(address=US, imap=None, smtp=None, **more):
    """Return an account of scripted servers; one without IMAP reads an empty Maildir."""
    given = {"address": address, "provider": "custom", "password": "invented-code"}
    if imap is None:
        given |= {"kind": "maildir", "maildir": _empty_maildir()}
    else:
        given["imap"] = {"host": "127.0.0.1", "port": imap, "tls": "plain"}
    if smtp is not None:
        given["smtp"] = {"host": "127.0.0.1", "port": smtp, "tls": "plain"}
    budget = {"per_hour": 1000, "per_day": 10_000, "per_batch": 20, "pause_seconds": 0}
    return Account.model_validate(given | {"budget": budget} | more)


@lru_cache(maxsize=1)
def _empty_maildir():
    folder = Path(tempfile.mkdtemp(prefix="maildir-"))
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir()
    return str(folder)
