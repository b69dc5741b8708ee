"""A reader claims its next mail as it ends one: each is read once, none is kept by who stops."""

from __future__ import annotations

import pytest

from bot.mails.ahead import Ahead
from bot.mails.judging import judge_next
from bot.mails.remembering import LedgerHistory
from parsers.message.identity import content_key
from state.rows.mails import NewArrival
from tests.unit.made_office import MAILBOX, made

RAW = b"From: who@else.example.net\r\nSubject: %d\r\nMessage-ID: <%d@x>\r\n\r\nhello\r\n"


@pytest.fixture
def office(tmp_path):
    """Let three mails wait in an office."""
    with made(tmp_path) as desk:
        office, now = desk.office, desk.clock.now()
        for number in range(3):
            raw = RAW % (number, number)
            sha, key = office.archive.put(raw), content_key(raw)
            arrival = NewArrival(MAILBOX, "INBOX", 1, number + 1, now, sha, key, len(raw))
            office.ledger.record_arrivals((arrival,), now)
        yield office


def tries(office):
    return [(row.outcome, row.attempts) for row in office.ledger.mails()]


def test_every_mail_is_read_once(office):
    history, ahead = LedgerHistory(office), Ahead(lambda: True)
    while judge_next(office, history, "w", ahead=ahead):
        pass
    assert tries(office) == [("ignored", 1)] * 3
    assert ahead.mail is None


def test_who_stops_gives_back_what_was_claimed_and_it_does_not_count(office):
    history, ahead = LedgerHistory(office), Ahead(lambda: True)
    assert judge_next(office, history, "w", ahead=ahead)
    assert tries(office) == [("ignored", 1), (None, 1), (None, 0)]
    ahead.give_back(office, "w")
    assert tries(office) == [("ignored", 1), (None, 0), (None, 0)]
    assert judge_next(office, history, "other")


def test_who_will_not_go_on_claims_nothing(office):
    ahead = Ahead(lambda: False)
    assert judge_next(office, LedgerHistory(office), "w", ahead=ahead)
    assert ahead.mail is None
    assert tries(office) == [("ignored", 1), (None, 0), (None, 0)]
