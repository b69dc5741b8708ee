"""In what a number is counted, where a label, a heading or a line over them says 万."""

from __future__ import annotations

import pytest

from rules.reading import Status
from tests.unit.stranger_pages import NATIONAL, found, only

HEAD = ("2023年内蒙古科技活动周情况统计表", "填报单位：赤峰市科技局")
ROWS = (
    "参加单位（个）|318|",
    "公众参与（人次）|12|",
    "培训班（次）|9|",
    "农资、物品赠送（折合元）|700|",
    "义诊（人次）|200|",
)


def neimenggu(*rows, head=HEAD, columns="内容|数量|备注"):
    return only("\n".join((*head, columns, *rows)), "2023-neimenggu")


def instead(row):
    return (ROWS[0], row, *ROWS[2:])


def contradicted(reading):
    return {a.key for a in reading.fields if a.notes == ("unit-contradicts",)}


@pytest.mark.parametrize(
    "label",
    [
        "公众参与（万人次）",
        "公众参与（万）",
        "公众参与（单位：万）",
        "公众参与（以万人次计）",
        "公众参与 (以万计)",
    ],
)
def test_a_size_alone_in_a_label_says_in_what_it_counts(label):
    assert found(neimenggu(*instead(f"{label}|12|")))["public"] == 120_000
    assert found(neimenggu(*instead(f"{label}|12万|")))["public"] == 120_000


def test_a_chinese_numeral_is_no_size():
    assert found(neimenggu(*instead("公众参与（万人次）|一百二十|")))["public"] == 1_200_000


@pytest.mark.parametrize("label", ["公众参与（一）", "公众参与（十）", "公众参与（人次）"])
def test_a_number_in_a_list_is_no_size(label):
    assert found(neimenggu(*instead(f"{label}|12|")))["public"] == 12


@pytest.mark.parametrize("heading", ["数量（万）", "数量（单位：万）", "数量（千）"])
def test_a_size_over_labels_with_units_of_their_own_is_asked_about(heading):
    reading = neimenggu(*ROWS, columns=f"内容|{heading}|备注")
    assert "public" in contradicted(reading)
    assert found(reading).keys() == {"reporter"}


def test_a_line_over_the_table_counts_what_it_names_in_its_size():
    reading = neimenggu(*ROWS, head=(*HEAD, "单位：万人次"))
    assert contradicted(reading) == {"public", "free_clinics"}
    assert found(reading)["courses"] == 9
    given = neimenggu(*instead("公众参与（人次）|12万人次|"), head=(*HEAD, "单位：万人次"))
    assert found(given)["public"] == 120_000


@pytest.mark.parametrize("line", ["单位：人次、元", "单位：个、次、人次、元", "单位：科技局"])
def test_a_line_that_names_what_is_asked_changes_nothing(line):
    assert found(neimenggu(*ROWS, head=(*HEAD, line))) == found(neimenggu(*ROWS))


def national(line):
    rows = (f"{group}|{label}|{n}" for n, (group, label, _) in enumerate(NATIONAL, 2))
    head = ("2023年全国科技活动周开展情况统计表", "单位（盖章）：山西省科学技术厅", line)
    return only("\n".join((*head, *rows)), "2023-national")


def test_a_line_in_another_unit_of_money_than_the_printed_group_is_asked_about():
    money = {"central", "province", "city", "county", "sponsors", "other_money"}
    assert contradicted(national("单位：元")) == money
    assert contradicted(national("单位：万元")) == set()
    assert contradicted(national("单位：万")) == set()


MONEY = {"central", "province", "city", "county", "sponsors", "other_money"}


@pytest.mark.parametrize(
    "heading", ["数量（元）", "数量/金额（元）", "金额（元）", "数据(单位：元)"]
)
def test_a_heading_that_the_form_does_not_print_says_in_what_money_is(heading):
    assert contradicted(national(f"类别|项目|{heading}")) == MONEY


@pytest.mark.parametrize(
    "heading", ["数量", "数量（万元）", "数量（个、人次、万元）", "数量（个）", "备注（元）"]
)
def test_a_heading_that_names_what_is_asked_changes_nothing(heading):
    reading = national(f"类别|项目|{heading}")
    assert contradicted(reading) == set()
    assert found(reading)["central"] == 4


@pytest.mark.parametrize("number", ["", "|1"])
def test_a_group_that_is_no_longer_merged_says_its_unit_for_the_rows_under_it(number):
    rows = [f"{group}{number}|{label}|50000" for group, label, _ in NATIONAL]
    head = ("2023年全国科技活动周开展情况统计表", "单位（盖章）：山西省科学技术厅")
    text = "\n".join((*head, *rows)).replace("^", "").replace("单位：万元", "单位：元")
    read = found(only(text, "2023-national"))
    assert {read[key] for key in MONEY} == {5.0}
    assert read["tasks"] == read["full_time"] == 50000


def test_a_heading_of_many_units_contradicts_no_label_with_one():
    reading = neimenggu(*ROWS, columns="内容|数量（个、人、元）|备注")
    assert found(reading) == found(neimenggu(*ROWS))


@pytest.mark.parametrize("said", [" 单位：万人次", "，单位：万", "　计量单位：万人", " 单位:千人"])
def test_a_unit_said_after_a_label_without_brackets_is_the_label_s(said):
    rows = [f"{g}|{label}|2" for g, label, _ in NATIONAL]
    rows = [row.replace("线下活动群众参与数量", f"线下活动群众参与数量{said}") for row in rows]
    head = ("2023年全国科技活动周开展情况统计表", "单位（盖章）：山西省科学技术厅")
    read = found(only("\n".join((*head, *rows)), "2023-national"))
    assert (read["offline"], read["online"]) == (2000 if "千" in said else 20000, 2)


def test_units_that_part_the_labels_from_the_numbers_are_those_of_the_numbers():
    def row(group, label, key):
        unit = "元" if key in MONEY else {"offline": "万人次", "in_kind": ""}.get(key, "个")
        return f"{group}|{label}|{unit}|{50000 if key in MONEY else 3}"

    head = ("2023年全国科技活动周开展情况统计表", "单位（盖章）：山西省科学技术厅")
    rows = (row(*labelled) for labelled in NATIONAL)
    read = found(only("\n".join((*head, *rows)), "2023-national"))
    assert {read[key] for key in MONEY} == {5.0}
    assert (read["offline"], read["online"]) == (30000, 3)


@pytest.mark.parametrize("beside", ["万人次", "万"])
def test_a_larger_unit_in_the_next_cell_is_that_of_the_number(beside):
    assert found(neimenggu(*instead(f"公众参与（人次）|12|{beside}")))["public"] == 120_000


def test_a_unit_in_the_next_cell_that_cannot_be_meant_is_asked_about():
    assert contradicted(neimenggu(*instead("公众参与（人次）|12|场"))) == {"public"}
    assert found(neimenggu(*instead("公众参与（人次）|12|人次")))["public"] == 12


@pytest.mark.parametrize(
    ("label", "typed", "value", "unit"),
    [
        ("线上观看（万人次）", "33", 33, "万人次"),
        ("线上观看（万人次）", "33万", 330_000, "人次"),
        ("线上观看（万人次）", "33万人次", 330_000, "人次"),
        ("线上观看（万）", "33万", 330_000, None),
        ("线上观看（万）", "33", 33, "万"),
        ("线上观看（人次）", "33万", 330_000, "人次"),
        ("直播投入（万元）", "5万", 5, "万元"),
        ("直播投入（万元）", "5万元", 5, "万元"),
    ],
)
def test_an_added_row_is_not_counted_in_its_size_twice(label, typed, value, unit):
    (extra,) = neimenggu(*ROWS, f"{label}|{typed}|").extra
    assert (extra.status, extra.value, extra.unit) == (Status.FOUND, value, unit)


@pytest.mark.parametrize("first", ["计量单位", "单位", ""])
def test_a_row_of_units_under_the_labels_of_a_list_is_the_labels(first):
    labels = [label for _, label, _ in NATIONAL]
    units = ["元" if key in MONEY else "个" for *_, key in NATIONAL]
    rows = [["单位名称", *labels], [first, *units], ["四川省科学技术厅", *["50000"] * len(labels)]]
    text = "\n".join(("2023年全国科技活动周开展情况统计表", *("|".join(row) for row in rows)))
    read = found(only(text, "2023-national"))
    assert {read[key] for key in MONEY} == {5.0}
    assert (read["unit"], read["held"]) == ("四川省科学技术厅", 50000)
    asked = text.replace("中央财政经费投入情况", "中央财政经费投入情况（万元）")
    assert contradicted(only(asked, "2023-national")) == {"central"}


@pytest.mark.parametrize("columns", ["", "内容||数量"])
def test_a_unit_between_label_and_number_counts_without_a_heading(columns):
    rows = [
        "参加单位|个|318",
        "公众参与|万人次|12",
        "培训班|次|9",
        "农资、物品赠送|万元|7",
        "义诊|人次|200",
    ]
    reading = only(
        "\n".join((*HEAD, *filter(None, [columns]), *rows, "直播|万次|3")), "2023-neimenggu"
    )
    read = found(reading)
    assert (read["public"], read["farm_supplies"], read["courses"]) == (120_000, 70_000, 9)
    assert [(e.label, e.value, e.unit) for e in reading.extra] == [("直播", 3, "万次")]
