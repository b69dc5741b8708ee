"""One session's letters: the next is claimed with what came of the last, and never kept."""

from __future__ import annotations

import asyncio

import pytest

from bot.outbox.delivery import deliver
from state.rows.letters import NewLetter
from tests.unit.made_office import MAILBOX, made


@pytest.fixture
def desk(tmp_path):
    with made(tmp_path, rehearse=True) as desk:
        yield desk


def queue(desk, count):
    now = desk.clock.now()
    letters = [
        NewLetter(
            kind="receipt", subject_key=str(number), period="answer", account=MAILBOX,
            recipients=("a@example.cn",), message_id=f"<{number}@example.cn>", subject="回执",
            raw=b"Subject: x\r\n\r\n", not_before=now,
        )
        for number in range(count)
    ]  # fmt: skip
    desk.office.ledger.record_letters(letters, now)


def states(desk):
    return [(row.state, row.attempts) for row in desk.office.ledger.letters()]


def account(desk, **budget):
    (one,) = desk.office.settings.accounts
    return one.model_copy(update={"budget": one.budget.model_copy(update=budget)})


@pytest.mark.parametrize("pause", [0, 3])
def test_a_batch_sends_as_many_as_its_budget_says_and_holds_no_other(desk, pause):
    queue(desk, 4)
    mine = account(desk, per_batch=3, pause_seconds=pause)
    assert asyncio.run(deliver(desk.office, mine)) == 3
    assert states(desk) == [("rehearsed", 1)] * 3 + [("queued", 0)]
    assert asyncio.run(deliver(desk.office, mine)) == 1
    assert states(desk) == [("rehearsed", 1)] * 4


def test_a_letter_claimed_ahead_is_given_back_untried_when_the_worker_is_told_to_stop(desk):
    queue(desk, 3)
    claimed_ahead = [("rehearsed", 1), ("sending", 1), ("queued", 0)]
    mine, asked = account(desk, per_batch=10, pause_seconds=0), []

    def stopping():
        asked.append(states(desk))
        return asked[-1] == claimed_ahead

    assert asyncio.run(deliver(desk.office, mine, stopping)) == 1
    assert claimed_ahead in asked
    assert states(desk) == [("rehearsed", 1), ("queued", 0), ("queued", 0)]
