"""A mail that a server shows and never hands over is told of; a backlog that shrinks is not."""

from __future__ import annotations

import pytest

from bot.watch.missing import watch_missing
from tests.unit.made_office import MAILBOX, made


@pytest.fixture
def desk(tmp_path):
    with made(tmp_path) as desk:
        yield desk


def look(desk, minute, on_server):
    """Let a poll end at this minute that lists so many mails, none of which has a row."""
    desk.go(5, 8, 8 + minute // 60, minute % 60)
    desk.office.ledger.record_poll(
        MAILBOX, "INBOX", 1, range(1, on_server + 1), on_server or None, desk.clock.now()
    )
    return watch_missing(desk.office)


def open_alerts(desk):
    return [(alert.kind, alert.subject) for alert in desk.office.ledger.open_alerts()]


def test_mails_that_never_get_a_row_are_told_of_after_half_an_hour_until_they_have_one(desk):
    assert [look(desk, minute, 1) for minute in (0, 10, 29)] == [0, 0, 0]
    assert open_alerts(desk) == []
    assert [look(desk, minute, 1) for minute in (31, 45)] == [1, 1]
    assert open_alerts(desk) == [("incomplete", MAILBOX)]
    assert look(desk, 50, 0) == 0
    assert open_alerts(desk) == []


def test_a_backlog_that_gets_smaller_is_no_trouble_however_long_it_takes(desk):
    assert [look(desk, minute, 500 - minute) for minute in range(0, 200, 20)] == [0] * 10
    assert open_alerts(desk) == []


def test_new_mail_that_comes_and_is_taken_in_hides_no_mail_that_is_not(desk):
    assert [look(desk, minute, 1 + minute % 20 // 10) for minute in range(0, 30, 10)] == [0] * 3
    assert look(desk, 40, 2) == 1


def test_a_mailbox_that_is_not_looked_into_is_told_of_as_such_only(desk):
    look(desk, 0, 1)
    desk.go(5, 8, 10)
    assert watch_missing(desk.office) == 0
    assert open_alerts(desk) == []


def test_a_clock_that_was_set_back_begins_the_half_hour_anew(desk):
    desk.office.ledger.remember(f"without-row:{MAILBOX}", "2031-01-01T00:00:00+00:00 1")
    assert [look(desk, minute, 1) for minute in (0, 29)] == [0, 0]
    assert look(desk, 31, 1) == 1
