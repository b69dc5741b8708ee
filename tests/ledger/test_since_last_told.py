"""What a digest asks: has anything changed, what came since the last one, who was written to."""

from __future__ import annotations

from datetime import timedelta

from rules.outcome import Standing
from tests.ledger.conftest import LEASE, MORNING


def test_the_mark_changes_with_every_version_recorded_or_withdrawn(season):
    marks = [season.ledger.submissions_mark("c")]
    season.submit()
    marks.append(season.ledger.submissions_mark("c"))
    season.submit(Standing.RETURNED)
    marks.append(season.ledger.submissions_mark("c"))
    (first, _) = season.ledger.submissions("c", in_force=False)
    season.ledger.reopen_mail(first.mail_id, "admin", season.now)
    marks.append(season.ledger.submissions_mark("c"))
    assert len(set(marks)) == len(marks)
    assert season.ledger.submissions_mark("c") == marks[-1]
    assert season.ledger.submissions_mark("another") == marks[0]


def test_versions_since_are_those_recorded_since_though_their_mails_came_before(season):
    received = season.now
    since = season.later(days=1)
    assert season.ledger.submissions("c", in_force=False, since=since) == []
    mail = season.arrive(received_at=received - timedelta(hours=1))
    season.claim()
    season.decide(mail, "w1", season.submission())
    (row,) = season.ledger.submissions("c", in_force=False, since=since)
    assert row.mail_id == mail
    assert season.ledger.submissions("c", since=season.later(days=1)) == []


def test_letters_are_counted_unit_by_unit_and_the_last_one_is_known(season):
    assert season.ledger.last_letter_at("c", "reminder") is None
    for key, unit in (("1", "chifeng"), ("2", "chifeng"), ("3", "wuhai"), ("4", None)):
        season.queue(key, kind="reminder", campaign="c", unit=unit, created_at=season.later(days=1))
    season.queue("5", kind="digest", campaign="c")
    assert season.ledger.letters_by_unit("c", "reminder") == {"chifeng": 2, "wuhai": 1}
    assert season.ledger.last_letter_at("c", "reminder") == season.now
    assert season.ledger.letters_by_unit("another", "reminder") == {}


def test_a_units_versions_can_be_asked_for_alone(season):
    season.submit()
    season.submit(unit="wuhai")
    assert [row.unit for row in season.ledger.submissions("c", unit="wuhai")] == ["wuhai"]


def test_letters_of_all_accounts_are_counted_together(season):
    for number, account in enumerate(("a@example.cn", "a@example.cn", "b@example.cn")):
        season.queue(str(number), account=account)
        [claimed] = season.ledger.claim_letters(account, "p1", season.now, LEASE)
        season.ledger.record_attempt(claimed.id, "p1", season.now, "sent", 250, "ok", None)
    counted = [season.ledger.sent_since(a, MORNING) for a in ("a@example.cn", None)]
    assert counted == [2, 3]


def test_what_came_of_a_unit_is_told_in_order_of_receipt_without_what_was_withdrawn(season):
    season.submit(Standing.RETURNED, sender="wang@example.cn")
    season.later(days=1)
    season.submit()
    season.submit(unit="wuhai")
    came = season.ledger.came("c", "chifeng")
    assert [(row.standing, row.requirement) for row in came] == [
        (Standing.RETURNED, "statistics"),
        (Standing.ACCEPTED, "statistics"),
    ]
    assert came[0].sender_address == "wang@example.cn"
    (first, *_) = season.ledger.submissions("c", in_force=False)
    season.ledger.reopen_mail(first.mail_id, "admin", season.now)
    assert season.ledger.came("c", "chifeng") == came[1:]
    assert season.ledger.came("another", "chifeng") == []


def test_letters_of_a_kind_written_since_are_told_by_unit_and_period(season):
    season.queue("1", kind="reminder", campaign="c", unit="chifeng", created_at=season.now)
    since = season.later(days=1)
    season.queue("2", kind="reminder", campaign="c", unit="wuhai", created_at=since)
    season.queue("3", kind="superior", campaign="c", unit="wuhai", created_at=since)
    (row,) = season.ledger.written_since("c", "reminder", since)
    assert (row.unit, row.state) == ("wuhai", "queued")
    assert len(season.ledger.written_since("c", "reminder", MORNING)) == 2
