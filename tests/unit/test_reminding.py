"""What is asked of whom, and when in the day: tables a clerk could check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.campaign import Reminders, Requirement
from rules.judging.announced import Announced, meant_by
from rules.outcome import Standing
from rules.reminders.reminding import (
    Came,
    State,
    asked_of,
    by_name,
    expires_soon,
    recipients_of,
    spread,
    superior_of,
    turn_of,
)
from rules.roster import Unit
from rules.standing import Due

ZONE = ZoneInfo("Asia/Shanghai")
PLAN = Reminders()


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2023, 6, day, hour, tzinfo=ZONE)


def requirement(key: str, **more) -> Requirement:
    kinds = {"form": key} if key in {"project", "statistics"} else {"video": {}}
    return Requirement.model_validate(
        {"key": key, "title": key, "due": "2023-06-15", **kinds, **more}
    )


PROJECT = requirement("project", per_unit="many")
STATISTICS = requirement("statistics")
MEDIA = requirement("media", keywords=["影像", "视频"], photos=True)
GOOD, LATE, BACK, NIL = Standing.ACCEPTED, Standing.ACCEPTED_LATE, Standing.RETURNED, Standing.NIL


@dataclass(frozen=True)
class Case:
    why: str
    owed: Requirement
    standing: Standing
    came: tuple[tuple[str, Standing, int], ...]  # item, standing, day of June
    asked: tuple[tuple[State, str], ...]
    link: bool = False


CASES = (
    Case("nothing came", STATISTICS, Standing.MISSING, (), ((State.NOTHING, ""),)),
    Case("it was returned", STATISTICS, BACK, (("", BACK, 8),), ((State.RETURNED, ""),)),
    Case(
        "it was returned twice: the last version counts",
        STATISTICS, BACK, (("", BACK, 8), ("", BACK, 9)), ((State.RETURNED, ""),),
    ),
    Case("a good one stands", STATISTICS, GOOD, (("", GOOD, 8),), ()),
    Case(
        "a good one stands though a later one was returned",
        STATISTICS, GOOD, (("", GOOD, 8), ("", BACK, 9)), (),
    ),
    Case("无 was declared", STATISTICS, NIL, (("", NIL, 8),), ()),
    Case(
        "two projects were returned: each is asked for",
        PROJECT, BACK, (("夜市", BACK, 8), ("讲座", BACK, 9)),
        ((State.RETURNED, "夜市"), (State.RETURNED, "讲座")),
    ),
    Case(
        "one project stands, another came later and was returned: part has come",
        PROJECT, GOOD, (("夜市", GOOD, 8), ("讲座", BACK, 9)), ((State.PART, "讲座"),),
    ),
    Case(
        "a project was returned and a good one under another name came after it",
        PROJECT, GOOD, (("夜巿", BACK, 8), ("夜市", GOOD, 9)), (),
    ),
    Case(
        "a project stands and the same was returned later",
        PROJECT, GOOD, (("夜市", GOOD, 8), ("夜市", BACK, 9)), (),
    ),
    Case(
        "a project stands, and a form without a name was returned later",
        PROJECT, GOOD, (("夜市", GOOD, 8), ("", BACK, 9)), (),
    ),
    Case("only a link came", MEDIA, Standing.MISSING, (), ((State.ANNOUNCED, ""),), link=True),
    Case(
        "a link came for another version of what was returned",
        MEDIA, BACK, (("", BACK, 8),), ((State.RETURNED, ""),), link=True,
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.why for case in CASES])
def test_a_reminder_knows_what_has_come(case):
    due = Due(case.owed, at(16, 0), case.standing)
    came = [Came(case.owed.key, item, standing, at(day)) for item, standing, day in case.came]
    link = Announced("media", "活动.mp4", "800M", at(18), at(10))
    asked = asked_of((due,), came, {"media": link} if case.link else {})
    assert tuple((a.state, a.version.item if a.version else "") for a in asked) == case.asked


def test_the_last_returned_version_is_the_one_whose_points_are_open():
    due = Due(STATISTICS, at(16, 0), BACK)
    came = [Came("statistics", "", BACK, at(8)), Came("statistics", "", BACK, at(9))]
    (asked,) = asked_of((due,), came, {})
    assert asked.version is came[1]


OFFICE, CLERK, OTHER = "office@a.cn", "clerk@qq.com", "other@a.cn"


@pytest.mark.parametrize(
    ("left", "submitters", "expected"),
    [
        (7, (), (OFFICE, OTHER)),  # nobody has sent anything yet: all who are listed
        (7, (CLERK,), (CLERK,)),
        (3, (OTHER, CLERK), (CLERK,)),  # who submitted last
        (2, (CLERK,), (CLERK,)),
        (1, (CLERK,), (OFFICE, OTHER, CLERK)),  # then all
        (0, (CLERK,), (OFFICE, OTHER, CLERK)),
        (-7, (CLERK, OTHER), (OFFICE, OTHER)),
    ],
)
def test_who_submitted_last_is_asked_first_and_then_all(left, submitters, expected):
    assert recipients_of(PLAN, left, (OFFICE, OTHER), submitters) == expected


def test_a_superior_is_a_unit_of_the_roster_with_an_address():
    bureau = Unit("city", "赤峰市科学技术局", aliases=("赤峰科技局",), addresses=("kjj@cf.cn",))
    silent = Unit("silent", "乌海市科学技术局")
    named = by_name((bureau, silent))
    assert superior_of(Unit("a", "甲", parent="赤峰市 科学技术局"), named) is bureau
    assert superior_of(Unit("a", "甲", parent="赤峰科技局"), named) is bureau
    assert superior_of(Unit("a", "甲", parent="乌海市科学技术局"), named) is None
    assert superior_of(Unit("a", "甲", parent="自治区科技厅"), named) is None
    assert superior_of(Unit("city", "赤峰市科学技术局", parent="赤峰科技局"), named) is None
    assert superior_of(Unit("a", "甲"), named) is None


@pytest.mark.parametrize(
    ("units", "per_hour", "hours"),
    [(27, 60, 1), (45, 60, 1), (90, 60, 2), (300, 60, 5.5), (300, 1000, 1)],
)
def test_letters_are_spread_over_the_hour_or_as_long_as_the_budget_asks(units, per_hour, hours):
    assert spread(PLAN, units, per_hour, timedelta(hours=11)) == timedelta(hours=hours)


def test_a_campaign_may_write_to_all_at_once():
    assert spread(Reminders(spread_minutes=0), 300, 60, timedelta(hours=11)) == timedelta()


def test_a_units_turn_is_always_the_same_and_the_turns_fill_the_hour():
    hour = timedelta(hours=1)
    turns = [turn_of("2023-neimenggu", f"unit{n}", hour) for n in range(300)]
    assert turns == [turn_of("2023-neimenggu", f"unit{n}", hour) for n in range(300)]
    assert timedelta() <= min(turns) < timedelta(minutes=2)
    assert timedelta(minutes=58) < max(turns) < hour
    quarters = [sum(turn // timedelta(minutes=15) == n for turn in turns) for n in range(4)]
    assert min(quarters) > 50


# 17 and 18 June 2023 are a weekend, 22 to 24 June 端午节, the 25th a worked Sunday.
@pytest.mark.parametrize(
    ("expires", "came", "day", "soon"),
    [
        (at(16, 12), 9, 14, True),
        (at(16, 12), 9, 13, False),
        (at(16, 12), 9, 15, False),
        (at(16, 12), 14, 14, False),  # it came today: the answer said so
        (at(20, 12), 9, 16, True),  # two days before is a Sunday: the Friday
        (at(24, 12), 9, 21, True),  # two days before is 端午节: the Wednesday
        (None, 9, 14, False),
    ],
)
def test_a_link_about_to_expire_is_written_about_two_days_before(expires, came, day, soon):
    link = Announced("media", "活动.mp4", "800M", expires, at(came))
    assert expires_soon(link, date(2023, 6, day), PLAN) is soon


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("活动.mp4", "media"),
        ("影像资料.zip", "media"),
        ("", "media"),
        ("statistics.docx", "statistics"),
    ],
)
def test_what_a_link_announces_is_known_by_its_name(name, key):
    assert meant_by(name, (PROJECT, STATISTICS, MEDIA)) == key


def test_a_link_answers_nothing_where_no_film_or_picture_is_owed():
    assert meant_by("活动.mp4", (PROJECT, STATISTICS)) == ""
