"""Workers of one ledger: clocks that follow it, takeovers, fair shares, agreement on campaigns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.campaigns.agreement import LONGEST, differing, watch_agreement
from bot.clock import SharedClock
from bot.watch import company
from bot.watch.company import LIFE, Company
from state.rows.workers import WorkerRow
from tests.unit.made_office import made

THEN = datetime(2023, 6, 1, tzinfo=UTC)


def row(name, **campaigns):
    return WorkerRow(name, name, THEN, THEN, campaigns)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Open an office whose ledger is as if it were shared; its clocks are set by hand."""
    monkeypatch.setattr(company, "time", SimpleNamespace(monotonic=lambda: 0.0))
    with made(tmp_path) as opened:
        monkeypatch.setattr(type(opened.office.ledger), "is_shared", True)
        yield opened


def other(desk, name="other", campaigns=None):
    now = desk.office.clock.now()
    desk.office.ledger.beat(name, "elsewhere", now, LIFE, campaigns or {})


def test_the_shared_clock_shows_the_databases_time_whatever_the_machines_is():
    told = [THEN, THEN + timedelta(hours=1), None]
    clock = SharedClock(lambda: told.pop(0))
    assert timedelta() <= clock.now() - THEN < timedelta(minutes=1)
    clock.follow()
    assert timedelta(hours=1) <= clock.now() - THEN < timedelta(hours=1, minutes=1)
    clock.follow()  # no answer: it goes on
    assert clock.now() - THEN >= timedelta(hours=1)


def test_where_the_ledger_is_one_machines_nobody_beats_and_everything_may_be_done(tmp_path):
    with made(tmp_path) as opened:
        alone = Company(opened.office)
        alone.begin()
        assert alone.alone("poll x")
        assert opened.office.ledger.living_workers(opened.clock.now()) == []
        alone.end()


def test_a_worker_that_beats_takes_over_from_one_that_was_silent_half_a_minute(desk):
    office, me = desk.office, Company(desk.office)
    other(desk)
    office.ledger.take_lease("poll x", "other", office.clock.now())
    me.beat()
    assert not me.alone("poll x")
    desk.clock.advance(LIFE)
    me.beat()
    assert me.alone("poll x")
    assert [w.name for w in office.ledger.living_workers(office.clock.now())] == [office.worker]


def test_who_was_late_himself_gives_the_others_as_long_again(desk, monkeypatch):
    office, me = desk.office, Company(desk.office)
    seconds = SimpleNamespace(now=0.0)
    monkeypatch.setattr(company, "time", SimpleNamespace(monotonic=lambda: seconds.now))
    me.beat()
    other(desk)
    desk.clock.advance(LIFE + timedelta(seconds=5))
    seconds.now += 35.0  # the database was away for all of us
    me.beat()
    assert office.ledger.silent_workers(office.clock.now()) == ["other"]
    desk.clock.advance(timedelta(seconds=10))
    seconds.now += 10.0
    me.beat()
    assert office.ledger.silent_workers(office.clock.now()) == []


def test_a_worker_that_comes_gets_its_share_of_the_mailboxes(desk):
    me, jobs = Company(desk.office), ["poll a", "poll b"]
    me.beat()
    assert all(me.alone(job) for job in jobs)
    other(desk)
    me.beat()
    assert [me.alone(job) for job in jobs] == [True, False]  # one account: a share is one
    assert desk.office.ledger.take_lease("poll b", "other", desk.clock.now())
    assert [me.alone(job) for job in jobs] == [True, False]


def test_who_leaves_in_good_order_leaves_its_jobs_at_once(desk):
    office, me = desk.office, Company(desk.office)
    other(desk)
    me.begin()
    assert me.alone("poll x")
    me.end()
    assert office.ledger.take_lease("poll x", "other", desk.clock.now())


@pytest.mark.parametrize(
    ("workers", "apart"),
    [
        ([], set()),
        ([row("a", x="1")], set()),
        ([row("a", x="1", y="2"), row("b", x="1", y="2")], set()),
        ([row("a", x="1", y="2"), row("b", x="1", y="3")], {"y"}),
        ([row("a", x="1", y="2"), row("b", x="1")], {"y"}),
        ([row("a", x="1"), row("b")], set()),  # who has said nothing yet
    ],
)
def test_campaigns_differ_that_are_not_the_same_for_all(workers, apart):
    assert differing(workers) == apart


def test_the_operator_hears_of_campaigns_that_stay_different_and_when_they_agree_again(desk):
    office, me = desk.office, Company(desk.office)
    for minute in range(0, 8, 2):
        other(desk, campaigns=office.shelf.fingerprints | {"2023-cis": "another"})
        me.beat()
        told = watch_agreement(office)
        assert told == (timedelta(minutes=minute) >= LONGEST)
        desk.clock.advance(timedelta(minutes=2))
    assert [(a.kind, a.subject) for a in office.ledger.open_alerts()] == [
        ("campaigns-differ", "2023-cis")
    ]
    other(desk, campaigns=office.shelf.fingerprints)
    me.beat()
    assert watch_agreement(office) == 0
    assert office.ledger.open_alerts() == []
