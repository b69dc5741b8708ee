"""Versions of a roster: numbered by campaign, one in force, adopted by an order, taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.decision import Decision
from rules.outcome import Outcome
from rules.rosters.amending import Amendment, Change
from rules.rosters.change import Kind, RosterChange
from state.refused import ActRefusedError
from state.rows.acts import Absorb, Adopt, Amend, NewAct, Undo
from state.rows.mails import MailHeaders
from state.rows.rosters import NewRoster

NOW = datetime(2023, 6, 7, 1, tzinfo=UTC)
CHANGE = RosterChange(Kind.RENAMED, "wuhai", "新名", "单位", before="旧名")


def version(data, how="file", campaign="c", **more):
    return NewRoster(campaign, data, "anna", how, **more)


def order(season, *effects, verb="adopt", code="A"):
    """Let a mail order something; return its act."""
    mail = season.arrive()
    season.claim()
    act = NewAct("anna@example.cn", "c", verb, "启用名单", code, effects)
    decision = Decision(Outcome.IGNORED, "command", "c")
    ledger = season.ledger
    assert ledger.record_decision(mail, "w1", season.now, decision, MailHeaders(), act=act)
    return ledger.act_of_mail(mail)


def test_each_campaign_counts_its_own_versions_and_the_last_is_in_force(ledger):
    ledger.record_roster(version(b"1", "first"), NOW)
    ledger.record_roster(version(b"x", "first", campaign="other"), NOW)
    second = ledger.record_roster(version(b"2", changes=(CHANGE,)), NOW + timedelta(hours=1))
    assert [(row.number, row.how) for row in ledger.rosters("c")] == [(1, "first"), (2, "file")]
    assert ledger.roster_in_force("c") == second
    assert second.changes == (CHANGE,)
    assert ledger.roster_data(second.id) == b"2"
    assert ledger.roster_in_force("other").number == 1
    assert ledger.roster_in_force("nobody") is None


def test_workers_that_see_the_same_file_keep_it_once(ledger):
    first = ledger.record_roster(version(b"1"), NOW)
    assert ledger.record_roster(version(b"1"), NOW + timedelta(seconds=5)) == first


def test_a_proposed_version_is_not_in_force_and_is_kept_once_for_a_mail(season):
    ledger, mail = season.ledger, season.arrive()
    first = ledger.record_roster(version(b"1"), NOW)
    new = version(b"2", "mail", mail_id=mail, base="f")
    proposed = ledger.propose_roster(new, NOW + timedelta(hours=1))
    assert ledger.propose_roster(new, NOW + timedelta(hours=2)) == proposed
    assert (proposed.number, proposed.adopted_at) == (2, None)
    assert ledger.roster_in_force("c") == first
    assert ledger.unwritten_roster("c") is None


def test_an_order_adopts_it_with_all_amendments_and_its_undoing_gives_both_back(season):
    ledger = season.ledger
    ledger.record_roster(version(b"1"), NOW)
    exempt = Amendment("c", "wuhai", Change.EXEMPT, "statistics")
    order(season, Amend((exempt,)), verb="exempt", code="E")
    ledger.propose_roster(version(b"2", "mail"), NOW)
    act = order(season, Adopt("c", 2), Absorb("c"))
    waits = ledger.unwritten_roster("c")
    assert waits is not None
    assert (waits.number, ledger.amendments("c")) == (2, ())
    ledger.roster_written(waits.id, season.now)
    order(season, Undo(act.id), verb="undo", code="U")
    back = ledger.unwritten_roster("c")
    assert back is not None
    assert (back.number, back.how, back.actor) == (3, "undo", "anna@example.cn")
    assert ledger.roster_data(back.id) == b"1"
    assert ledger.amendments("c") == (exempt,)


def test_what_was_adopted_is_not_adopted_again_nor_taken_back_over_a_later_edit(season):
    ledger = season.ledger
    ledger.record_roster(version(b"1"), NOW)
    ledger.propose_roster(version(b"2", "mail"), NOW)
    act = order(season, Adopt("c", 2))
    with pytest.raises(ActRefusedError, match="spent"):
        order(season, Adopt("c", 2), code="B")
    ledger.record_roster(version(b"3"), season.now + timedelta(hours=1))
    with pytest.raises(ActRefusedError, match="moved"):
        order(season, Undo(act.id), verb="undo", code="U")
    assert ledger.roster_in_force("c").number == 3
