"""Copies that nobody planned for are read as a careful person reads them, or asked about."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Document
from rules.reading import Reading, Status
from rules.recognise import read_forms
from tests.unit.form_grouped import CAMPAIGNS
from tests.unit.form_messes import PROJECT_TITLE, STATISTICS_TITLE
from tests.unit.unseen_forms import (
    HEAD,
    LABELS,
    NUMBERS,
    PAIRS,
    REPORTER,
    document,
    grid,
    numbers,
    pairs,
    project,
    statistics,
    values,
)


def readings(document: Document) -> list[Reading]:
    return [f.reading for f in read_forms(document, CAMPAIGNS, default_year=2023)]


def only(document: Document) -> Reading:
    (reading,) = readings(document)
    return reading


def counted(reading: Reading) -> dict[str, object]:
    return {k: v for k, v in values(reading.fields).items() if k in NUMBERS}


# Which column


@pytest.mark.parametrize(
    "heads",
    [
        ("2022年数量", "2023年数量"),
        ("上年数量", "本年数量"),
        ("计划数", "完成数"),
        ("线上", "合计"),
    ],
)
def test_of_two_columns_the_one_that_the_form_asks_for_is_read(heads):
    rows = [["内容", *heads, "备注"], *([row[0], "7", *row[1:]] for row in numbers())]
    assert counted(only(statistics(rows))) == NUMBERS


def test_of_sub_headings_under_one_heading_the_one_meant_is_read():
    rows = [["内容", "数量", "数量", "备注"], ["", "计划", "实际", ""]]
    rows += [[row[0], "7", *row[1:]] for row in numbers()]
    assert counted(only(statistics(rows))) == NUMBERS


@pytest.mark.parametrize("heads", [("线上数量", "线下数量"), ("数量", "")])
def test_two_columns_of_numbers_of_which_none_is_meant_are_asked_about(heads):
    rows = [["内容", *heads, "备注"], *([row[0], "7", *row[1:]] for row in numbers())]
    assert counted(only(statistics(rows))) == {}


def test_without_headings_a_column_of_row_numbers_is_never_taken_for_values():
    rows = [[row[0], str(n), row[1]] for n, row in enumerate(numbers(), 1)]
    assert counted(only(statistics(rows))) == NUMBERS


def test_without_headings_numbers_left_of_the_labels_are_read():
    rows = [[row[1], row[0], "约3场" if n % 9 == 0 else ""] for n, row in enumerate(numbers())]
    assert counted(only(statistics(rows))) == NUMBERS


def test_of_rows_under_a_row_of_labels_the_one_headed_as_values_is_read():
    labels, told = list(LABELS.values()), [str(n) for n in NUMBERS.values()]
    rows = [["内容", *labels], ["上年数", *["7"] * len(told)], ["数量", *told]]
    assert counted(only(statistics(rows))) == NUMBERS


def test_several_rows_of_numbers_under_labels_that_name_no_unit_are_asked_about():
    labels, told = list(LABELS.values()), [str(n) for n in NUMBERS.values()]
    assert counted(only(statistics([labels, ["7"] * len(told), told]))) == {}


# Which row, which unit of measure


def test_a_number_in_a_cell_merged_over_two_rows_is_asked_about():
    rows = [list(HEAD), *numbers()]
    rows[2][1], rows[3][1] = ("1500", 1, 2), None
    answers = only(statistics(rows))
    for key in ("participants", "public"):
        assert answers.get(key).notes == ("shared-cell",)
    assert answers.get("units").value == NUMBERS["units"]


def test_a_line_over_the_table_that_names_the_unit_of_money_is_heeded():
    rows = [list(HEAD), ["农资、物品赠送", "2.5", ""], *numbers()[:6]]
    assert only(statistics(rows, "单位：万元")).get("farm_supplies").value == 25000


def test_a_line_and_a_label_in_different_units_of_money_are_asked_about():
    answer = only(statistics([list(HEAD), *numbers()], "单位：万元")).get("medicines")
    assert (answer.status, answer.notes) == (Status.AMBIGUOUS, ("unit-contradicts",))


def test_a_label_of_two_things_is_asked_about_without_their_units():
    rows = [list(HEAD), *numbers(lectures="3，300")]
    rows[15][0] = "科技报告会（场、人次）"
    assert only(statistics(rows)).get("lectures").status is Status.AMBIGUOUS


def test_one_half_of_a_joint_label_is_a_row_of_its_own():
    rows = [list(HEAD), *numbers()]
    rows[7:8] = [["农资赠送（折合元）", "9", ""], ["物品赠送（折合元）", "8", ""]]
    reading = only(statistics(rows))
    assert not reading.get("farm_supplies").label_found
    assert {row.label: row.value for row in reading.extra} == {"农资赠送": 9, "物品赠送": 8}


def test_collective_units_in_a_label_are_not_single_things():
    rows = [list(HEAD), *numbers(leaflets="15")]
    rows[4][0] = "资料发放（种）"
    assert only(statistics(rows)).get("leaflets").status is Status.AMBIGUOUS


def test_a_sub_value_in_the_cell_after_its_label_is_read():
    rows = [["内容", "数量", ("备注", 2, 1)], *([*row, ""] for row in numbers())]
    rows[2][2:] = ["其中：科技人员", "137"]
    assert only(statistics(rows)).get("scientists").value == 137


# Lists and pairs


def test_a_list_of_projects_is_one_form_for_each_row_without_its_sum():
    labels = ["序号", *(label for label, _ in PAIRS.values())]
    told = [value for _, value in PAIRS.values()]
    rows = [[str(n), f"项目{n}", *told[1:]] for n in (1, 2, 3)]
    found = readings(project([labels, *rows, ["合计", *[""] * 13, "963", ""]]))
    assert [r.get("name").value for r in found] == ["项目1", "项目2", "项目3"]
    assert [str(r.get("phone").place) for r in found][2] == "表1 第4行第11列"


def test_a_cell_merged_over_the_rows_of_a_list_belongs_to_each():
    labels = [label for label, _ in PAIRS.values()]
    told = [value for _, value in PAIRS.values()]
    rows = [[f"项目{n}", (REPORTER, 1, 2) if n == 1 else None, *told[2:]] for n in (1, 2)]
    found = readings(project([labels, *rows]))
    assert [r.get("organiser").value for r in found] == [REPORTER, REPORTER]


def test_labels_over_their_values_are_not_values_of_each_other():
    rows = [
        ["项目名称", "职务", "主办单位", "主管部门"],
        ["科技大集", "主任", "科技局", "政府"],
        ["项目负责人", "职称", "联系人", "传真"],
        ["王建国", "教授", "其木格", "无"],
    ]
    read = values(only(project(rows)).fields)
    assert (read["name"], read["leader"], read["authority"]) == ("科技大集", "王建国", "政府")


@pytest.mark.parametrize(
    ("label", "typed", "expected"),
    [
        ("联系人及电话", "其木格 13900001234", ("其木格", "13900001234")),
        ("联系人/联系电话", "其木格（13900001234）", ("其木格", "13900001234")),
        ("联系人电话", "其木格13900001234", ("其木格", "13900001234")),
        ("联系人电话", "其木格", (None, None)),
        ("联系人、联系方式", "其木格", ("其木格", None)),
    ],
)
def test_a_label_that_asks_for_two_things_is_answered_for_each(label, typed, expected):
    reading = only(project([*pairs("contact", "phone"), [label, typed, "", ""]]))
    assert (reading.get("contact").value, reading.get("phone").value) == expected


def test_a_date_and_a_place_asked_together_are_told_apart():
    rows = [*pairs("venue", "period"), ["举办时间、地点", "5月20日，红山区体育馆", "", ""]]
    reading = only(project(rows))
    assert reading.get("venue").value == "红山区体育馆"
    assert reading.get("period").value == "2023-05-20"


def test_a_label_inside_another_value_is_read_when_it_stands_nowhere_else():
    reading = only(project(pairs("postcode", address="玉龙大街1号  邮编：024000")))
    assert (reading.get("address").value, reading.get("postcode").value) == (
        "玉龙大街1号",
        "024000",
    )


def test_the_label_of_a_name_is_not_the_name():
    rows = [*pairs("leader", "contact"), ["项目负责人", "姓名", "王建国", ""]]
    assert only(project(rows)).get("leader").value == "王建国"


def test_one_letter_of_a_short_label_is_another_label():
    rows = [*pairs("organiser"), ["承办单位", "某馆", "协办单位", "某学院"]]
    assert not only(project(rows)).get("organiser").label_found


def test_a_unit_in_the_cell_after_a_number_is_its_unit():
    rows = [*pairs("budget"), ["活动经费", "5", "万元", ""]]
    assert only(project(rows)).get("budget").value == 50000


# Other people's forms


@pytest.mark.parametrize(
    ("title", "labels"),
    [
        ("会议回执", ("单位名称", "联系人", "联系电话", "传真", "电子邮箱", "邮政编码", "地址")),
        ("科技计划项目申报表", ("项目名称", "主管部门", "项目负责人", "联系人", "联系电话",
                        "电子邮箱", "项目简介", "申请经费")),
        ("活动经费报销单", ("项目名称", "活动经费", "参加人数", "负责人", "联系电话")),
        ("", ("联系人", "联系电话", "传真", "电子邮箱", "邮政编码", "地址")),
    ],
)  # fmt: skip
def test_a_form_of_another_title_with_some_of_the_labels_is_not_ours(title, labels):
    assert readings(document(title, [[label, "某"] for label in labels])) == []


def test_a_notice_in_lines_of_text_is_no_form():
    lines = ("一、时间：5月20日", "二、地点：体育馆", "三、主办单位：科技局", "联系人：张三",
             "联系电话：0476-8800123")  # fmt: skip
    assert readings(document("关于举办科技活动周的通知", *lines)) == []


WORDS = [
    "序号",
    "单位",
    "数量",
    "备注",
    "联系人",
    "电话",
    "时间",
    "地点",
    "名称",
    "合计",
    "",
    "5",
    "2023年",
]
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=6)
TABLES = st.integers(1, 7).flatmap(
    lambda wide: st.lists(
        st.lists(st.sampled_from(WORDS) | HAN, min_size=wide, max_size=wide), max_size=20
    )
)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_a_table_of_anything_is_no_form(rows):
    assert readings(document("附件", rows)) == []


# A number is never read for another row


def with_column(rows: list[list], at: int, rng: random.Random) -> list[list]:
    names = ("", "上年", "2022年数量", "计划数", "场次", "序号", "单价")
    name, first = rng.choice(names), rng.randint(20_000, 90_000)
    return [[*r[:at], str(first + 3 * n) if n else name, *r[at:]] for n, r in enumerate(rows)]


def with_row(rows: list[list], at: int, rng: random.Random) -> list[list]:
    added = [f"其他活动{rng.randint(1, 9)}（次）", *["88888"] * (len(rows[0]) - 1)]
    return [rows[0], *rows[1:at], added, *rows[max(at, 1) :]]


def in_halves(rows: list[list], _at: int, _rng: random.Random) -> list[list]:
    if len(rows) < len(rows[0]):
        return rows
    half = (len(rows) + 1) // 2
    second = [rows[0], *rows[half:]]
    second += [[""] * len(rows[0])] * (half - len(second))
    return [a + b for a, b in zip(rows[:half], second, strict=False)]


def reordered(rows: list[list], _at: int, rng: random.Random) -> list[list]:
    order = rng.sample(range(len(rows[0])), len(rows[0]))
    return [[row[n] for n in order] for row in rows]


CHANGES = (
    with_column,
    with_row,
    reordered,
    lambda rows, at, _rng: [[*row[:at], "", *row[at:]] for row in rows],
    lambda rows, at, _rng: [row for n, row in enumerate(rows) if n != at],
    lambda rows, _at, _rng: [list(column) for column in zip(*rows, strict=True)],
)


def changed(rows: list[list], rng: random.Random) -> list[list]:
    """Move cells about, each row's own staying beside its label."""
    for change in (*rng.sample(CHANGES, rng.randint(0, 2)), *rng.choice(((), (in_halves,)))):
        rows = change(rows, rng.randrange(len(rows[0]) + 1), rng)
    return rows


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_whatever_is_done_to_columns_and_rows_no_number_crosses_over(seed):
    rng = random.Random(seed)
    rows = changed([list(HEAD), *numbers()], rng)
    page = Document("docx", (*document(STATISTICS_TITLE).blocks, grid(rows)))
    for reading in readings(page):
        read = counted(reading)
        assert {key: value for key, value in read.items() if value != NUMBERS[key]} == {}


def test_the_shipped_titles_are_those_of_these_copies():
    assert [r.title for r in readings(project(pairs()))] == [PROJECT_TITLE.replace(" ", "")]
