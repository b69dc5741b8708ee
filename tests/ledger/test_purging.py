"""What a purge takes and leaves, and what must be in the archive, on both kinds of database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from parsers.document import Place
from rules.finding import Finding, Severity
from rules.reading import Extra, FieldReading, Reading, Remark, Status
from tests.ledger.conftest import MAILBOX, MORNING

DAYS = (MORNING - timedelta(days=9), MORNING + timedelta(days=9))
PLACE = Place(table=1, row=2, column=2)
READING = Reading(
    "c", "statistics", "统计表",
    (
        FieldReading("people", "人数", Status.FOUND, 1200, "1,200人", PLACE, given_unit="人"),
        FieldReading("leader", "负责人", Status.FOUND, "张三", "张三", PLACE),
        FieldReading("phone", "电话", Status.UNREADABLE, None, "13900001234转8", PLACE),
    ),
    (Extra("直播", Status.FOUND, 3, "场", "3场", PLACE),
     Extra("联系人", Status.FOUND, "李四", None, "李四", PLACE)),
    (Remark("people", "其中李四带队", PLACE),),
)  # fmt: skip
FINDING = Finding(
    "unreadable", Severity.ERROR, "phone", "电话", PLACE, "13900001234转8", "李四.docx"
)


@pytest.fixture
def purged(season):
    """Return a season with a submission, its sent letter and a waiting one, after a purge."""
    season.mail = season.submit(readings=(READING,), findings=(FINDING,))
    sent = season.queue("sent", campaign="c", mail_id=season.mail, subject_key="c:u:a@example.cn")
    season.post()
    season.ledger.record_attempt(sent, "p1", season.now, "sent", 250, "ok a@example.cn")
    season.waiting = season.queue("waits", campaign="c")
    season.before = season.ledger.standings("c"), season.ledger.equation()
    asked = ("c", (MAILBOX,), *DAYS)
    season.counted = season.ledger.purgeable(*asked)
    season.taken = season.ledger.purge(*asked, "anna", season.now)
    return season


def test_the_dry_run_counts_what_the_purge_takes(purged):
    assert purged.counted == purged.taken
    assert (purged.taken.mails, purged.taken.letters) == (1, 1)


def test_numbers_standings_and_the_equation_stay(purged):
    assert (purged.ledger.standings("c"), purged.ledger.equation()) == purged.before
    (row,) = purged.ledger.submissions("c")
    (reading,) = row.readings
    assert reading.get("people").value == 1200
    assert [(one.label, one.value) for one in reading.extra] == [("直播", 3)]


def test_what_people_wrote_goes(purged):
    (row,) = purged.ledger.submissions("c")
    left = repr((row, purged.ledger.mail(purged.mail), purged.ledger.files_of(purged.mail)))
    for word in ("张三", "李四", "13900001234", "1,200人", "a@example.cn", "报送", "m1@"):
        assert word not in left
    assert row.findings[0].place == PLACE


def test_a_sent_letter_keeps_its_id_and_day_only_and_a_waiting_one_everything(purged):
    sent, waiting = purged.ledger.letters()
    assert (sent.recipients, sent.subject, sent.message_id) == ((), "", "<letter-sent@example.cn>")
    assert "a@example.cn" not in sent.subject_key
    with pytest.raises(KeyError):
        purged.ledger.letter_raw(sent.id)
    assert purged.ledger.attempts_of(sent.id)[0].text == ""
    assert purged.ledger.letter_raw(waiting.id)
    assert waiting.recipients == ("a@example.cn",)


def test_only_what_no_kept_mail_has_may_leave_the_archive(purged):
    kept = purged.submit()
    gone = purged.ledger.purged_hashes()
    assert gone == {purged.ledger.mail(purged.mail).raw_sha256}
    assert purged.ledger.kept_hashes() == {purged.ledger.mail(kept).raw_sha256: kept}


def test_a_purged_mail_is_not_read_again_and_not_taken_twice(purged):
    assert not purged.ledger.retry_mail(purged.mail, "anna", purged.now)
    again = purged.ledger.purge("c", (MAILBOX,), *DAYS, "anna", purged.now)
    assert again.mails == 0


def test_a_mail_that_is_still_to_be_judged_is_not_taken(season):
    season.arrive()
    assert season.ledger.purge("c", (MAILBOX,), *DAYS, "anna", season.now).mails == 0


def test_unclaimed_mails_of_the_mailbox_go_with_the_campaign_of_those_days(season):
    mail = season.arrive()
    season.claim()
    season.decide(mail, decision={"campaign": None})
    outside = (DAYS[1], DAYS[1] + timedelta(days=1))
    assert season.ledger.purgeable("c", (MAILBOX,), *outside).mails == 0
    assert season.ledger.purgeable("c", ("other@example.cn",), *DAYS).mails == 0
    assert season.ledger.purgeable("c", (MAILBOX,), *DAYS).mails == 1


def test_a_whole_ledger_has_no_faults(purged):
    assert purged.ledger.faults() == []


def test_a_waiting_letter_without_bytes_is_a_fault(season):
    from sqlalchemy import delete

    from state.tables import letter_bytes

    season.queue()
    with season.ledger.writing() as connection:
        connection.execute(delete(letter_bytes))
    assert season.ledger.faults() == ["1 waiting letters have no bytes"]


def test_a_restored_ledger_lets_go_of_what_a_worker_had_in_hand(season):
    mail = season.arrive()
    season.claim("old-1")
    season.queue()
    season.post("old")
    season.ledger.let_go(season.now)
    assert season.claim("new-1").mail_id == mail
    assert season.claim("new-2") is None
    (letter,) = season.ledger.letters()
    assert letter.state == "uncertain"
    assert season.ledger.mail(mail).attempts == 1
