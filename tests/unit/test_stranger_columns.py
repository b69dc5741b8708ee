"""Copies in which several columns of values stand beside one column of labels."""

from __future__ import annotations

import pytest

from rules.reading import Status
from tests.unit.stranger_pages import NATIONAL, found, only, readings

TITLE = "2023年全国科技活动周开展情况统计表"
UNIT = "填报单位：四川省科学技术厅"
FIELDS = [key for *_, key in NATIONAL]


def national(head: str, *columns: list[str]) -> str:
    rows = [
        "|".join((group, label, *(column[n] for column in columns)))
        for n, (group, label, _) in enumerate(NATIONAL)
    ]
    return "\n".join((TITLE, UNIT, *([head] if head else []), *rows))


OLD = [str(n) for n in range(1, 18)]
NEW = [str(n) for n in range(101, 118)]
WANTED = {
    key: (str(n) if key == "in_kind" else n) for key, n in zip(FIELDS, range(101, 118), strict=True)
}


@pytest.mark.parametrize(
    "head",
    ["项目|<|2022年|2023年", "指标|<|上年|本年", "类别|内容|计划|完成", "|<|往年|今年"],
)
def test_of_columns_of_two_years_the_form_s_own_is_read(head):
    read = found(only(national(head, OLD, NEW), "2023-national"))
    assert {key: read[key] for key in FIELDS} == WANTED


@pytest.mark.parametrize("head", ["", "项目|<|甲县|乙县", "项目|<|线上|线下"])
def test_columns_of_which_none_is_meant_are_all_asked_about(head):
    reading = only(national(head, OLD, NEW), "2023-national")
    assert {a.status for a in reading.fields if a.key in FIELDS} == {Status.AMBIGUOUS}


@pytest.mark.parametrize("head", ["项目|<|单位|数量", "类别|指标|填写示例|数值", ""])
def test_a_column_of_units_or_of_examples_before_the_values_is_none_of_values(head):
    before = ["次"] * 17 if "示例" not in head else OLD
    read = found(only(national(head, before, NEW), "2023-national"))
    assert read["held"] == 101
    assert read["reports"] == 117


@pytest.mark.parametrize("head", ["项目|内容|2022年", "项目|<|计划数", "项目|内容|上年数量"])
def test_a_lone_column_of_another_year_or_of_a_plan_is_asked_about(head):
    reading = only(national(head, NEW), "2023-national")
    assert {a.status for a in reading.fields if a.key in set(FIELDS) - {"in_kind"}} == {
        Status.AMBIGUOUS
    }


@pytest.mark.parametrize("head", ["项目|内容|2023年", "项目|<|实际完成", "项目|内容|本年数量"])
def test_a_lone_column_of_what_is_asked_is_read_whatever_it_is_called(head):
    assert found(only(national(head, NEW), "2023-national"))["held"] == 101


def test_a_number_that_differs_under_a_heading_of_corrections_is_asked_about():
    text = """
2023年内蒙古科技活动周情况统计表
填报单位：赤峰市科技局
内容|数量|核实后|备注
参加单位（个）|45|54|
参加活动人员（人）|1200|1200|
公众参与（人次）|5600||
资料发放（份、册）|300|属实|
"""
    read = found(only(text, "2023-neimenggu"))
    assert (read["participants"], read["public"], read["leaflets"]) == (1200, 5600, 300)
    assert "units" not in read


def test_this_year_s_number_is_asked_about_that_has_a_correction_beside_it():
    text = national("项目|<|2022年|2023年|更正后", OLD, NEW, [str(n) for n in range(301, 318)])
    assert "held" not in found(only(text, "2023-national"))


def test_a_row_added_under_two_years_has_this_year_s_number():
    text = national("项目|<|2022年|2023年", OLD, NEW) + "\n^|短视频数量（个）|7|8"
    (extra,) = [e for e in only(text, "2023-national").extra if "短视频" in e.label]
    assert extra.value == 8


def test_projects_side_by_side_are_one_form_each():
    text = """
2023年内蒙古科技活动周活动项目备案表
序号|1|2|3
项目名称|甲|乙|丙
主办单位|乌兰察布市科技局|乌兰察布市科协|集宁区科技局
举办地点|集宁|丰镇|察右前旗
举办时间|5月20日|5月21日|5月22日
项目负责人|张三|李四|
联系人|王五|赵六|钱七
联系电话|13900001111|13900002222|13900003333
活动经费|2万元|3万元|无
拟参加人数|100|200|300
项目简介|甲简介|乙简介|丙简介
"""
    read = [found(r) for r in readings(text, "2023-neimenggu")]
    assert [r["name"] for r in read] == ["甲", "乙", "丙"]
    assert [r["participants"] for r in read] == [100, 200, 300]
    assert [r.get("leader") for r in read] == ["张三", "李四", None]


MONEY = ("central", "province", "city", "county", "sponsors", "other_money")


def units(money: str, counted: str) -> list[str]:
    return [money if key in MONEY else counted for key in FIELDS]


@pytest.mark.parametrize("counted", ["", "个"])
@pytest.mark.parametrize("head", ["", "项目|<|计量单位|数量"])
@pytest.mark.parametrize("before", [True, False])
def test_a_column_of_units_beside_the_numbers_says_in_what_they_are(counted, head, before):
    columns = (units("元", counted), NEW) if before else (NEW, units("元", counted))
    head = head if before else head.replace("计量单位|数量", "数量|计量单位")
    read = found(only(national(head, *columns), "2023-national"))
    assert {key: read[key] for key in MONEY} == {key: WANTED[key] / 10000 for key in MONEY}
    assert {key: read[key] for key in FIELDS if key not in (*MONEY, "in_kind")} == {
        key: WANTED[key] for key in FIELDS if key not in (*MONEY, "in_kind")
    }


@pytest.mark.parametrize("few", [1, 2, 3])
def test_units_beside_a_few_of_the_numbers_part_no_label_from_its_own(few):
    some = ["万元" if key in MONEY[:few] else "" for key in FIELDS]
    read = found(only(national("", some, NEW), "2023-national"))
    assert {key: read[key] for key in FIELDS} == WANTED


@pytest.mark.parametrize("between", ["", "场"])
def test_a_row_added_where_a_column_parts_labels_and_numbers_is_kept(between):
    text = national("", units("万元", between), NEW) + f"\n^|科普剧（场）|{between}|7976"
    (extra,) = only(text, "2023-national").extra
    assert (extra.label, extra.value, extra.unit) == ("科普剧", 7976, "场")


def test_an_added_row_s_unit_may_stand_beside_its_number():
    for row in ("线上直播|万人次|3", "线上直播|3|万人次"):
        text = national("", [""] * 17, NEW) if row[5] == "万" else national("", NEW)
        (extra,) = only(f"{text}\n^|{row}", "2023-national").extra
        assert (extra.label, extra.value, extra.unit) == ("线上直播", 3, "万人次")


@pytest.mark.parametrize("head", ["代码", "行次", "编码", "排名"])
@pytest.mark.parametrize("marks", ["", "甲|乙|丙|1", "甲|乙|A|（1）"])
def test_a_column_of_codes_is_no_column_of_values(head, marks):
    codes = [f"{n:02d}" for n in range(1, 18)]
    rows = national("", codes, NEW).splitlines()
    rows[2:2] = [f"类别|指标名称|{head}|数量", *filter(None, [marks])]
    read = found(only("\n".join(rows), "2023-national"))
    assert {key: read[key] for key in FIELDS} == WANTED


def folded(head: str, row) -> str:
    """Draw the table in two halves side by side, as it fits a broad page."""
    cells = ["|".join(row(n, *labelled)) for n, labelled in enumerate(NATIONAL)]
    pairs = [f"{a}|{b}" for a, b in zip(cells[:9], [*cells[9:], ""], strict=True)]
    return "\n".join((TITLE, UNIT, *([f"{head}|{head}"] if head else []), *pairs))


@pytest.mark.parametrize(
    ("head", "before", "after"),
    [
        ("项目|2022年|2023年", ["1"], []),
        ("项目|2023年|2022年", [], ["1"]),
        ("指标|计划|完成", ["1"], []),
        ("项目|数量|备注", [], ["含线上"]),
        ("项目|代码|数量", ["01"], []),
        ("项目|计量单位|上年|本年", ["", "1"], []),
        ("", [], ["含线上"]),
    ],
)
def test_of_columns_in_halves_side_by_side_the_one_that_is_meant_is_read(head, before, after):
    text = folded(head, lambda n, _, label, __: (label, *before, NEW[n], *after))
    reading = only(text, "2023-national")
    assert {key: found(reading)[key] for key in FIELDS} == WANTED
    assert reading.extra == ()


@pytest.mark.parametrize("head", ["项目|单位|数量", ""])
def test_units_of_measure_in_halves_side_by_side_are_those_of_the_numbers(head):
    def row(n, _, label, key):
        money = key in ("central", "province", "city", "county", "sponsors", "other_money")
        unit = "元" if money else {"in_kind": ""}.get(key, "个")
        return label, unit, f"{NEW[n]}0000" if money else NEW[n]

    read = found(only(folded(head, row), "2023-national"))
    assert {key: read[key] for key in FIELDS} == WANTED


@pytest.mark.parametrize("head", ["项目|甲县|乙县", ""])
def test_columns_in_halves_of_which_none_is_meant_are_asked_about(head):
    text = folded(head, lambda n, _, label, __: (label, "1", NEW[n]))
    statuses = {a.status for a in only(text, "2023-national").fields if a.key in FIELDS}
    assert statuses <= {Status.AMBIGUOUS, Status.MISSING}


@pytest.mark.parametrize("heads", ["一级指标|二级指标|数量", "一级|二级|数值"])
def test_a_second_row_of_headings_is_no_row_added(heads):
    text = national(f"类别|<|完成情况\n{heads}", NEW)
    assert found(only(text, "2023-national"))["held"] == 101
    assert only(text, "2023-national").extra == ()


@pytest.mark.parametrize(
    "remark",
    [
        "应为54个",
        "更正为54",
        "以54为准",
        "实际为54",
        "待核实",
        "此数有误",
        "去年数据",
        "此为2022年数",
    ],
)
def test_a_number_that_its_remark_takes_back_is_asked_about(remark):
    remarks = [remark, *[""] * 16]
    read = found(only(national("项目|<|数量|备注", ["45", *NEW[1:]], remarks), "2023-national"))
    assert ("held" in read, read["tasks"]) == (False, 102)


@pytest.mark.parametrize(
    "remark",
    [
        "应为45个",
        "比去年增加9个",
        "去年54个",
        "其中线上9个",
        "改为线上举办",
        "已核实",
        "2023年数据",
    ],
)
def test_a_remark_that_takes_nothing_back_leaves_the_number(remark):
    remarks = [remark, *[""] * 16]
    read = found(only(national("项目|<|数量|备注", ["45", *NEW[1:]], remarks), "2023-national"))
    assert (read["held"], read["tasks"]) == (45, 102)
