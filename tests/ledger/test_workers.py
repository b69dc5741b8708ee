"""Workers on several machines: who is silent is taken over from, and what is done alone is."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

LIFE = timedelta(seconds=30)


@pytest.fixture
def company(season):
    def beat(*names, campaigns=None):
        for name in names:
            season.ledger.beat(name, f"machine of {name}", season.now, LIFE, campaigns or {})

    season.beat = beat
    return season


def names(season):
    return [row.name for row in season.ledger.living_workers(season.now)]


def test_a_worker_lives_for_so_long_after_each_beat(company):
    company.beat("a", "b")
    company.later(seconds=20)
    company.beat("a")
    company.later(seconds=20)
    assert names(company) == ["a"]
    assert company.ledger.silent_workers(company.now) == ["b"]


def test_a_worker_is_known_by_its_machine_and_campaigns(company):
    company.beat("a", campaigns={"2023-x": "f1"})
    began = company.now
    company.later(seconds=10)
    company.beat("a", campaigns={"2023-x": "f2"})
    (row,) = company.ledger.living_workers(company.now)
    assert (row.machine, row.campaigns) == ("machine of a", {"2023-x": "f2"})
    assert (row.began_at, row.until) == (began, company.now + LIFE)


def test_what_one_worker_does_no_other_does_as_long_as_it_lives(company):
    ledger = company.ledger
    company.beat("a", "b")
    assert ledger.take_lease("poll x", "a", company.now)
    assert ledger.take_lease("poll x", "a", company.now)
    assert not ledger.take_lease("poll x", "b", company.now)
    assert ledger.take_lease("poll y", "b", company.now)
    company.later(seconds=29)
    company.beat("b")
    assert not ledger.take_lease("poll x", "b", company.now)
    company.later(seconds=1)
    assert ledger.take_lease("poll x", "b", company.now)
    assert ledger.leases_of("b") == ["poll x", "poll y"]


def test_a_worker_that_was_silent_too_long_does_nothing_alone_before_it_beats(company):
    company.beat("a")
    assert company.ledger.take_lease("poll x", "a", company.now)
    company.later(seconds=30)
    assert not company.ledger.take_lease("poll x", "a", company.now)
    company.beat("a")
    assert company.ledger.take_lease("poll x", "a", company.now)


def test_a_worker_that_was_forgotten_leaves_what_it_did_to_others(company):
    company.beat("a", "b")
    company.ledger.take_lease("send x", "a", company.now)
    company.ledger.forget_worker("a")
    assert names(company) == ["b"]
    assert company.ledger.take_lease("send x", "b", company.now)
    assert not company.ledger.take_lease("send x", "a", company.now)


def test_a_lease_that_is_given_back_is_anybodys(company):
    company.beat("a", "b")
    company.ledger.take_lease("poll x", "a", company.now)
    company.ledger.give_lease("poll x", "b")
    assert not company.ledger.take_lease("poll x", "b", company.now)
    company.ledger.give_lease("poll x", "a")
    assert company.ledger.take_lease("poll x", "b", company.now)


def test_of_workers_that_want_the_same_at_once_one_has_it(company):
    workers = [f"w{n}" for n in range(8)]
    company.beat(*workers)
    start, got = threading.Barrier(len(workers)), []

    def want(worker):
        start.wait()
        jobs = ("poll x", "poll y", "send x")
        got.extend(j for j in jobs if company.ledger.take_lease(j, worker, company.now))

    threads = [threading.Thread(target=want, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == ["poll x", "poll y", "send x"]


def test_the_time_is_the_servers_where_there_is_one(ledger):
    told = ledger.instant()
    assert (told is not None) == ledger.is_shared
    assert told is None or told.tzinfo is not None


def test_what_a_silent_worker_had_is_free_for_the_others_within_a_minute(company):
    company.beat("gone", "w1")
    mail, letter = company.arrive(), company.queue()
    company.claim("gone-0")
    assert company.post("gone")
    company.later(seconds=40)
    company.beat("w1")
    assert company.claim("w1-0") is None
    for worker in company.ledger.silent_workers(company.now):
        company.ledger.release_worker(worker)
        company.ledger.lose_worker(worker, company.now)
        company.ledger.forget_worker(worker)
    claimed = company.claim("w1-0")
    assert (claimed.mail_id, claimed.attempts) == (mail, 2)
    (row,) = company.ledger.letters()
    assert (row.id, row.state) == (letter, "uncertain")
    assert not company.decide(mail, "gone-0")  # who comes back too late has lost it
    assert company.decide(mail, "w1-0")
