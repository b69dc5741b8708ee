"""An order is carried out once, whole, with the mail that gave it, and taken back whole."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from rules.outcome import Outcome
from rules.rosters.amending import Amendment, Change
from state.refused import ActRefusedError
from state.rows.acts import Amend, NewAct, Pause, Reopen, Resume, Settle, Undo, Withdraw

BOSS = "kepu@example.cn"
EXEMPT = Amendment("c", "u1", Change.EXEMPT, "statistics")


def act(code, *effects, verb="exempt"):
    return NewAct(BOSS, "c", verb, f"{verb} {code}", code, effects)


def order(season, new, worker="w1"):
    """Let a mail come in that orders something; return its number."""
    number = season.arrive()
    assert season.claim(worker).mail_id == number
    done = {"outcome": Outcome.IGNORED, "act": new}
    assert season.decide(number, worker, **done)
    return number


def test_an_order_is_in_force_with_the_decision_on_its_mail(season):
    number = order(season, act("A", Amend((EXEMPT,))))
    assert season.ledger.amendments("c") == (EXEMPT,)
    assert season.ledger.amendments("d") == ()
    done = season.ledger.act_of_code("A")
    assert (done.mail_id, done.actor, done.said) == (number, BOSS, "exempt A")
    assert season.ledger.act_of_mail(number) == done
    assert season.ledger.acts("c") == [done]
    (audit,) = season.ledger.audits()
    assert (audit.actor, audit.action) == (BOSS, "command-exempt")


def test_a_code_is_spent_once_and_the_mail_that_brings_it_again_stays_undecided(season):
    order(season, act("A", Amend((EXEMPT,))))
    number = season.arrive()
    season.claim()
    with pytest.raises(ActRefusedError, match="spent"):
        season.decide(number, act=act("A", Pause("c")), outcome=Outcome.IGNORED)
    assert season.ledger.mail(number).outcome is None
    assert season.ledger.paused("c") == {}


def test_of_two_workers_with_the_same_code_one_carries_it_out(season):
    numbers = [season.arrive(), season.arrive()]
    workers = [f"w{n}" for n in range(2)]
    claimed = {worker: season.claim(worker).mail_id for worker in workers}
    assert sorted(claimed.values()) == sorted(numbers)
    came = []

    def carry_out(worker):
        try:
            new = act("A", Amend((EXEMPT,)))
            season.decide(claimed[worker], worker, outcome=Outcome.IGNORED, act=new)
            came.append("done")
        except ActRefusedError as refused:
            came.append(refused.reason)

    threads = [threading.Thread(target=carry_out, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["done", "spent"]
    assert season.ledger.amendments("c") == (EXEMPT,)


def test_one_effect_that_does_not_fit_leaves_nothing_of_the_order(season):
    number = season.arrive()
    season.claim()
    new = act("A", Amend((EXEMPT,)), Resume("c"))
    with pytest.raises(ActRefusedError, match="not-paused"):
        season.decide(number, act=new, outcome=Outcome.IGNORED)
    assert season.ledger.amendments("c") == ()
    assert season.ledger.act_of_code("A") is None


def test_the_last_word_about_the_same_thing_counts_and_undoing_it_brings_back_the_one_before(
    season,
):
    first = Amendment("c", "u1", Change.EXTENDED, "statistics", "2023-06-20")
    second = Amendment("c", "u1", Change.EXTENDED, "statistics", "2023-06-25")
    order(season, act("A", Amend((first, EXEMPT))))
    number = order(season, act("B", Amend((second,))))
    assert set(season.ledger.amendments("c")) == {EXEMPT, second}
    done = season.ledger.act_of_mail(number)
    order(season, act("C", Undo(done.id), verb="undo"))
    assert set(season.ledger.amendments("c")) == {EXEMPT, first}
    assert season.ledger.act_of_code("B").undone_by == season.ledger.act_of_code("C").id


def test_orders_undone_out_of_order_do_not_bring_back_what_was_undone(season):
    first = Amendment("c", "u1", Change.EXTENDED, "statistics", "2023-06-20")
    second = Amendment("c", "u1", Change.EXTENDED, "statistics", "2023-06-25")
    order(season, act("A", Amend((first,))))
    order(season, act("B", Amend((second,))))
    for code in "AB":
        done = season.ledger.act_of_code(code)
        order(season, act(f"undo-{code}", Undo(done.id), verb="undo"))
    assert season.ledger.amendments("c") == ()


def test_undoing_is_refused_twice_and_of_itself(season):
    order(season, act("A", Pause("c")))
    done = season.ledger.act_of_code("A")
    order(season, act("B", Undo(done.id), verb="undo"))
    number = season.arrive()
    season.claim()
    for undone, reason in ((done.id, "undone"), (done.id + 1, "final"), (99, "unknown")):
        with pytest.raises(ActRefusedError, match=reason):
            season.decide(number, outcome=Outcome.IGNORED, act=act("C", Undo(undone), verb="undo"))


def test_a_held_mail_that_is_called_dealt_with_is_put_back_as_it_was(season):
    mail = season.arrive()
    season.claim()
    season.decide(mail, outcome=Outcome.HELD, decision={"reason": "message-for-a-person"})
    before = season.ledger.mail(mail)
    order(season, act("A", Settle(mail), verb="settle"))
    row = season.ledger.mail(mail)
    assert (row.outcome, row.reason) == (Outcome.IGNORED, "handled")
    assert season.ledger.equation().complete
    with pytest.raises(ActRefusedError, match="not-held"):
        order(season, act("B", Settle(mail), verb="settle"))
    order(season, act("C", Undo(season.ledger.act_of_code("A").id), verb="undo"), "w2")
    assert season.ledger.mail(mail) == before


def test_a_reopened_mail_is_put_back_as_it_was_but_not_while_it_is_read(season):
    mail = season.submit()
    before = season.ledger.mail(mail)
    (version,) = season.ledger.submissions("c")
    order(season, act("A", Reopen(mail, "c", "other"), verb="claim"))
    assert season.ledger.submissions("c") == []
    assert season.ledger.mail(mail).assigned_unit == "other"
    number = season.arrive()
    assert season.claim("reader").mail_id == mail
    assert season.claim().mail_id == number
    done = season.ledger.act_of_code("A")
    undo = act("B", Undo(done.id), verb="undo")
    with pytest.raises(ActRefusedError, match="busy"):
        season.decide(number, act=undo, outcome=Outcome.IGNORED)
    season.ledger.release_mail(mail, "reader")
    assert season.decide(number, act=undo, outcome=Outcome.IGNORED)
    assert season.ledger.mail(mail) == replace(before, attempts=0)
    assert season.ledger.submissions("c") == [version]


def test_a_withdrawn_version_is_put_back_and_the_mark_of_the_roll_up_tells_each_state(season):
    season.submit()
    marks = [season.ledger.submissions_mark("c")]
    (version,) = season.ledger.submissions("c")
    order(season, act("A", Withdraw((version.id,)), verb="withdraw"))
    marks.append(season.ledger.submissions_mark("c"))
    done = season.ledger.act_of_code("A")
    order(season, act("B", Undo(done.id), verb="undo"))
    assert season.ledger.submissions("c") == [version]
    assert marks[0] != marks[1]
    assert season.ledger.submissions_mark("c") == marks[0]


def test_letters_to_units_wait_while_their_campaign_is_paused(season):
    season.queue("1", campaign="c")
    season.queue("2", campaign="d")
    season.queue("3", campaign="c", kind="digest")
    order(season, act("A", Pause("c")))
    order(season, act("B", Pause("d", "u1")))
    assert list(season.ledger.paused("c")) == [""]
    assert list(season.ledger.paused("d")) == ["u1"]
    sent = [season.post().id, season.post().id]
    assert season.post() is None
    assert not season.ledger.letter_waits("collect@example.cn", season.now)
    order(season, act("C", Resume("c")))
    assert season.post().id not in sent


def test_a_purge_leaves_what_was_ordered_but_not_by_whom(season):
    address = Amendment("c", "u1", Change.ADDRESS, value="a@example.cn")
    order(season, act("A", Amend((EXEMPT, address))))
    day = timedelta(days=1)
    season.ledger.purge("c", (), season.now - day, season.now + day, "op", season.now)
    (done,) = season.ledger.acts("c")
    assert (done.actor, done.said) == ("", "exempt A")
    assert season.ledger.amendments("c") == (EXEMPT,)
    assert {a.actor for a in season.ledger.audits()} == {"", "op"}
