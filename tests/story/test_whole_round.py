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


def test_a_rehearsal_sends_nothing_and_a_run_afterwards_answers_each_mail_once(stage):
    stage.post_mailbag(MAILS if FULL else 17)
    assert stage.bot.once("--rehearse") == 0
    assert stage.sink.connections == 0
    assert not stage.bot.ledger.exists()
    assert not stage.flags()
    pages = stage.bot.ledger.parent / "rehearsal" / "pages"
    shown = [path.read_bytes() for path in pages.glob("letters/*/*.eml")]
    assert stage.bot.once() == 0
    check_mails(stage)
    check_letters(stage)
    check_ledger(stage)
    assert len(shown) == len(stage.sink.accepted)
    assert (pages / "index.html").exists()
    assert not stage.flags()
