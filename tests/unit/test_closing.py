"""Closing reports: after each due day and once a week, each once, with the workbook."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.reports.digesting import report
from rules.outcome import Standing
from rules.reminders import report_days
from tests.unit.made_office import made
from tests.unit.test_calendar import campaign


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


# 2023: 15 June is a Thursday, 22 to 24 June 端午节, the 25th a worked Sunday.
@pytest.mark.parametrize(
    ("due", "weekly", "expected"),
    [
        (
            "2023-06-15",
            "monday",
            "week-06-05 week-06-12 due-06-16 week-06-26 week-07-03",
        ),  # the Monday after the due day's own report is left out
        (
            "2023-06-21",
            "never",
            "due-06-25",
        ),  # the day after is a holiday: the first working one
        ("2023-06-15", "friday", "week-06-02 week-06-09 due-06-16 week-06-25 week-06-30"),
    ],
)
def test_a_report_comes_after_each_due_day_and_once_a_week(due, weekly, expected):
    file = campaign(due=due, opens="2023-06-01", digest={"weekly": weekly})
    days = report_days.report_slots(file)
    found = [f"{'due' if slot.due else 'week'}-{slot.day:%m-%d}" for slot in days]
    told = [one for one in found if one[-5:] <= "07-03"]
    assert " ".join(told) == expected


@pytest.mark.parametrize(
    ("now", "period"),
    [
        ("2023-06-16T08:29", None),
        ("2023-06-16T08:30", "due-2023-06-15"),
        ("2023-06-18T12:00", "due-2023-06-15"),  # the worker was down: caught up for two days
        ("2023-06-19T12:00", None),
        ("2023-06-26T09:00", "week-2023-06-26"),
        ("2023-06-27T09:00", None),  # a week's report is not
    ],
)
def test_a_report_is_due_from_its_hour_on(now, period):
    slot = report_days.report_due(campaign(), at(now))
    assert (slot.period if slot else None) == period


@pytest.fixture
def desk(tmp_path):
    with made(tmp_path) as office:
        yield office


def test_the_report_after_a_due_day_says_how_each_unit_did_and_comes_once(desk):
    desk.go(5, 10)
    desk.submit("chifeng", "project")
    desk.submit("baotou", "project", Standing.RETURNED)
    desk.submit("wuhai", "project", Standing.NIL)
    desk.go(5, 13)
    desk.submit("tongliao", "project", Standing.ACCEPTED_LATE)
    desk.go(5, 15, 8, 31)
    assert report(desk.office) == 2
    assert report(desk.office) == 0
    (row,) = desk.letters("closing")
    text = desk.text(row.id)
    assert "应报 27 个：按时1，迟报1，报无1，免报0，退回未更正1，没有报23。" in text
    assert text.index("迟报的单位（1个）") < text.index("通辽市科学技术局")
    assert "情况统计表" in text.partition("【还没有到期的】")[2]
    assert b"spreadsheetml.sheet" in desk.office.ledger.letter_raw(row.id)


def test_a_week_in_which_nothing_came_is_not_reported(desk):
    desk.go(5, 22, 9)
    report(desk.office)
    assert desk.letters("closing") == []
    desk.submit("chifeng", "project", Standing.ACCEPTED_LATE)
    desk.go(5, 29, 9)
    report(desk.office)
    (row,) = desk.letters("closing")
    assert row.period == "week-2023-05-29"
    desk.go(6, 5, 9)
    report(desk.office)
    assert len(desk.letters("closing")) == 1
