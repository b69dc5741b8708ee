"""Deadlines and letter slots as tables a civil servant could check."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import calendar
from rules.campaign import CampaignFile, Digest, Reminders, Requirement
from rules.reminders import slots
from rules.roster import Roster, Unit

SHANGHAI = "Asia/Shanghai"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def campaign(*, due="2023-06-15", **more) -> CampaignFile:
    requirement = {"key": "statistics", "title": "情况统计表", "due": due, "press": True}
    requirement |= more.pop("requirement", {})
    return CampaignFile.model_validate(
        {"id": "c", "title": "t", "requirements": [requirement], **more}
    )


def utc(text: str) -> datetime:
    """Read a wall clock in Shanghai as an instant."""
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


def shown(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.isoformat()}"


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        ("2023-05-12", True, "Friday"),
        ("2023-05-13", False, "Saturday"),
        ("2023-05-06", True, "Saturday worked for 劳动节"),
        ("2023-05-01", False, "劳动节, a Monday"),
        ("2023-06-22", False, "端午节, a Thursday"),
        ("2023-06-25", True, "Sunday worked for 端午节"),
        ("2026-10-10", True, "Saturday worked for 国庆节"),
        ("2060-01-02", True, "a Friday of a year nobody has announced"),
        ("2060-01-03", False, "a Saturday of a year nobody has announced"),
    ],
)
def test_offices_work_on_the_days_the_state_council_says(day, works, why):
    assert calendar.is_workday(date.fromisoformat(day)) is works, why


def test_a_year_the_calendar_does_not_know_is_flagged():
    assert calendar.is_covered(date(2023, 5, 1))
    assert calendar.is_covered(date(2026, 12, 31))
    assert not calendar.is_covered(date(2060, 1, 1))
    assert not calendar.is_covered(date(2003, 12, 31))


def test_an_operators_word_on_a_day_is_final():
    overrides = calendar.Overrides(
        holidays=frozenset({date(2023, 5, 12)}), workdays=frozenset({date(2023, 5, 13)})
    )
    assert not calendar.is_workday(date(2023, 5, 12), overrides)
    assert calendar.is_workday(date(2023, 5, 13), overrides)


@pytest.mark.parametrize(
    ("received", "late"),
    [
        ("2023-06-15T23:59:59.999999", False),
        ("2023-06-16T00:00:00", True),
        ("2023-06-15T00:00:00", False),
    ],
)
def test_qian_includes_the_named_day_to_its_end(received, late):
    file = campaign()
    assert calendar.is_late(utc(received), file, file.requirements[0]) is late


@pytest.mark.parametrize(
    ("received", "late"),
    [("2023-05-30T17:29:59", False), ("2023-05-30T17:30:00", True), ("2023-05-31T08:00", True)],
)
def test_before_close_of_business_ends_at_its_time(received, late):
    file = campaign(due="2023-05-30", requirement={"due_time": "17:30"})
    assert calendar.is_late(utc(received), file, file.requirements[0]) is late


def test_an_extension_wins_and_runs_to_the_end_of_its_day():
    file = campaign(due="2023-05-30", requirement={"due_time": "17:30"})
    extended = MappingProxyType({"statistics": date(2023, 6, 2), "other": date(2023, 7, 1)})
    unit = Unit("chifeng", "赤峰市科学技术局", extended=extended)
    due = calendar.due_instant(file, file.requirements[0], unit)
    assert due == utc("2023-06-03T00:00")
    assert due.tzinfo is UTC


def test_the_day_of_an_instant_is_the_campaigns_not_utcs():
    instant = datetime(2023, 6, 15, 16, 0, tzinfo=UTC)
    assert calendar.local_day(instant, SHANGHAI) == date(2023, 6, 16)
    assert calendar.local_day(instant, "UTC") == date(2023, 6, 15)


# planned distance → the day it is sent on, and what the letter says is left
SEASON = {
    "2023-05-12": [  # a Friday, after the 劳动节 week
        (7, "Fri 2023-05-05", 7),
        (3, "Tue 2023-05-09", 3),
        (1, "Thu 2023-05-11", 1),
        (0, "Fri 2023-05-12", 0),
        (-3, "Mon 2023-05-15", -3),  # the Saturday's joins it
        (-7, "Fri 2023-05-19", -7),
    ],
    "2023-06-15": [  # a Thursday, a week before 端午节
        (7, "Thu 2023-06-08", 7),
        (3, "Mon 2023-06-12", 3),
        (1, "Wed 2023-06-14", 1),
        (0, "Thu 2023-06-15", 0),
        (-1, "Fri 2023-06-16", -1),
        (-3, "Mon 2023-06-19", -4),  # not on a Sunday
        (-7, "Sun 2023-06-25", -10),  # 端午节, then a worked Sunday
    ],
    "2023-06-19": [  # a Monday
        (7, "Mon 2023-06-12", 7),
        (1, "Fri 2023-06-16", 3),  # the planned Friday and Sunday are one letter
        (0, "Mon 2023-06-19", 0),
        (-1, "Tue 2023-06-20", -1),
        (-3, "Sun 2023-06-25", -6),
        (-7, "Mon 2023-06-26", -7),
    ],
    "2023-06-24": [  # a Saturday inside 端午节: its own letter comes on the last working day
        (7, "Fri 2023-06-16", 8),
        (0, "Wed 2023-06-21", 3),
        (-1, "Sun 2023-06-25", -1),
        (-3, "Tue 2023-06-27", -3),
        (-7, "Mon 2023-07-03", -9),
    ],
    "2023-10-07": [  # a worked Saturday after eight days of 国庆节
        (0, "Sat 2023-10-07", 0),
        (1, "Thu 2023-09-28", 9),
        (-1, "Sun 2023-10-08", -1),
        (-3, "Tue 2023-10-10", -3),
        (-7, "Mon 2023-10-16", -9),
    ],
}


@pytest.mark.parametrize(("due", "expected"), SEASON.items())
def test_reminders_fall_on_working_days_and_never_two_on_one_day(due, expected):
    file = campaign(due=due)
    found = slots.reminder_slots(file, file.requirements[0], date.fromisoformat(due))
    told = [(slot.days, shown(slot.day), slot.left) for slot in found if slot.days != 7]
    assert sorted(told) == sorted(row for row in expected if row[0] != 7)
    assert [s.days for s in found if s.days == 7] == [row[0] for row in expected if row[0] == 7]


def test_a_campaign_may_remind_on_any_day():
    file = campaign(due="2023-05-12", reminders={"workdays_only": False})
    found = slots.reminder_slots(file, file.requirements[0], date(2023, 5, 12))
    assert [shown(slot.day) for slot in found if slot.days < 0] == [
        "Sat 2023-05-13",
        "Mon 2023-05-15",
        "Fri 2023-05-19",
    ]


@pytest.mark.parametrize(
    ("now", "open_slots"),
    [
        ("2023-06-14T08:59:59", []),
        ("2023-06-14T09:00:00", [1]),
        ("2023-06-14T19:59:59", [1]),  # the worker was down all day: caught up
        ("2023-06-14T20:00:00", []),  # the evening has come: skipped
        ("2023-06-15T09:00:00", [0]),
        ("2023-06-17T12:00:00", []),
        ("2023-06-19T12:00:00", [-3]),
    ],
)
def test_a_slot_is_open_from_its_time_to_the_evening_of_its_day(now, open_slots):
    found = slots.reminders_due(campaign(), utc(now))
    assert [slot.days for slot in found] == open_slots


@pytest.mark.parametrize(
    ("quiet", "first", "last"),
    [
        ({}, "09:00", "20:00"),
        ({"from": "18:30", "to": "10:00"}, "10:00", "18:30"),
        ({"from": "00:00", "to": "00:00"}, "09:00", "00:00"),  # no quiet hours at all
    ],
)
def test_nobody_is_written_to_in_the_quiet_hours(quiet, first, last):
    file = campaign(reminders={"quiet": quiet})
    slot = next(s for s in slots.reminder_slots(file, file.requirements[0], date(2023, 6, 15)))
    found = [f"{at.astimezone(calendar.ZoneInfo(SHANGHAI)):%H:%M}" for at in (slot.at, slot.until)]
    assert found == [first, last]


def test_todays_letter_is_not_written_after_the_deadline_of_a_day_that_ends_early():
    file = campaign(due="2023-05-30", requirement={"due_time": "17:30"})
    found = slots.reminder_slots(file, file.requirements[0], date(2023, 5, 30))
    assert [s.until for s in found if s.days == 0] == [utc("2023-05-30T17:30")]


def test_an_extended_unit_has_its_own_slots():
    file = campaign()
    chifeng = Unit("chifeng", "赤峰", extended={"statistics": date(2023, 6, 21)})
    dues = slots.due_days(file, Roster((chifeng, Unit("wuhai", "乌海"))))
    assert [day for _, day in dues] == [date(2023, 6, 15), date(2023, 6, 21)]
    due = slots.reminders_due(file, utc("2023-06-20T10:00"), dues)
    assert [(slot.due, slot.days) for slot in due] == [(date(2023, 6, 21), 1)]


def test_nobody_is_reminded_before_the_campaign_opens_or_after_it_closes():
    file = campaign(opens="2023-06-12", closes="2023-06-16")
    found = slots.reminder_slots(file, file.requirements[0], date(2023, 6, 15))
    assert [slot.days for slot in found] == [3, 1, 0, -1]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2023-06-17T08:29:59", None),
        ("2023-06-17T08:30:00", "Sat 2023-06-17"),
        ("2023-06-17T23:59:59", "Sat 2023-06-17"),
        ("2023-04-30T12:00:00", None),  # not open yet
        ("2023-09-01T12:00:00", None),  # closed
    ],
)
def test_the_digest_comes_daily_while_the_campaign_is_open(now, expected):
    slot = slots.digest_slot(campaign(opens="2023-05-01"), utc(now))
    assert (slot and shown(slot.day)) == expected


def test_a_digest_may_keep_to_working_days():
    file = campaign(digest={"workdays_only": True})
    assert slots.digest_slot(file, utc("2023-06-17T09:00")) is None
    assert slots.digest_slot(file, utc("2023-06-25T09:00")) is not None


@given(
    due=st.dates(date(2005, 1, 1), date(2026, 6, 1)),
    before=st.sets(st.integers(0, 30), max_size=5),
    after=st.sets(st.integers(1, 30), max_size=5),
)
def test_no_plan_puts_two_letters_on_one_day_or_one_on_a_day_off(due, before, after):
    file = CampaignFile(
        id="c",
        title="t",
        requirements=(Requirement(key="k", title="t", due=due, press=True),),
        reminders=Reminders(before_days=tuple(before), after_days=tuple(after)),
        digest=Digest(),
    )
    found = slots.reminder_slots(file, file.requirements[0], due)
    days = [slot.day for slot in found]
    assert len(set(days)) == len(days)
    assert len({slot.days for slot in found}) == len(found)
    assert all(calendar.is_workday(day) for day in days)
    assert all(slot.until - slot.at == timedelta(hours=11) for slot in found)
