"""The ledger can say how every mail ended, and who did what."""

from __future__ import annotations

from datetime import timedelta

from rules.outcome import Outcome


def end(season, outcome, **changes):
    mail = season.arrive(**changes)
    season.claim()
    season.decide(mail, outcome=outcome)
    return mail


def test_every_arrival_counts_through_its_mail(season):
    for outcome in Outcome:
        end(season, outcome)
    season.arrive()
    equation = season.ledger.equation()
    ended = (equation.accepted, equation.returned, equation.ignored, equation.held)
    assert (ended, equation.pending, equation.arrivals) == ((1, 1, 1, 1), 1, 5)
    assert not equation.complete


def test_the_equation_is_complete_when_all_shown_mail_has_ended(season):
    end(season, Outcome.ACCEPTED)
    season.ledger.record_poll("collect@example.cn", "INBOX", 1, 1, 1, season.now)
    assert season.ledger.equation().complete
    season.ledger.record_poll("collect@example.cn", "INBOX", 1, 2, 2, season.now)
    assert not season.ledger.equation().complete


def test_the_equation_can_be_asked_of_one_mailbox(season):
    end(season, Outcome.ACCEPTED)
    end(season, Outcome.RETURNED, mailbox="other@example.cn")
    season.ledger.record_poll("other@example.cn", "INBOX", 1, 3, 1, season.now)
    one = season.ledger.equation("collect@example.cn")
    assert (one.arrivals, one.accepted, one.on_server, one.complete) == (1, 1, 0, True)
    other = season.ledger.equation("other@example.cn")
    assert (other.returned, other.on_server, other.unaccounted) == (1, 3, 2)


def test_an_empty_ledger_is_complete(season):
    assert season.ledger.equation().complete


def test_a_surplus_in_one_folder_does_not_hide_a_gap_in_another(season):
    season.arrive(uid=1)
    season.arrive(uid=2)
    season.ledger.record_poll("collect@example.cn", "INBOX", 1, 1, 2, season.now)
    season.ledger.record_poll("collect@example.cn", "Junk", 1, 1, 1, season.now)
    assert season.ledger.equation().unaccounted == 1


def test_mails_are_found_by_campaign_outcome_and_time(season):
    first = end(season, Outcome.ACCEPTED)
    season.later(hours=1)
    second = end(season, Outcome.HELD)
    third = season.arrive()
    ledger = season.ledger

    def ids(**changes):
        return [row.id for row in ledger.mails(**changes)]

    assert ids() == [first, second, third]
    assert ids(campaign="c") == [first, second]
    assert ids(outcome="held") == [row.id for row in ledger.held()] == [second]
    assert ids(outcome="pending") == [third]
    assert ids(since=season.now) == [second, third]
    assert ids(until=season.now) == [first]
    assert ids(since=season.now + timedelta(hours=1)) == []


def test_an_unknown_mail_is_none(season):
    assert season.ledger.mail(1) is None
    assert season.ledger.submission(1) is None
    assert season.ledger.files_of(1) == []


def test_who_did_what_is_kept_in_order(season):
    season.ledger.audit("admin", "extend", "chifeng 2023-06-20", season.now)
    season.ledger.audit("admin", "exempt", "tongliao", season.later(hours=1))
    first, second = season.ledger.audits()
    assert (first.actor, first.action, first.detail) == ("admin", "extend", "chifeng 2023-06-20")
    assert (second.action, second.at) == ("exempt", season.now)


def test_a_small_fact_is_remembered_until_it_changes(season):
    assert season.ledger.recall("digest c") is None
    season.ledger.remember("digest c", "2023-06-01")
    season.ledger.remember("digest c", "2023-06-02")
    assert season.ledger.recall("digest c") == "2023-06-02"
