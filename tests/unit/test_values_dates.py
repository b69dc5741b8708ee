"""Dates and periods in the spellings people use."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values import read_value

DAY = "2023-05-20"
DATES = [
    "2023年5月20日",
    "2023年05月20日",
    "2023 年 5 月 20 日",
    "２０２３年５月２０日",
    "2023年5月20号",
    "2023年5月20",
    "2023.5.20",
    "2023.05.20",
    "2023．5．20",
    "2023-05-20",
    "2023-5-20",
    "2023/5/20",
    "2023/05/20",
    "20230520",
    "5月20日",
    "５月２０日",
    "5月20",
    "5.20",
    "5/20",
    "二〇二三年五月二十日",
    "二○二三年五月二十日",
    "二零二三年五月二十日",
    "五月二十日",
    "23年5月20日",
    "2023年5月20日上午9:00",
    "2023年5月20日 9:00-11:00",
    "2023年5月20日上午9时30分",
    "2023年5月20日9点",
    "2023年5月20日9点半",
    "2023年5月20日（星期六）",
    "2023年5月20日(周六)上午",
    "5月20日星期六",
    "2023年5月20日全天",
    "2023年5月20日。",
    "2023-05-20 09:00:00",
    "2023-05-20T09:00",
    " 2023年5月20日 ",
    "2023年\n5月20日",
    "2023年5月20日9:00—2023年5月20日17:00",
]


@pytest.mark.parametrize("text", DATES)
@pytest.mark.parametrize("kind", ["date", "period"])
def test_a_date_is_read(text, kind):
    answer = read_value(text, kind, default_year=2023)
    assert (answer.status, answer.value) == ("found", DAY)


PERIODS = [
    ("2023年5月20日-31日", "2023-05-20/2023-05-31"),
    ("5月20日-31日", "2023-05-20/2023-05-31"),
    ("5月20日—5月31日", "2023-05-20/2023-05-31"),
    ("5月20—31日", "2023-05-20/2023-05-31"),
    ("2023年5月20—31日", "2023-05-20/2023-05-31"),
    ("2023 年 5 月 20—31 日", "2023-05-20/2023-05-31"),
    ("5月20日至31日", "2023-05-20/2023-05-31"),
    ("5月20-31日", "2023-05-20/2023-05-31"),
    ("5月20日～31日", "2023-05-20/2023-05-31"),
    ("2023年5月20日至6月2日", "2023-05-20/2023-06-02"),
    ("2023年5月20日至2023年6月2日", "2023-05-20/2023-06-02"),
    ("2023年5月20日起至6月2日", "2023-05-20/2023-06-02"),
    ("2023.5.20-5.31", "2023-05-20/2023-05-31"),
    ("2023.5.20-2023.5.31", "2023-05-20/2023-05-31"),
    ("2023.5.20-31", "2023-05-20/2023-05-31"),
    ("5.20-5.31", "2023-05-20/2023-05-31"),
    ("5.20-31", "2023-05-20/2023-05-31"),
    ("2023-05-20至2023-05-31", "2023-05-20/2023-05-31"),
    ("2023-05-20 - 2023-05-31", "2023-05-20/2023-05-31"),
    ("2023-05-20/2023-05-31", "2023-05-20/2023-05-31"),
    ("2023/5/20-2023/5/31", "2023-05-20/2023-05-31"),
    ("2023/5/20-5/31", "2023-05-20/2023-05-31"),
    ("20230520-20230531", "2023-05-20/2023-05-31"),
    ("2023年5月20日--31日", "2023-05-20/2023-05-31"),
    ("五月二十日至三十一日", "2023-05-20/2023-05-31"),
    ("二〇二三年五月二十日至三十一日", "2023-05-20/2023-05-31"),
    ("5月20日、22日、25日", "2023-05-20,2023-05-22,2023-05-25"),
    ("5月20、22、25日", "2023-05-20,2023-05-22,2023-05-25"),
    ("5月20日和6月1日", "2023-05-20,2023-06-01"),
    ("5月20日\n5月22日", "2023-05-20,2023-05-22"),
    ("5月20日-22日、25日", "2023-05-20/2023-05-22,2023-05-25"),
    ("5月20日至31日，每天9:00-17:00", "2023-05-20/2023-05-31"),
    ("5月20日上午9:00至5月21日下午5:00", "2023-05-20/2023-05-21"),
    ("5月20日（周六）至21日（周日）", "2023-05-20/2023-05-21"),
    ("5月20日至31日（共12天）", "2023-05-20/2023-05-31"),
    ("2023年12月30日至2024年1月2日", "2023-12-30/2024-01-02"),
]


@pytest.mark.parametrize(("text", "value"), PERIODS)
def test_a_period_is_read(text, value):
    answer = read_value(text, "period", default_year=2023)
    assert (answer.status, answer.value) == ("found", value)


@pytest.mark.parametrize("text", [text for text, _ in PERIODS])
def test_a_period_is_not_one_date(text):
    assert read_value(text, "date", default_year=2023).status == "ambiguous"


@pytest.mark.parametrize(
    ("text", "status", "note"),
    [
        ("", "missing", None),
        ("   年  月  日", "missing", None),
        ("____年____月____日", "missing", None),
        ("年月日至年月日", "missing", None),
        ("5月中旬", "ambiguous", "vague"),
        ("全年", "ambiguous", "vague"),
        ("长期", "ambiguous", "vague"),
        ("5月底", "ambiguous", "vague"),
        ("待定", "ambiguous", "vague"),
        ("每周六", "ambiguous", "vague"),
        ("科技活动周期间", "ambiguous", "vague"),
        ("即日起至5月31日", "ambiguous", "vague"),
        ("2023年5月", "ambiguous", "no-day"),
        ("5月", "ambiguous", "no-day"),
        ("5月份", "ambiguous", "no-day"),
        ("2023年", "ambiguous", "no-day"),
        ("2023.05", "ambiguous", "no-day"),
        ("20日", "ambiguous", "no-month"),
        ("5月20日 31日", "ambiguous", "range"),
        ("5月20日至31日（共10天）", "ambiguous", "two-numbers"),
        ("5月20日（暂定）", "ambiguous", "words"),
        ("5.20-21.5", "unreadable", "impossible-date"),
        ("5月20日前", "ambiguous", "bound"),
        ("5月20日起", "ambiguous", "bound"),
        ("5月20日以后", "ambiguous", "bound"),
        ("5月20日在政府广场举办", "ambiguous", "words"),
        ("22年5月20日", "ambiguous", "no-year"),
        ("2023年5月20日（星期五）", "ambiguous", "weekday-contradicts"),
        ("2023年2月30日", "unreadable", "impossible-date"),
        ("2023年13月1日", "unreadable", "impossible-date"),
        ("2023-05-32", "unreadable", "impossible-date"),
        ("20231301", "unreadable", "impossible-date"),
        ("5月31日至20日", "unreadable", "reversed"),
        ("政府广场", "unreadable", "words"),
        ("abc", "unreadable", "words"),
        ("1" * 400, "unreadable", "too-long"),
    ],
)
def test_what_is_not_a_period_has_no_value(text, status, note):
    answer = read_value(text, "period", default_year=2023)
    assert (answer.status, answer.value) == (status, None)
    assert note is None or answer.notes == (note,)


def test_a_date_without_year_needs_the_campaigns_year():
    assert read_value("5月20日", "date").notes == ("no-year",)


def test_nothing_can_be_declared_for_a_date():
    answer = read_value("无", "date")
    assert (answer.status, answer.nil) == ("found", True)


def test_a_spreadsheets_date_wins():
    moment = datetime(2023, 5, 20, 9)  # noqa: DTZ001 - a spreadsheet's dates have no zone
    assert read_value("5月20日", "date", moment=moment).value == DAY
    assert read_value("45066", "period", moment=moment).value == DAY


def test_a_month_and_day_stored_as_a_number_has_lost_its_last_zero():
    answer = read_value("5.2", "date", number=Decimal("5.2"), default_year=2023)
    assert (answer.status, answer.notes) == ("ambiguous", ("date-format",))
    compact = read_value("20230520", "date", number=Decimal(20230520))
    assert compact.value == DAY
    assert read_value("45066", "date", number=Decimal(45066)).status != "found"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 60))
def test_every_day_reads_back_in_every_spelling(first, length):
    last = first + timedelta(days=length)
    one = f"{first.year}年{first.month}月{first.day}日"
    two = f"{last.year}.{last.month:02}.{last.day:02}"
    assert read_value(one, "date").value == first.isoformat()
    assert read_value(two, "date").value == last.isoformat()
    both = f"{first}/{last}" if length else f"{first}"
    assert read_value(f"{one}至{two}", "period").value == both


@given(st.text(alphabet="0123456789年月日号./-—~至、, 上午二十", max_size=16))
def test_no_text_of_date_characters_breaks_the_reader(text):
    answer = read_value(text, "period", default_year=2023)
    assert (answer.value is not None) == (answer.status == "found")
