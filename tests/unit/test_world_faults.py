"""A full disk or a database that is away is the world's fault: no mail is held for it."""

from __future__ import annotations

import errno

import pytest

from bot.judging import judge_next
from bot.remembering import LedgerHistory
from parsers.identity import content_key
from state.engine import LedgerUnavailableError
from state.rows import NewArrival
from tests.unit.made_office import MAILBOX, made

RAW = b"From: who@else.example.net\r\nSubject: hello\r\nMessage-ID: <1@x>\r\n\r\nhello\r\n"


@pytest.fixture
def desk(tmp_path):
    with made(tmp_path) as office:
        now, sha = office.clock.now(), office.office.archive.put(RAW)
        arrival = NewArrival(MAILBOX, "INBOX", 1, 1, now, sha, content_key(RAW), len(RAW))
        office.office.ledger.record_arrival(arrival, now)
        yield office


@pytest.mark.parametrize(
    "fault",
    [LedgerUnavailableError("database or disk is full"), OSError(errno.EIO, "I/O error")],
    ids=["ledger", "disk"],
)
def test_a_mail_judged_while_the_disk_fails_is_judged_again_when_it_does_not(
    desk, monkeypatch, fault
):
    def broken(*_args, **_more):
        raise fault

    history = LedgerHistory(desk.office)
    with monkeypatch.context() as patched:
        patched.setattr(desk.office.ledger, "record_decision", broken)
        for _ in range(5):
            judge_next(desk.office, history, "w")
            desk.go(5, 8, 8, desk.clock.now().minute + 2)
    (row,) = desk.office.ledger.mails()
    assert (row.outcome, row.attempts) == (None, 0)
    assert judge_next(desk.office, history, "w")
    (row,) = desk.office.ledger.mails()
    assert row.outcome == "ignored"
