"""One letter per occasion, sent by one worker, every try kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from state.rows.letters import Tried

ACCOUNT = "collect@example.cn"


def letter(season):
    (row,) = season.ledger.letters()
    return row


def test_a_second_letter_for_the_same_occasion_is_ignored(season):
    first = season.letter(message_id="<one@example.cn>")
    second = season.letter(message_id="<two@example.cn>", raw=b"other")
    assert len(season.ledger.record_letters([first, second], season.now)) == 1
    assert season.ledger.record_letters([second], season.now) == []
    assert letter(season).message_id == "<one@example.cn>"
    assert season.ledger.letter_raw(letter(season).id) == first.raw


def test_another_kind_or_period_is_another_occasion(season):
    made = [season.letter(kind="reminder", period=day) for day in ("2023-06-12", "2023-06-14")]
    assert len(season.ledger.record_letters([season.letter(), *made], season.now)) == 3


def test_the_claimed_letter_has_the_stored_bytes(season):
    season.queue(recipients=("b@example.cn", "c@example.cn"))
    queued = season.post()
    assert queued.raw == season.letter().raw
    assert (queued.recipients, queued.attempts) == (("b@example.cn", "c@example.cn"), 1)


def test_urgent_letters_go_first_then_the_oldest(season):
    season.queue("old", priority=5)
    season.later(minutes=1)
    season.queue("new", priority=5)
    season.queue("urgent", priority=1)
    order = [season.post(f"p{n}").message_id for n in range(3)]
    assert order == [f"<letter-{key}@example.cn>" for key in ("urgent", "old", "new")]


def test_two_workers_never_send_the_same_letter(season):
    season.queue()
    assert season.post("p1")
    assert season.post("p2") is None


def test_a_letter_waits_for_its_hour_and_its_account(season):
    season.queue(not_before=season.now + timedelta(hours=1))
    season.queue("2", account="other@example.cn")
    assert season.post() is None
    season.later(hours=1)
    assert season.post().account == ACCOUNT


def test_a_letter_is_sending_before_the_courier_connects(season):
    season.queue()
    season.post()
    assert letter(season).state == "sending"


@pytest.mark.parametrize("outcome", ["sent", "refused", "rehearsed"])
def test_a_settled_letter_never_leaves_again(season, outcome):
    sent = season.queue()
    season.post()
    assert season.ledger.record_attempt(sent, "p1", season.now, outcome, 250, "ok")
    season.later(days=1)
    assert season.post(retry_uncertain={"receipt"}) is None
    row = letter(season)
    assert (row.state, row.code, row.text) == (outcome, 250, "ok")


def test_what_a_letter_came_to_is_kept_with_the_claim_of_the_next(season):
    first, second = season.queue("1"), season.queue("2")
    season.post()
    assert season.post(tried=[Tried(first, "sent", 250, "ok")]).id == second
    assert [row.state for row in season.ledger.letters()] == ["sent", "sending"]
    assert season.post(tried=[Tried(second, "refused", 550, "no")]) is None
    assert [row.state for row in season.ledger.letters()] == ["sent", "refused"]
    assert [a.outcome for n in (first, second) for a in season.ledger.attempts_of(n)] == [
        "sent",
        "refused",
    ]


def claim(season, worker, most, *again):
    lease, mine = timedelta(minutes=15), season.letter().account
    claimed = season.ledger.claim_letters(mine, worker, season.now, lease, again, most=most)
    return [letter.id for letter in claimed]


def test_several_answers_are_claimed_together_most_urgent_first(season):
    queued = [season.queue(str(n), priority=priority) for n, priority in enumerate((30, 20, 30))]
    assert claim(season, "p1", 2, "receipt") == [queued[1], queued[0]]
    assert claim(season, "p2", 4, "receipt") == [queued[2]]
    assert {row.state for row in season.ledger.letters()} == {"sending"}


def test_of_letters_that_may_not_leave_twice_only_one_is_claimed(season):
    digest, receipt, other = (
        season.queue(str(n), kind=kind) for n, kind in enumerate(("digest", "receipt", "digest"))
    )
    assert claim(season, "p1", 4, "receipt") == [digest]
    assert claim(season, "p1", 4, "receipt") == [receipt]
    assert claim(season, "p1", 4) == [other]


def test_a_letter_that_was_left_in_doubt_is_claimed_alone(season):
    doubtful = [season.queue(str(n)) for n in range(2)]
    claim(season, "p1", 2, "receipt")
    season.ledger.lose_worker("p1", season.now)
    season.queue("fresh")
    assert claim(season, "p2", 1, "receipt") == doubtful[:1]
    assert claim(season, "p3", 4, "receipt") == [doubtful[1], doubtful[1] + 1]
    assert claim(season, "p4", 4, "receipt") == []


def test_a_deferred_letter_waits_until_its_retry_and_is_the_same(season):
    sent = season.queue()
    first = season.post()
    retry_at = season.now + timedelta(minutes=15)
    season.ledger.record_attempt(sent, "p1", season.now, "deferred", 451, "MI:SFQ", retry_at)
    assert season.post() is None
    season.later(minutes=15)
    again = season.post("p2")
    assert (again.raw, again.message_id, again.attempts) == (first.raw, first.message_id, 2)


def test_a_letter_whose_worker_was_lost_is_uncertain(season):
    sent = season.queue(kind="reminder")
    season.post()
    season.later(minutes=5)
    assert season.post("p2", retry_uncertain={"receipt"}) is None
    assert letter(season).state == "uncertain"
    (attempt,) = season.ledger.attempts_of(sent)
    assert (attempt.outcome, attempt.worker) == ("uncertain", "p1")


def test_an_uncertain_receipt_is_sent_once_more_and_then_stays(season):
    season.queue()
    first = season.post()
    season.later(minutes=5)
    again = season.post("p2", retry_uncertain={"receipt"})
    assert again.raw == first.raw
    season.ledger.record_attempt(again.id, "p2", season.now, "uncertain", None, "lost after dot")
    season.later(days=1)
    assert season.post("p3", retry_uncertain={"receipt"}) is None
    assert letter(season).state == "uncertain"


def test_the_lost_worker_may_still_say_that_it_was_sent(season):
    sent = season.queue()
    season.post("p1")
    season.later(minutes=5)
    season.post("p2")
    assert season.ledger.record_attempt(sent, "p1", season.now, "sent", 250, "ok")
    assert letter(season).state == "sent"


def test_a_try_of_a_letter_that_another_has_is_kept_but_decides_nothing(season):
    sent = season.queue()
    season.post("p1")
    season.later(minutes=5)
    season.post("p2", retry_uncertain={"receipt"})
    assert not season.ledger.record_attempt(sent, "p1", season.now, "deferred", 451, "later")
    assert letter(season).state == "sending"
    assert [a.outcome for a in season.ledger.attempts_of(sent)] == ["uncertain", "deferred"]


def test_a_released_letter_waits_and_has_not_used_up_an_attempt(season):
    sent = season.queue()
    season.post("p1")
    assert not season.ledger.release_letter(sent, "p2", season.now)
    assert season.ledger.release_letter(sent, "p1", season.now + timedelta(minutes=1))
    assert season.post() is None
    season.later(minutes=1)
    assert season.post().attempts == 1
    assert season.ledger.attempts_of(sent) == []


@pytest.mark.parametrize("stopped", ["uncertain", "refused"])
def test_a_person_can_send_a_letter_that_stopped_again_but_not_twice(season, stopped):
    sent = season.queue(kind="reminder")
    season.post()
    season.ledger.record_attempt(sent, "p1", season.now, stopped)
    assert season.post() is None
    seen = letter(season)
    season.later(minutes=1)
    assert season.ledger.resend_letters([seen], "somebody", season.now) == (sent,)
    assert season.ledger.resend_letters([seen], "another", season.now) == ()
    again = season.post()
    assert (again.id, again.raw, again.attempts) == (sent, season.letter().raw, 1)
    season.ledger.record_attempt(sent, "p1", season.now, stopped)
    assert season.ledger.resend_letters([seen], "another", season.now) == ()
    assert [row.detail for row in season.ledger.audits()] == [str(sent)]
    assert len(season.ledger.attempts_of(sent)) == 2


@pytest.mark.parametrize("state", ["sent", "deferred", "withdrawn", "rehearsed"])
def test_no_other_letter_is_sent_again_whatever_a_person_says(season, state):
    sent = season.queue()
    season.post()
    season.ledger.record_attempt(sent, "p1", season.now, state)
    assert season.ledger.resend_letters([letter(season)], "somebody", season.now) == ()
    assert season.ledger.audits() == []


def test_the_budget_counts_what_a_provider_may_have_counted(season):
    for number, outcome in enumerate(("sent", "uncertain", "refused", "deferred", "rehearsed")):
        season.queue(str(number))
        queued = season.post(f"p{number}")
        season.ledger.record_attempt(queued.id, f"p{number}", season.now, outcome)
    assert season.ledger.sent_since(ACCOUNT, season.now) == 2
    assert season.ledger.sent_since(ACCOUNT, season.later(hours=1)) == 0
    assert season.ledger.sent_since("other@example.cn", season.now - timedelta(days=1)) == 0


def test_whether_a_letter_waits_can_be_asked_before_it_is_claimed(season):
    asked = (ACCOUNT, season.now)
    assert not season.ledger.letter_waits(*asked)
    season.queue()
    assert season.ledger.letter_waits(*asked)
    assert not season.ledger.letter_waits("other@example.cn", season.now)
    season.post("p1")
    assert not season.ledger.letter_waits(*asked)
    assert season.ledger.letter_waits(ACCOUNT, season.later(hours=1))


def test_what_a_worker_that_is_gone_was_sending_is_uncertain_at_once(season):
    season.queue("1")
    season.queue("2")
    season.post("gone")
    season.post("alive")
    season.ledger.lose_worker("gone", season.now)
    states = {row.message_id: row.state for row in season.ledger.letters()}
    assert states == {"<letter-1@example.cn>": "uncertain", "<letter-2@example.cn>": "sending"}
    (lost,) = [row for row in season.ledger.letters() if row.state == "uncertain"]
    (attempt,) = season.ledger.attempts_of(lost.id)
    assert (attempt.outcome, attempt.worker) == ("uncertain", "gone")
