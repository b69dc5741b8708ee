"""A full disk or a database that is away is the world's fault: no mail is held for it."""

from __future__ import annotations

import errno
import sys

import pytest

from bot.mails.judging import judge_next
from bot.mails.remembering import LedgerHistory
from bot.reading.children import ReaderNotStartedError, ReadingPool
from bot.reading.readers import watch_readers
from parsers.message.identity import content_key
from state.engine import LedgerUnavailableError
from state.objects import ArchiveUnavailableError
from state.rows.mails import NewArrival
from tests.unit.made_office import MAILBOX, made

RAW = b"From: who@else.example.net\r\nSubject: hello\r\nMessage-ID: <1@x>\r\n\r\nhello\r\n"


@pytest.fixture
def desk(tmp_path):
    with made(tmp_path) as office:
        now, sha = office.clock.now(), office.office.archive.put(RAW)
        arrival = NewArrival(MAILBOX, "INBOX", 1, 1, now, sha, content_key(RAW), len(RAW))
        office.office.ledger.record_arrivals((arrival,), now)
        yield office


@pytest.mark.parametrize(
    "fault",
    [
        LedgerUnavailableError("database or disk is full"),
        OSError(errno.EIO, "I/O error"),
        ArchiveUnavailableError("GenericError"),
    ],
    ids=["ledger", "disk", "bucket"],
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


def test_a_mail_waits_untried_while_no_reader_can_begin_and_the_operator_hears_of_it_once(
    desk, monkeypatch
):
    history, ledger = LedgerHistory(desk.office), desk.office.ledger
    with monkeypatch.context() as patched:
        patched.setattr(desk.office, "pool", ReadingPool(1, command=("/nowhere/python",)))
        for minute in range(0, 10, 2):
            desk.go(5, 8, 8, minute)
            assert not judge_next(desk.office, history, "w")
            assert not watch_readers(desk.office)
    (row,) = ledger.mails()
    assert (row.outcome, row.attempts) == (None, 0)
    assert [alert.kind for alert in ledger.open_alerts()] == ["no-readers"]
    desk.go(5, 8, 8, 12)
    assert watch_readers(desk.office)
    assert judge_next(desk.office, history, "w")
    assert ledger.mails()[0].outcome == "ignored"
    assert ledger.open_alerts() == []


def test_a_process_that_dies_before_it_answers_is_no_mails_fault(tmp_path):
    with (
        ReadingPool(1, command=(sys.executable, "-c", "raise SystemExit(3)")) as pool,
        pytest.raises(ReaderNotStartedError, match="exit 3"),
    ):
        pool.read(tmp_path / "mail.eml")
