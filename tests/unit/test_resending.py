"""An operator sends letters again that stopped: only on purpose, only once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from state.rows.letters import NewLetter
from tests.unit.operated import MAILBOX, THEN, Operated

RAW = b"Subject: x\r\n\r\nbytes\r\n"
LEASE = timedelta(minutes=5)


@pytest.fixture
def bot(tmp_path):
    return Operated(tmp_path)


def stopped(bot, state, text="User unknown"):
    """Let a letter be written and tried; return its number."""
    with bot.office() as office:
        new = NewLetter(
            kind="reminder", subject_key="1", period="", account=MAILBOX, subject="提醒",
            recipients=("kjj@chifeng.example.cn",), message_id="<1@example.cn>", raw=RAW,
            not_before=THEN,
        )  # fmt: skip
        (number,) = office.ledger.record_letters([new], THEN)
        office.ledger.claim_letters(MAILBOX, "w", THEN, LEASE)
        office.ledger.record_attempt(number, "w", THEN, state, 550, text)
    return number


def letter(bot):
    with bot.office() as office:
        (row,) = office.ledger.letters()
        return row


@pytest.mark.parametrize("state", ["refused", "uncertain"])
def test_a_letter_that_stopped_is_sent_again_when_a_person_says_so(bot, state):
    number = stopped(bot, state)
    status, said, _ = bot.asks("outbox", "retry", number, "--yes")
    assert (status, said) == (0, [{"letter": number, "done": "queued"}])
    assert letter(bot).state == "queued"
    with bot.office() as office:
        assert [(a.action, a.detail) for a in office.ledger.audits()] == [
            ("resend-letters", str(number))
        ]
        [claimed] = office.ledger.claim_letters(MAILBOX, "w", office.clock.now(), LEASE)
        assert claimed.raw == RAW


def test_where_nobody_can_be_asked_nothing_is_sent_without_a_yes(bot):
    number = stopped(bot, "uncertain")
    status, out, err = bot.says("outbox", "retry", number)
    assert (status, out) == (2, "")
    for told in ("kjj@chifeng.example.cn", "550 User unknown", "may have arrived", "--yes"):
        assert told in err, told
    assert letter(bot).state == "uncertain"


def test_a_letter_that_left_or_waits_is_not_sent_again(bot):
    number = stopped(bot, "sent", "ok")
    status, _, err = bot.says("outbox", "retry", number, "--yes")
    assert (status, f"letter {number} is sent" in err) == (2, True)
    assert bot.says("outbox", "retry", 99, "--yes")[0] == 2
    assert bot.says("outbox", "retry")[0] == 2
    assert letter(bot).state == "sent"


def test_a_letter_says_when_it_was_tried_and_what_the_server_answered(bot):
    number = stopped(bot, "refused")
    _, (told,), _ = bot.asks("outbox", "show", number)
    assert told["state"] == "refused"
    assert told["tries"] == [f"{THEN:%Y-%m-%d %H:%M} UTC refused 550 User unknown"]
