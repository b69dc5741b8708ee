"""A table of a blank is taken for what it is: no unit for a heading, no signature for a number."""

from __future__ import annotations

from rules.form import FieldType, NotAbove
from tests.unit.learn_tables import (
    BY_COUNTY,
    BY_COUNTY_MERGED,
    MONTHLY,
    UNITS_BESIDE,
    learned,
)


def test_a_unit_printed_beside_a_label_is_where_its_number_goes():
    draft = learned(UNITS_BESIDE, ("B3:D3", "B7:D7"))
    assert draft.form.table is None
    kinds = {f.label: (f.type, f.unit) for f in draft.form.fields}
    assert list(kinds) == [
        *("单位名称", "法定代表人", "单位类型", "占地面积", "从业人数", "最大储量", "储罐容积"),
        *("发现隐患", "已整改", "整改措施"),
    ]
    assert kinds["占地面积"] == (FieldType.NUMBER, "平方米")
    assert kinds["从业人数"] == (FieldType.COUNT, "人")
    assert kinds["储罐容积"] == (FieldType.NUMBER, "m3")


def test_units_over_numbers_are_headings_all_the_same():
    draft = learned((("统计表",), ("项目", "场次", "人次"), ("讲座", "", ""), ("展览", "", "")))
    assert [(f.label, f.column) for f in draft.form.fields] == [
        *(("讲座", "场次"), ("讲座", "人次"), ("展览", "场次"), ("展览", "人次"))
    ]


def test_who_signs_under_the_numbers_of_a_sheet_is_no_number():
    fields = {f.label: f for f in learned(MONTHLY, ("A1:D1",)).form.fields if f.column is None}
    assert {label: f.type for label, f in fields.items()} == {
        "科室": FieldType.TEXT,
        "审核人": FieldType.TEXT,
        "填报人": FieldType.TEXT,
    }


def test_a_table_of_which_every_label_has_its_colon_has_no_foot():
    draft = learned((("统计表",), ("项目", "数量"), ("讲座：", ""), ("展览：", "")))
    assert [f.column for f in draft.form.fields] == ["数量", "数量"]


def test_a_part_is_checked_against_its_whole_in_the_same_column():
    form = learned(MONTHLY, ("A1:D1",)).form
    columns = [
        (form.field(check.field).column, form.field(check.limit).column)
        for check in form.checks
        if isinstance(check, NotAbove)
    ]
    assert columns == [("本月合计", "本月合计"), ("门诊", "门诊"), ("住院", "住院")]


def test_a_mean_may_have_decimals_and_money_has_the_unit_stated_over_the_table():
    fields = {f.label: f for f in learned(MONTHLY, ("A1:D1",)).form.fields}
    assert fields["平均住院日"].type is FieldType.NUMBER
    assert (fields["收入"].type, fields["收入"].unit) == (FieldType.MONEY, "万元")


def test_a_heading_over_headings_tells_what_is_under_it():
    draft = learned(BY_COUNTY, BY_COUNTY_MERGED)
    kinds = {(f.label, f.column): (f.type, f.unit) for f in draft.form.fields}
    assert kinds["海东区", "在校生数小学"] == (FieldType.COUNT, None)
    assert kinds["扎赉市", "资助金额初中"] == (FieldType.MONEY, "万元")
