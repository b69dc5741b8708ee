"""One session's letters: claimed some at a time, kept together, none left claimed at the end."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.outbox.batch import AT_ONCE, FRESH
from bot.outbox.delivery import deliver
from state.rows.letters import NewLetter
from tests.unit.made_office import MAILBOX, made


@pytest.fixture
def desk(tmp_path):
    with made(tmp_path, rehearse=True) as desk:
        yield desk


def queue(desk, count, kind="receipt"):
    now = desk.clock.now()
    letters = [
        NewLetter(
            kind=kind, subject_key=str(number), period="answer", account=MAILBOX,
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


def test_letters_claimed_together_are_given_back_untried_when_the_worker_is_told_to_stop(desk):
    queue(desk, 6)
    mine, asked = account(desk, per_batch=10, pause_seconds=0), []

    def stopping():
        asked.append(states(desk))
        return len(asked) > 2  # before the first, the second, the third

    assert asyncio.run(deliver(desk.office, mine, stopping)) == 2
    assert asked[1] == asked[2] == [("sending", 1)] * AT_ONCE + [("queued", 0)] * 2
    assert states(desk) == [("rehearsed", 1)] * 2 + [("queued", 0)] * 4


def test_with_a_pause_between_letters_no_other_is_claimed_meanwhile(desk):
    queue(desk, 2)
    seen = []
    deliver_all(desk, seen, pause_seconds=3)
    assert seen[:2] == [[("queued", 0)] * 2, [("rehearsed", 1), ("queued", 0)]]
    assert seen[-1] == [("rehearsed", 1)] * 2


def test_a_letter_that_may_not_leave_twice_is_claimed_alone(desk):
    queue(desk, 2, kind="digest")
    seen = []
    deliver_all(desk, seen)
    assert [("rehearsed", 1), ("sending", 1)] in seen
    assert [("sending", 1)] * 2 not in seen
    assert seen[-1] == [("rehearsed", 1)] * 2


def test_what_a_letter_came_to_is_kept_at_once_where_letters_take_seconds(desk):
    queue(desk, 3)
    seen = []
    deliver_all(desk, seen, between=timedelta(seconds=2))
    assert seen[:3] == [
        [("queued", 0)] * 3,
        [("sending", 1)] * 3,
        [("rehearsed", 1)] * 2 + [("sending", 1)],
    ]


def test_claims_that_have_grown_old_are_given_back_and_made_anew(desk):
    queue(desk, 3)
    claims, claim = [], desk.office.ledger.claim_letters

    def claiming(*asked):
        claims.append([row.state for row in desk.office.ledger.letters()])
        return claim(*asked)

    desk.office.ledger.claim_letters = claiming
    assert deliver_all(desk, [], between=FRESH * 1.1) == 3
    assert claims[:2] == [["queued"] * 3, ["rehearsed", "queued", "queued"]]
    assert states(desk) == [("rehearsed", 1)] * 3


def deliver_all(desk, seen, between=timedelta(), pause_seconds=0):
    def stopping():
        seen.append(states(desk))
        if len(seen) > 1:
            desk.clock.sleep(between.total_seconds())
        return False

    mine = account(desk, per_batch=10, pause_seconds=pause_seconds)
    settled = asyncio.run(deliver(desk.office, mine, stopping))
    seen.append(states(desk))
    return settled
