"""A mail is read by one worker at a time, and three times at most."""

from __future__ import annotations

from datetime import timedelta

from state.claims import Claim
from tests.ledger.conftest import LEASE


def test_the_mail_received_first_is_claimed_first(season):
    late = season.arrive(received_at=season.now + timedelta(hours=1))
    early = season.arrive(received_at=season.now - timedelta(hours=1))
    assert [season.claim("w1").mail_id, season.claim("w2").mail_id] == [early, late]


def test_two_workers_never_claim_the_same_mail(season):
    season.arrive()
    assert season.claim("w1")
    assert season.claim("w2") is None


def test_a_mail_is_free_again_when_its_lease_has_run_out(season):
    mail = season.arrive()
    season.claim("w1")
    season.later(minutes=5)
    assert season.claim("w2").mail_id == mail


def test_a_crash_after_the_claim_has_counted_the_attempt(season):
    season.arrive()
    assert season.claim("w1").attempts == 1
    season.later(hours=1)
    assert season.claim("w2").attempts == 2


def test_after_three_attempts_a_mail_is_held_and_the_next_ones_go_on(season):
    poison = season.arrive()
    for _ in range(3):
        assert season.claim().mail_id == poison
        season.later(hours=1)
    other = season.arrive()
    assert season.claim("w2").mail_id == other
    assert season.claim("w3") is None
    (held,) = season.ledger.held()
    assert (held.id, held.reason) == (poison, "reading-failed")


def test_a_released_mail_has_not_used_up_an_attempt(season):
    mail = season.arrive()
    season.claim("w1")
    assert season.ledger.release_mail(mail, "w1")
    assert season.claim("w2").attempts == 1


def test_a_mail_released_until_later_waits_until_then(season):
    mail = season.arrive()
    season.claim("w1")
    season.ledger.release_mail(mail, "w1", season.now + timedelta(minutes=10))
    assert season.claim("w2") is None
    season.later(minutes=10)
    assert season.claim("w2").mail_id == mail


def test_only_the_worker_that_has_the_claim_can_release_or_hold(season):
    mail = season.arrive()
    season.claim("w1")
    assert not season.ledger.release_mail(mail, "w2")
    assert not season.ledger.hold_mail(mail, "w2", "reading-failed", "killed", season.now)
    assert season.ledger.hold_mail(mail, "w1", "reading-failed", "killed", season.now)
    assert not season.ledger.hold_mail(mail, "w1", "reading-failed", "killed", season.now)


def test_a_claim_says_what_the_reader_needs(season):
    arrival = season.arrival(answerable=False)
    mail = season.ledger.record_arrivals((arrival,), season.now)[0].mail_id
    claimed = season.claim()
    assert (claimed.mail_id, claimed.raw_sha256) == (mail, arrival.raw_sha256)
    assert (claimed.mailbox, claimed.folder) == (arrival.mailbox, arrival.folder)
    assert (claimed.received_at, claimed.answerable) == (arrival.received_at, False)


def test_nothing_is_claimed_when_all_is_decided(season):
    season.submit()
    assert season.claim() is None


def test_a_mail_that_was_tried_waits_behind_those_that_were_not(season):
    tried = season.arrive(received_at=season.now - timedelta(hours=1))
    season.claim("w1")
    season.ledger.release_mail(tried, "w1", counted=True)
    fresh = season.arrive()
    assert [season.claim(f"w{n}").mail_id for n in (2, 3)] == [fresh, tried]


def test_the_mails_of_a_worker_that_is_gone_are_free_at_once_and_its_tries_count(season):
    mails = {season.arrive(), season.arrive(), season.arrive()}
    season.claim("gone-0")
    season.claim("gone-1")
    season.claim("gone-not")
    assert season.ledger.release_worker("gone-0") == 1
    assert season.ledger.release_worker("gone") == 2
    assert {season.claim(f"w{n}").mail_id for n in range(3)} == mails
    assert season.claim("w9") is None


def test_a_worker_of_a_similar_name_keeps_its_claims(season):
    season.arrive()
    season.claim("host_a-0")
    assert season.ledger.release_worker("hostXa") == 0
    assert season.ledger.release_worker("host") == 0
    assert season.ledger.release_worker("host_a") == 1


def test_a_worker_that_leaves_in_good_order_has_used_up_no_try(season):
    season.arrive()
    season.claim("w-0")
    season.ledger.release_worker("w", counted=False)
    assert season.claim().attempts == 1


def test_the_next_mail_is_claimed_in_the_same_transaction_as_a_decision(season):
    first, second = season.arrive(), season.arrive()
    season.claim("w1")
    recorded = season.decide(first, "w1", claim=Claim(LEASE))
    assert recorded
    assert (recorded.following.mail_id, recorded.following.attempts) == (second, 1)
    assert season.claim("w2") is None
    assert season.decide(second, "w1", claim=Claim(LEASE)).following is None
    assert season.ledger.equation().accepted == 2


def test_a_decision_that_is_lost_claims_nothing(season):
    first, second = season.arrive(), season.arrive()
    season.claim("w1")
    assert season.ledger.release_mail(first, "w1")
    lost = season.decide(first, "w1", claim=Claim(LEASE))
    assert not lost
    assert lost.following is None
    assert {season.claim("w2").mail_id, season.claim("w3").mail_id} == {first, second}


def test_what_is_claimed_with_a_decision_is_of_the_lanes_asked_for(season):
    first = season.arrive()
    season.arrive(lane=7)
    season.claim("w1", lanes=range(3))
    assert season.decide(first, "w1", claim=Claim(LEASE, range(3))).following is None
