"""Counts, numbers and money as people write them: a table that a clerk could check."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values import read_labelled, read_value

FOUND_COUNTS = [
    # text, unit, value
    ("1200", "人", 1200),
    ("１２００", "人", 1200),
    ("1,200", "人", 1200),
    ("1，200", "人", 1200),
    ("１，２００", "人", 1200),
    ("1 200", "人", 1200),
    ("1'200", "人", 1200),
    ("12,345,678", "人次", 12345678),
    ("12 000", "人", 12000),
    (" 1200 ", "人", 1200),
    ("　1200　", "人", 1200),
    ("1200\u200b", "人", 1200),
    ("1200。", "人", 1200),
    ("1200人", "人", 1200),
    ("1200 人", "人", 1200),
    ("1200\n人", "人", 1200),
    ("1,200人", "人", 1200),
    ("1200（人）", "人", 1200),
    ("（300）", "人", 300),
    ("（300）人", "人", 300),
    ("__300__人", "人", 300),
    ("1.2万", "人", 12000),
    ("1.2万人", "人", 12000),
    ("1.2 万人次", "人次", 12000),
    ("12万", "人次", 120000),
    ("3千", "份", 3000),
    ("5百", "份", 500),
    ("3千5百", "份", 3500),
    ("2千万", "人次", 20000000),
    ("1万2000", "人", 12000),
    ("12万3000", "人", 123000),
    ("1亿2000万", "人次", 120000000),
    ("3.25亿", "人次", 325000000),
    ("三百二十", "人", 320),
    ("叁佰贰拾", "人", 320),
    ("叁佰贰拾人", "人", 320),
    ("两千零五", "人", 2005),
    ("一万二", "人", 12000),
    ("一万零二", "人", 10002),
    ("一万五百", "人", 10500),
    ("一百二", "人", 120),
    ("一百零二", "人", 102),
    ("十", "场", 10),
    ("十五", "场", 15),
    ("一十五", "场", 15),
    ("二十", "场", 20),
    ("廿五", "场", 25),
    ("卅", "场", 30),
    ("一二〇〇", "人", 1200),
    ("二〇", "人", 20),
    ("五", "场", 5),
    ("两", "场", 2),
    ("伍万", "份", 50000),
    ("三点五万", "份", 35000),
    ("三萬", "份", 30000),
    ("一千二百三十四万五千六百七十八", "人次", 12345678),
    ("约500", "人", 500),
    ("约500余人", "人", 500),
    ("500余人", "人", 500),
    ("500多人", "人", 500),
    ("近千", "人", None),
    ("近1000人", "人", 1000),
    ("500人左右", "人", 500),
    ("500左右", "人", 500),
    ("500人以上", "人", 500),
    ("超过500人", "人", 500),
    ("1000+", "人", 1000),
    ("20余万", "人次", 200000),
    ("20余万人次", "人次", 200000),
    ("1.2万余人次", "人次", 12000),
    ("十余", "场", 10),
    ("十多万", "人次", 100000),
    ("千余人", "人", 1000),
    ("三百多人", "人", 300),
    ("预计500人", "人", 500),
    ("≥300", "人", 300),
    ("共1200人", "人", 1200),
    ("共计1200人", "人", 1200),
    ("累计1200人次", "人次", 1200),
    ("达1200人", "人", 1200),
    ("1200人（线上）", "人", 1200),
    ("1200人（其中科技人员300人）", "人", 1200),
    ("1200，其中科技人员300", "人", 1200),
    ("参加活动人员1200人", "人", 1200),
    ("参加活动人员：1200人", "人", 1200),
    ("参加1200人", "人", 1200),
    ("1200人参加", "人", 1200),
    ("1200人参加活动", "人", 1200),
    ("1200活动人员", "人", 1200),
    ("300名", "人", 300),
    ("5场次", "场", 5),
    ("5次", "场", 5),
    ("5场", "次", 5),
    ("20家", "个", 20),
    ("20个", "家", 20),
    ("20所", "个", 20),
    ("3000册", "份、册", 3000),
    ("3000份", "份、册", 3000),
    ("3000份/册", "份、册", 3000),
    ("3000（份、册）", "份、册", 3000),
    ("5台", "台、套", 5),
    ("5套", "台、套", 5),
    ("5台套", "台、套", 5),
    ("5台（套）", "台、套", 5),
    ("300人/次", "人次", 300),
    ("300人·次", "人次", 300),
    ("300人（次）", "人次", 300),
    ("300人", "人（次）", 300),
    ("300人次", "人（次）", 300),
    ("1200", "份、册", 1200),
    ("1.5公里", "米", 1500),
    ("15.0", "人", 15),
    ("15.00", "人", 15),
    ("012", "人", 12),
    ("12万人次", "万人次", 12),
    ("12万", "万人次", 12),
    ("120000人次", "万人次", 12),
    ("12", "万人次", 12),
    ("33万", "万", 33),
    ("3千字", "千字", 3),
    ("6万字", "千字", 60),
    ("120万元/年", "万元/年", 120),
    ("1200", None, 1200),
    ("1200人次", None, 1200),
    ("6期", "期", 6),
    ("30块", "块", 30),
    ("12辆", "辆", 12),
    ("12条", "条", 12),
    ("2万条", "条", 20000),
]


@pytest.mark.parametrize(
    ("text", "unit", "value"), [case for case in FOUND_COUNTS if case[2] is not None]
)
def test_a_count_is_read(text, unit, value):
    answer = read_value(text, "count", unit=unit, label="参加活动人员")
    assert (answer.status, answer.value) == ("found", value)
    assert isinstance(answer.value, int)


@pytest.mark.parametrize(
    "text",
    [
        *("无", "/", "—", "－", "--", "——", "0", "０", "零", "〇", "○", "没有", "暂无", "未开展"),
        *(
            "N/A",
            "n/a",
            "无。",
            "（无）",
            "无人",
            "0人",
            "0.0",
            "零人",
            "０人",
            "／",
            "-",
            "不涉及",
            "無",
            "╱",
            "均无",
            "此项无",
            "本单位无",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["count", "money", "number"])
def test_a_word_for_nothing_is_a_declared_nil(text, kind):
    answer = read_value(text, kind, unit=None if kind == "money" else "人")
    if kind == "money" and text in {"0人", "零人", "０人"}:
        assert answer.notes == ("unit-contradicts",)
        return
    assert (answer.status, answer.value, answer.nil) == ("found", 0, True)
    assert "nil" in answer.notes


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "　", "\n", "____", "______人", "（人）", "( )", "（  ）人", "人", "人次"),
        *("约   人", "共____人", "：", "……", "____份、册", "万元", "（万元）", "\u200b", "台、套"),
    ],
)
def test_a_cell_without_a_number_is_missing(text):
    assert read_value(text, "count", unit="人").status == "missing"


AMBIGUOUS = [
    # text, unit, note
    ("100-200", "人", "range"),
    ("100～200", "人", "range"),
    ("100—200人", "人", "range"),
    ("100至200", "人", "range"),
    ("100人到200人", "人", "range"),
    ("一百至二百", "人", "range"),
    ("三五", "人", "range"),
    ("三四百", "人", "range"),
    ("七八十人", "人", None),
    ("线上500 线下300", "人", "two-numbers"),
    ("120/130", "人", "two-numbers"),
    ("500人，300人次", "人", "two-numbers"),
    ("500、300", "人", "two-numbers"),
    ("500 300", "人", "two-numbers"),
    ("500\n300", "人", "two-numbers"),
    ("100+200", "人", "two-numbers"),
    ("100+200=300", "人", "two-numbers"),
    ("5场12次", "场", "two-numbers"),
    ("500人（300人）", "人", "two-numbers"),
    ("1,2", "人", "separator"),
    ("12,34", "人", "separator"),
    ("1,2000", "人", "separator"),
    ("1.200.000", "人", "separator"),
    ("300人", "人次", "unit-contradicts"),
    ("300人次", "人", "unit-contradicts"),
    ("300人", "个", "unit-contradicts"),
    ("5家", "项", "unit-contradicts"),
    ("20平方米", "米", "unit-contradicts"),
    ("12辆次", "辆", "unit-contradicts"),
    ("5万元", "人", "unit-contradicts"),
    ("50%", "人", "unit-contradicts"),
    ("50%", None, "unit-contradicts"),
    ("3.5", "场", "not-whole"),
    ("1.23456万", "人", "not-whole"),
    ("不足100", "人", "bound"),
    ("不到100人", "人", "bound"),
    ("100人以内", "人", "bound"),
    ("≤100", "人", "bound"),
    ("若干", "场", "vague"),
    ("几十", "人", "vague"),
    ("数百人", "人", "vague"),
    ("上千人", "人", "vague"),
    ("多场", "场", "vague"),
    ("待统计", "人", "vague"),
    ("十几场", "场", "vague"),
    ("300人未到", "人", "words"),
    ("第3次", "次", "words"),
    ("500（未完成）", "人", "words"),
    ("①500", "人", None),
    ("300人，其中科技人员500人", "人", "two-numbers"),
    ("53百", "人", None),
    ("9百百", "人", None),
    ("03百", "人", None),
    ("300万99", "人", None),
    ("一多百", "人", None),
    ("(1)300", "人", "two-numbers"),
    ("（1） 300", "人", "two-numbers"),
    ("5__300", "人", "two-numbers"),
    ("5\t300", "人", "two-numbers"),
    ("5　300", "人", "two-numbers"),
    ("1.000", "人", "separator"),
    ("300人/场", "人", "unit-contradicts"),
    ("千", "人", "words"),
    ("共3场，参与300人", "场", "two-numbers"),
    ("10²", "人", None),
    ("1万2", "人", None),
    ("1⁄2", "个", "two-numbers"),
    ("一一", "场", None),
    ("5月20日", "场", None),
]


@pytest.mark.parametrize(("text", "unit", "note"), AMBIGUOUS)
def test_a_count_that_reads_two_ways_is_ambiguous(text, unit, note):
    answer = read_value(text, "count", unit=unit)
    assert (answer.status, answer.value) == ("ambiguous", None)
    assert note is None or answer.notes == (note,)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("-5", "negative"),
        ("－5人", "negative"),
        ("很好", "words"),
        ("见附件", None),
        ("abc", "words"),
        ("1O0", "words"),
        ("1.2E+04", "precision-lost"),
        ("9" * 300, "too-long"),
        ("9" * 30, "too-long"),
        ("#REF!", "error-value"),
        ("#DIV/0!", "error-value"),
        ("共" * 199, None),
    ],
)
def test_what_is_no_count_has_no_value(text, note):
    answer = read_value(text, "count", unit="人")
    assert answer.status in {"unreadable", "ambiguous", "missing"}
    assert answer.value is None
    if note is not None:
        assert (answer.status, answer.notes) == ("unreadable", (note,))


@pytest.mark.parametrize(
    ("text", "unit", "value", "notes"),
    [
        ("50000元", "万元", 5.0, {"converted", "unit-given"}),
        ("5万元", "元", 50000.0, {"unit-given"}),
        ("5万元", "万元", 5.0, {"unit-given"}),
        ("5万", "万元", 5.0, {"unit-given"}),
        ("5", "万元", 5.0, set()),
        ("5万", "元", 50000.0, set()),
        ("1.5亿元", "万元", 15000.0, {"converted", "unit-given"}),
        ("3千元", "元", 3000.0, {"unit-given"}),
        ("¥50,000.00", "元", 50000.0, {"unit-given"}),
        ("人民币5万元", "万元", 5.0, {"unit-given"}),
        ("伍万元整", "元", 50000.0, {"unit-given", "chinese-numeral"}),
        ("伍万元整（¥50000）", "元", 50000.0, None),
        ("伍万元正", "万元", 5.0, {"unit-given", "chinese-numeral"}),
        ("5万元正", "元", 50000.0, {"unit-given"}),
        ("3000元", "折合元", 3000.0, {"unit-given"}),
        ("折合3000元", "折合元", 3000.0, {"unit-given"}),
        ("5（万元）", "万元", 5.0, {"unit-given"}),
        ("5（万元）", "元", 50000.0, {"unit-given", "converted"}),
        ("12.5", "万元", 12.5, set()),
        ("５．５万元", "万元", 5.5, {"unit-given", "full-width"}),
        ("约5万元", "万元", 5.0, {"approximate", "unit-given"}),
        ("-3", "元", -3.0, set()),
        ("五万元", "万元", 5.0, {"unit-given", "chinese-numeral"}),
        ("5万元", None, 50000.0, None),
    ],
)
def test_money_is_given_in_the_forms_unit(text, unit, value, notes):
    answer = read_value(text, "money", unit=unit)
    assert (answer.status, answer.value) == ("found", value)
    assert isinstance(answer.value, float)
    assert notes is None or set(answer.notes) == notes


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("5美元", "unit-contradicts"),
        ("300人", "unit-contradicts"),
        ("3-5万元", "range"),
        ("省级5万元，市级3万元", "two-numbers"),
        ("1,23", "separator"),
    ],
)
def test_money_that_contradicts_itself_is_ambiguous(text, note):
    answer = read_value(text, "money", unit="万元")
    assert (answer.status, answer.notes) == ("ambiguous", (note,))


@pytest.mark.parametrize(
    ("text", "number", "kind", "unit", "value"),
    [
        ("8,432", "8432", "count", "人", 8432),
        ("8432", "8432.000000001", "count", "人", 8432),
        ("1.2E+04", "12000", "count", "人", 12000),
        ("15.00", "15", "count", "人", 15),
        ("1200人", "1200", "count", "人", 1200),
        ("125.7万", "1256780", "count", "人次", 1256780),
        ("12.35", "12.3456", "money", "万元", 12.3456),
        ("5万元", "5", "money", "元", 50000.0),
        ("25.6%", "0.256", "number", "%", 25.6),
        ("-", "0", "count", "人", 0),
        ("", "7", "count", "人", 7),
        ("####", "120000", "count", "人", 120000),
        ("(300)", "-300", "number", "元", -300.0),
    ],
)
def test_a_stored_number_wins_over_its_display(text, number, kind, unit, value):
    answer = read_value(text, kind, unit=unit, number=Decimal(number))
    assert (answer.status, answer.value) == ("found", value)


@pytest.mark.parametrize(
    ("text", "number", "kind", "note"),
    [
        ("8,433", "8432.6", "count", "not-whole"),
        ("500", "700", "count", "display-differs"),
        ("25.6%", "0.256", "count", "unit-contradicts"),
        ("abc", "5", "count", "display-differs"),
        ("300人次", "300", "count", "unit-contradicts"),
    ],
)
def test_a_display_that_is_not_its_number_is_ambiguous(text, number, kind, note):
    answer = read_value(text, kind, unit="人", number=Decimal(number))
    assert (answer.status, answer.notes) == ("ambiguous", (note,))


def test_a_date_cell_is_no_count():
    moment = datetime(2023, 5, 20)  # noqa: DTZ001 - a spreadsheet's dates have no zone
    answer = read_value("5月20日", "count", unit="人", moment=moment)
    assert (answer.status, answer.notes) == ("ambiguous", ("date-format",))


@pytest.mark.parametrize(
    ("flag", "status", "note"),
    [
        ("no-cached-value", "ambiguous", "formula-without-value"),
        ("precision-lost", "unreadable", "precision-lost"),
        ("half-white", "ambiguous", "half-white"),
        ("error-value", "unreadable", "error-value"),
    ],
)
def test_what_the_file_reader_flags_is_no_value(flag, status, note):
    answer = read_value("300", "count", unit="人", flags=frozenset({flag}))
    assert (answer.status, answer.value, answer.notes) == (status, None, (note,))


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("其中: 科技人员 300人", 300, ""),
        ("其中：科技人员300", 300, ""),
        ("其中科技人员：300", 300, ""),
        ("科技人员300", 300, ""),
        ("科 技 人 员：３００ 人", 300, ""),
        ("其中: 科技人员300人，志愿者50人", 300, "其中：志愿者50人"),
        ("志愿者50人，科技人员300人", 300, "志愿者50人"),
        ("科技人员300人其他人员200人", 300, "其他人员200人"),
        ("其中300名科技人员", 300, ""),
        ("其中：科技人员（人）300", 300, ""),
        ("其中: 科技人员 三百人", 300, ""),
        ("其中: 科技人员 约300余人", 300, ""),
        ("其中: 科技人员 1,200人、志愿者50", 1200, "其中：志愿者50"),
        ("其中: 科技人员\n300人\n启动仪式在5月20日", 300, None),
        ("启动仪式在5月20日，科技人员300人", 300, "启动仪式在5月20日"),
        ("其中: 科技人员 无", 0, ""),
    ],
)
def test_a_sub_value_is_read_from_remarks(text, value, rest):
    answer, left = read_labelled(text, "科技人员", unit="人")
    assert (answer.status, answer.value) == ("found", value)
    assert rest is None or left == rest


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("其中: 科技人员", "missing"),
        ("其中: 科技人员____人", "missing"),
        ("其中: 科技人员  人，志愿者50人", "missing"),
        ("志愿者50人", "missing"),
        ("", "missing"),
        ("其中: 科技人员 100-200人", "ambiguous"),
        ("科技人员300人，科技人员200人", "ambiguous"),
        ("科技人员300人次", "ambiguous"),
        ("科技人员占30%", "ambiguous"),
    ],
)
def test_a_sub_value_that_is_not_there_is_not_invented(text, status):
    answer, _ = read_labelled(text, "科技人员", unit="人")
    assert (answer.status, answer.value) == (status, None)


@given(st.integers(min_value=0, max_value=10**14))
def test_a_plain_or_grouped_whole_number_is_itself(number):
    mobile = 13 * 10**9 <= number < 2 * 10**10 and number % 10000
    assert read_value(str(number), "count").value == (None if mobile else number)
    assert read_value(f"{number:,}", "count").value == number


_SECTION = "零一二三四五六七八九"


@given(
    st.integers(0, 10**10),
    st.sampled_from(["count", "number", "money"]),
    st.sampled_from([None, "人", "万元", "份、册"]),
)
def test_bare_digits_say_the_same_with_spaces_around_them(number, kind, unit):
    bare = read_value(str(number), kind, unit=unit)
    assert bare == read_value(f" {number} ", kind, unit=unit)
    stored = read_value(str(number), kind, unit=unit, number=Decimal(number))
    assert stored == read_value(f" {number} ", kind, unit=unit, number=Decimal(number))


def _chinese(number: int) -> str:
    """Spell 1..9999 in the standard way, written apart from the reader under test."""
    spelled, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit == 0:
            gap = bool(spelled)
            continue
        spelled += ("零" if gap else "") + _SECTION[digit] + name
        gap = False
    return spelled


@given(st.integers(min_value=1, max_value=9999))
def test_every_spelled_number_below_ten_thousand_is_itself(number):
    assert read_value(_chinese(number), "count").value == number
    assert read_value(_chinese(number) + "万", "count").value == number * 10000


@given(st.text(alphabet="0123456789,. 一二十百万人次约余-/(）元", max_size=14))
def test_no_text_of_amount_characters_breaks_the_reader(text):
    answer = read_value(text, "count", unit="人")
    assert (answer.value is not None) == (answer.status == "found")


@given(
    st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(["-", "、", "/", "和", "\n", "+"])
)
def test_two_numbers_never_become_one(first, second, between):
    assert read_value(f"{first}{between}{second}", "count").status == "ambiguous"


def test_money_without_any_unit_is_ambiguous():
    assert read_value("5", "money").notes == ("no-unit",)
    assert read_value("5万", "money").value == 50000.0
    assert read_value("¥5000", "money").value == 5000.0
    assert read_value("无", "money").nil


def test_a_number_that_its_format_hides_is_asked_about_but_for_a_zero():
    hidden = frozenset({"hidden-left-out"})
    read = read_value("", "count", number=Decimal(55), flags=hidden)
    assert (read.status, read.notes) == ("ambiguous", ("display-differs",))
    assert read_value("", "count", number=Decimal(0), flags=hidden).value == 0
    assert read_value("", "count", number=Decimal(55)).value == 55


@pytest.mark.parametrize("text", ["8万元", "10元", "8块钱"])
def test_money_is_no_count_of_things(text):
    answer = read_value(text, "count")
    assert (answer.status, answer.notes) == ("ambiguous", ("unit-contradicts",))
    assert read_value(text, "count", unit="元").status == "found"


@pytest.mark.parametrize(("text", "value"), [("8万", 80000), ("8块", 8), ("8万人", 80000)])
def test_a_size_alone_is_no_money(text, value):
    assert read_value(text, "count").value == value


def test_a_number_that_may_be_two_is_asked_about():
    answer = read_value("1,500", "count", flags=frozenset({"torn"}))
    assert (answer.status, answer.notes) == ("ambiguous", ("separator",))
