"""The six shipped campaigns: what each owes and when, with which limits, and who."""

# ruff: noqa: E501 - tables of what the notices say, a line each

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.calendar import due_instant
from rules.folder.load import SHIPPED, load_campaigns
from templates import words

CAMPAIGNS = load_campaigns(SHIPPED)
BY_ID = {campaign.id: campaign for campaign in CAMPAIGNS}
CHINA = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"

# campaign, requirement, the first instant that is late, the weekday of the day the notice names:
# 前 includes that day to its end; 5月30日下午下班前 is half past five
DUES = (
    ("2023-neimenggu", "project", "2023-05-13T00:00:00+08:00", "星期五"),
    ("2023-neimenggu", "statistics", "2023-06-16T00:00:00+08:00", "星期四"),
    ("2023-neimenggu", "report", "2023-06-16T00:00:00+08:00", "星期四"),
    ("2023-neimenggu", "media", "2023-06-16T00:00:00+08:00", "星期四"),
    ("2023-cis", "project", "2023-05-16T00:00:00+08:00", "星期一"),
    ("2023-cis", "statistics", "2023-06-16T00:00:00+08:00", "星期四"),
    ("2023-national", "statistics", "2023-07-01T00:00:00+08:00", "星期五"),
    ("2023-national", "report", "2023-07-01T00:00:00+08:00", "星期五"),
    ("2023-xinjiang", "report", "2023-06-16T00:00:00+08:00", "星期四"),
    ("2023-xinjiang", "statistics", "2023-06-16T00:00:00+08:00", "星期四"),
    ("2023-xinjiang", "photos", "2023-06-16T00:00:00+08:00", "星期四"),
    ("2023-xinjiang", "press", "2023-06-16T00:00:00+08:00", "星期四"),
    ("2023-xinjiang", "video", "2023-06-16T00:00:00+08:00", "星期四"),
    ("2023-taiyuan", "statistics", "2023-06-11T00:00:00+08:00", "星期六"),
    ("2023-taiyuan", "report", "2023-06-11T00:00:00+08:00", "星期六"),
    ("2023-taiyuan", "media", "2023-06-11T00:00:00+08:00", "星期六"),
    ("2023-sixian", "exhibits", "2023-05-19T00:00:00+08:00", "星期四"),
    ("2023-sixian", "statistics", "2023-05-30T17:30:00+08:00", "星期二"),
    ("2023-sixian", "report", "2023-05-30T17:30:00+08:00", "星期二"),
    ("2023-sixian", "media", "2023-05-30T17:30:00+08:00", "星期二"),
    ("2023-sixian", "press", "2023-05-30T17:30:00+08:00", "星期二"),
)
KINDS = {
    "2023-neimenggu": {"project": "form", "statistics": "form", "report": "report", "media": "photos video"},
    "2023-cis": {"project": "form", "statistics": "form"},
    "2023-national": {"statistics": "form", "report": "report"},
    "2023-xinjiang": {"report": "report", "statistics": "form", "photos": "photos", "press": "press", "video": "video"},
    "2023-taiyuan": {"statistics": "form", "report": "report", "media": "photos video"},
    "2023-sixian": {"exhibits": "report", "statistics": "form", "report": "report", "media": "photos video", "press": "press"},
}  # fmt: skip
MAILBOXES = {
    "2023-neimenggu": ("nmkepu@126.com",),
    "2023-cis": ("Lsh@cis.org.cn",),
    "2023-national": (),
    "2023-xinjiang": ("nckjfwzx2020@163.com",),
    "2023-taiyuan": ("w251342595@163.com",),
    "2023-sixian": ("sxkjj7022310@163.com",),
}
UNITS = {"2023-neimenggu": 27, "2023-cis": 31, "2023-national": 47, "2023-xinjiang": 15, "2023-taiyuan": 20, "2023-sixian": 39}  # fmt: skip


@pytest.mark.parametrize(("name", "key", "instant", "weekday"), DUES)
def test_every_due_instant_ends_the_day_or_hour_the_notice_names(name, key, instant, weekday):
    campaign = BY_ID[name]
    due = due_instant(campaign.file, campaign.requirement(key)).astimezone(CHINA)
    assert due.isoformat() == instant
    last = due - timedelta(seconds=1)
    assert f"星期{WEEKDAYS[last.weekday()]}" == weekday
    assert weekday in words.due(due)  # as letters say it


def test_the_table_of_dues_names_every_requirement_of_every_campaign_once():
    owed = [(c.id, r.key) for c in CAMPAIGNS for r in c.file.requirements]
    assert sorted(owed) == sorted((name, key) for name, key, _, _ in DUES)


@pytest.mark.parametrize("name", KINDS)
def test_every_requirement_is_of_the_kind_the_notice_asks_for(name):
    asked = ("form", "photos", "press", "report", "video")
    kinds = {
        r.key: " ".join(kind for kind in asked if getattr(r, kind)) for r in BY_ID[name].file.requirements
    }  # fmt: skip
    assert kinds == KINDS[name]


def test_mailboxes_stand_as_the_notices_print_them():
    assert {c.id: c.file.mailboxes for c in CAMPAIGNS} == MAILBOXES


def test_a_mailbox_is_known_in_whatever_case_the_notice_prints_it():
    assert BY_ID["2023-cis"].file.boxes == ("lsh@cis.org.cn",)


def test_films_are_limited_as_the_notices_say():
    film = BY_ID["2023-xinjiang"].requirement("video").video
    assert (film.width, film.height, film.min_mbps, film.max_mbps) == (1920, 1080, 50, 100)
    assert (film.frames_per_second, film.containers) == (25, ("mov", "mpg"))
    for name in ("2023-neimenggu", "2023-taiyuan", "2023-sixian"):
        assert BY_ID[name].requirement("media").video.max_seconds == 180


def test_rosters_hold_the_units_the_notices_are_addressed_to():
    assert {c.id: len(c.roster.units) for c in CAMPAIGNS} == UNITS
    kinds = [unit.category for unit in BY_ID["2023-national"].roster.units]
    assert [
        kinds.count(k) for k in ("省（自治区、直辖市）", "计划单列市", "副省级城市", "兵团")
    ] == [31, 5, 10, 1]
    assert all(unit.addresses for c in CAMPAIGNS for unit in c.roster.units)


def test_only_the_bureaus_the_notice_lists_owe_what_is_exhibited():
    campaign = BY_ID["2023-sixian"]
    listed = [unit.id for unit in campaign.roster.units if "exhibits" in unit.owes]
    assert len(listed) == 13
    assert not campaign.requirement("exhibits").required
    others = [unit for unit in campaign.roster.units if unit.id not in listed]
    assert all(not unit.owes for unit in others)
