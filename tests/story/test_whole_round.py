"""A mailbox full of all sorts of mail, worked through once by the real process."""

from __future__ import annotations

from tests.story.conftest import FULL
from tests.story.stage import check_ledger, check_letters, check_mails

MAILS = 200


def test_two_hundred_mails_are_all_decided_and_each_is_answered_once(stage):
    stage.post_mailbag(MAILS)
    assert stage.bot.once() == 0
    check_mails(stage)
    check_letters(stage)
    check_ledger(stage)
    assert not stage.flags()


def test_a_second_round_over_the_same_mailboxes_does_nothing(stage):
    stage.post_mailbag(MAILS if FULL else 34)
    assert stage.bot.once() == 0
    before = len(stage.sink.accepted), stage.bot.rows("SELECT count(*) FROM mails")
    assert stage.bot.once() == 0
    assert (len(stage.sink.accepted), stage.bot.rows("SELECT count(*) FROM mails")) == before
    check_mails(stage)


def test_a_rehearsal_writes_every_letter_and_sends_none(stage):
    stage.post_mailbag(MAILS if FULL else 51)
    assert stage.bot.once("--rehearse") == 0
    check_mails(stage)
    assert stage.sink.accepted == []
    assert stage.sink.connections == 0
    states = stage.bot.rows("SELECT state, count(*) AS n FROM letters GROUP BY state")
    answered = sum(bool(mail.answer) for mail in stage.posted)
    assert states == [{"state": "rehearsed", "n": answered}]
