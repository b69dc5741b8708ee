"""A clock that ran years ahead for a while must not leave anything waiting for those years."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import SimulatedClock
from bot.office import open_office
from bot.reminders.chasing import note_skipped
from bot.watch.setback import heed_setback
from state.rows.letters import NewLetter
from tests.unit.made_office import MAILBOX, at, made


def test_what_was_put_off_by_a_clock_years_ahead_goes_on_when_it_is_right(tmp_path):
    with made(tmp_path) as desk:
        settings, now = desk.office.settings, desk.clock.now()
        ahead = SimulatedClock(now + timedelta(days=4000))
        with open_office(settings, ahead) as wrong:
            note_skipped(wrong)
            letter = NewLetter(
                kind="receipt", subject_key="m", period="answer", account=MAILBOX,
                recipients=("a@example.cn",), message_id="<1@126.com>", subject="s", raw=b"x",
                not_before=ahead.now(), campaign=None,
            )  # fmt: skip
            wrong.ledger.record_letters([letter], ahead.now())
        assert not desk.office.ledger.letter_waits(MAILBOX, now)
        assert heed_setback(desk.office) == 1
        assert desk.office.ledger.letter_waits(MAILBOX, now)


def test_a_clock_that_goes_on_as_it_should_changes_nothing(tmp_path):
    with made(tmp_path) as desk:
        assert heed_setback(desk.office) == 0
        note_skipped(desk.office)
        desk.clock.set(at(5, 9))
        assert heed_setback(desk.office) == 0
