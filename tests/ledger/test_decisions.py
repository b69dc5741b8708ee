"""A decision is written whole and once, and reads back as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError

from parsers.document import Place
from rules.decision import UnitMatch
from rules.finding import Finding, Severity
from rules.outcome import Outcome
from rules.reading import Extra, FieldReading, Reading, Remark, Status
from state.rows.mails import NewFile

PLACE = Place(table=1, row=4, column=2)
READING = Reading(
    "c",
    "statistics",
    "情况统计表",
    (
        FieldReading(
            "people", "参加人员", Status.FOUND, 1200, "1,200人", PLACE, notes=("unit-given",)
        ),
        FieldReading("money", "投入", Status.FOUND, 5.0, "5万元", Place(sheet="Sheet1", ref="B7")),
        FieldReading("day", "日期", Status.FOUND, "2023-05-20", "5月20日", PLACE),
        FieldReading("kinds", "形式", Status.FOUND, ("线上", "线下"), "☑线上 ☑线下", PLACE),
        FieldReading("none", "无", Status.FOUND, 0, "无", PLACE, nil=True),
        FieldReading("phone", "电话", Status.MISSING, label_found=False),
    ),
    (Extra("科普直播", Status.FOUND, 3, "场", "3", PLACE),),
    (Remark("people", "其中: 科技人员", None),),
    score=0.93,
)
FINDING = Finding(
    "window",
    Severity.WARNING,
    "day",
    "日期",
    PLACE,
    "5月1日",
    details={"first": date(2023, 5, 20), "seconds": 3, "given": "万元"},
)


def test_a_decision_is_recorded_once(season):
    mail = season.arrive()
    season.claim("w1")
    assert season.decide(mail, "w1")
    assert not season.decide(mail, "w1")


def test_a_worker_that_lost_its_claim_writes_nothing(season):
    mail = season.arrive()
    season.claim("w1")
    season.later(hours=1)
    season.claim("w2")
    letters = [season.letter()]
    assert not season.decide(mail, "w1", season.submission(), letters=letters)
    assert season.ledger.letters() == []
    assert season.ledger.submissions("c", in_force=False) == []
    assert season.decide(mail, "w2", season.submission())


def test_a_late_worker_may_finish_while_nobody_else_has_the_mail(season):
    mail = season.arrive()
    season.claim("w1")
    season.later(hours=1)
    assert season.decide(mail, "w1")


def test_a_decision_that_fails_half_way_leaves_no_trace(season):
    mail = season.arrive()
    season.claim("w1")
    wrong = season.letter(mail_id=999999)
    with pytest.raises(IntegrityError):
        season.decide(mail, "w1", season.submission(), letters=[season.letter("2"), wrong])
    assert season.ledger.equation().pending == 1
    assert season.ledger.letters() == []
    assert season.ledger.submissions("c", in_force=False) == []


def test_an_error_text_holds_no_personal_data(season):
    with pytest.raises(IntegrityError) as caught:
        season.queue(mail_id=999999, recipients=("zhangsan@example.cn",))
    assert "zhangsan" not in str(caught.value)


def test_readings_and_findings_come_back_as_they_were(season):
    season.submit(readings=(READING,), findings=(FINDING,))
    (row,) = season.ledger.submissions("c")
    assert row.readings == (READING,)
    assert [type(field.value) for field in row.readings[0].fields[:2]] == [int, float]
    (finding,) = row.findings
    assert finding.place == PLACE
    assert finding.details == {"first": "2023-05-20", "seconds": 3, "given": "万元"}


def test_a_mail_keeps_outcome_reason_unit_and_headers(season):
    mail = season.arrive()
    season.claim()
    unit = UnitMatch("chifeng", "赤峰市科学技术局", "sender", 0.9)
    changes = {"unit": unit, "candidates": (unit,), "findings": (FINDING,), "cause": "why"}
    season.decide(
        mail,
        outcome=Outcome.HELD,
        decision={"reason": "unit-unknown"} | changes,
        headers={"automatic": "vacation", "sender_address": "A@Example.cn"},
        notes=("quiet",),
    )
    (row,) = season.ledger.held()
    assert (row.outcome, row.reason, row.cause) == ("held", "unit-unknown", "why")
    assert (row.unit, row.unit_name, row.unit_by) == ("chifeng", "赤峰市科学技术局", "sender")
    assert (row.candidates, row.automatic, row.notes) == ((unit,), "vacation", ("quiet",))
    assert row.sender_address == "a@example.cn"
    assert row.findings[0].code == "window"


def test_hostile_text_in_headers_and_file_names_is_stored(season):
    mail = season.arrive()
    season.claim()
    odd = "表\x00\ud800😀"
    new = NewFile(odd, "0" * 64, 3, "docx", (odd[:1], "内.zip"), problem="damaged")
    assert season.decide(mail, headers={"subject": odd}, files=[new])
    assert (
        season.ledger.mail(mail).subject == "表\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}😀"
    )
    (file,) = season.ledger.files_of(mail)
    assert (file.path, file.problem, file.kind) == (("表", "内.zip"), "damaged", "docx")


def test_submissions_of_a_held_mail_do_not_count(season):
    mail = season.arrive()
    season.claim()
    assert season.decide(mail, "w1", season.submission(), outcome=Outcome.HELD)
    assert season.ledger.submissions("c", in_force=False) == []


def test_a_mail_with_two_items_has_two_submissions(season):
    mail = season.arrive()
    season.claim()
    items = [season.submission(item=name) for name in ("甲项目", "乙项目")]
    season.decide(mail, "w1", *items)
    assert [(row.item, row.version) for row in season.ledger.submissions_of(mail)] == [
        ("甲项目", 1),
        ("乙项目", 1),
    ]


def test_letters_leave_only_with_the_decision_that_made_them(season):
    mail = season.arrive()
    season.claim()
    season.decide(mail, letters=[season.letter(mail_id=mail)])
    assert [letter.mail_id for letter in season.ledger.letters()] == [mail]


def test_a_reopened_mail_is_read_again_for_the_unit_a_person_named(season):
    mail = season.submit()
    assert season.ledger.reopen_mail(mail, "admin", season.now, "c", "tongliao")
    claimed = season.claim()
    assert (claimed.mail_id, claimed.attempts) == (mail, 1)
    assert (claimed.assigned_campaign, claimed.assigned_unit) == ("c", "tongliao")
    assert season.ledger.standings("c") == {}
    assert season.decide(mail, "w1", season.submission(unit="tongliao"))
    assert set(season.ledger.standings("c")) == {("tongliao", "statistics")}
    assert [audit.action for audit in season.ledger.audits()] == ["reopen-mail"]


def test_an_undecided_mail_cannot_be_reopened(season):
    assert not season.ledger.reopen_mail(season.arrive(), "admin", season.now)


def test_instants_come_back_aware_in_utc_whatever_zone_they_had(season):
    shanghai = timezone(timedelta(hours=8))
    moment = datetime(2023, 6, 15, 23, 59, 59, 123456, tzinfo=shanghai)
    season.arrive(received_at=moment)
    claimed = season.claim()
    assert claimed.received_at == moment
    assert claimed.received_at.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(season):
    with pytest.raises(Exception, match="time zone"):
        season.arrive(received_at=datetime(2023, 6, 1))  # noqa: DTZ001 - the mistake itself
