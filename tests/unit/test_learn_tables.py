"""A table of a blank is taken for what it is: no unit for a heading, no signature for a number."""

from __future__ import annotations

import pytest

from parsers.formats import read_document
from rules.folder.form import load_form
from rules.form import AddsUp, FieldType, NotAbove
from rules.learn import learn, write_form
from templates.drafts import say
from tests.unit.learn_tables import (
    BY_COUNTY,
    BY_COUNTY_MERGED,
    CHOSEN,
    FACILITIES,
    MONTHLY,
    REPLY,
    SIZED,
    SURVEY,
    TEACHERS,
    UNITS_BESIDE,
    learned,
    read_copies,
)
from tests.unit.typed_blanks import as_docx, as_xlsx


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


def test_a_sum_with_a_colon_is_a_row_of_numbers():
    rows = (("统计表",), ("项目", "线上", "线下"), ("讲座",), ("展览",), ("合计：",), ("填表人：",))
    fields = learned(rows, ("A1:C1",)).form.fields
    assert [(f.label, f.column) for f in fields][4:] == [
        *(("合计", "线上"), ("合计", "线下"), ("填表人", None))
    ]


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


def test_what_stands_over_a_list_is_read_beside_its_label_for_every_row():
    assert _read(REPLY) == [
        (
            "单位名称=理工大学 地址=学府路1号 邮编=010010 姓名=魏宁 性别=男 手机=13911110000"
            " 住宿=单间 到达航班（车次）及时间=8月19日 CA1101 14:20"
        ),
        (
            "单位名称=理工大学 地址=学府路1号 邮编=010010 姓名=蒋昕 性别=女 手机=13911112222"
            " 住宿=合住 到达航班（车次）及时间=自驾"
        ),
    ]


def test_a_label_over_a_list_and_at_the_head_of_its_column_are_two_fields():
    blank, typed = (as_xlsx(TEACHERS, typed=filled) for filled in (False, True))
    assert read_copies("xlsx", blank, typed) == [
        (
            "填报部门=数学组 填表人=江月 联系电话=13900008888 姓名=史册 出版时间=2020年3月"
            " 联系电话=13911110000"
        ),
        (
            "填报部门=数学组 填表人=江月 联系电话=13900008888 姓名=童瑶 出版时间=2021.06"
            " 联系电话=13911112222"
        ),
    ]


def test_a_number_under_a_unit_with_a_size_may_have_decimals_and_say_the_size_again():
    assert _read(SIZED) == [
        (
            "填报单位=古城区科协 数量/参与公众=1.25 数量/参观公众=1.25 数量/培训公众=1.2"
            " 数量/经济效益=120.5"
        )
    ]


def test_room_for_a_number_in_a_choice_is_no_part_of_its_name():
    assert _read(CHOSEN) == [
        "单位名称=东街道 项目起止时间=2025年3月至2026年12月 是否开展演练=是 是否有台账=无"
    ]


def test_a_column_has_its_own_unit_whatever_its_rows_count_and_a_heading_is_no_row():
    assert _read(FACILITIES) == [
        (
            "填报街道=东街道 数量合计/日间照料中心=5 数量公办/日间照料中心=3"
            " 数量民办/日间照料中心=2 床位数（张）/日间照料中心=60 工作人员数（人）/日间照料中心=12"
            " 数量合计/老年食堂=4 数量公办/老年食堂=4 数量民办/老年食堂=0"
            " 床位数（张）/老年食堂=0 工作人员数（人）/老年食堂=9"
            " 数量合计/合计=9 数量公办/合计=7 数量民办/合计=2"
            " 床位数（张）/合计=60 工作人员数（人）/合计=21"
        )
    ]


def test_room_in_the_middle_of_a_sentence_is_said_since_no_field_reads_it():
    draft = learn(read_document(as_docx(SURVEY, typed=False), "docx"), "form")
    assert [doubt.values["label"][:2] for doubt in draft.doubts if doubt.code == "room-unread"] == [
        *("2.", "3.", "4.")
    ]
    asked = {field.label: field.choices for field in draft.form.fields}
    assert list(asked) == [
        *("企业名称", "填表日期", "所属行业", "是否享受过减免", "占地面积", "您的意见和建议")
    ]
    assert asked["是否享受过减免"] == ("是", "否")
    assert draft.form.title == "企业经营状况调查问卷"
    assert "no-title" not in {doubt.code for doubt in draft.doubts}


def test_rows_and_columns_called_a_sum_are_checked_to_be_one():
    form = learn(read_document(as_docx(FACILITIES, typed=False), "docx"), "form").form
    assert _sums(form) == [
        "合计/数量合计=日间照料中心/数量合计+老年食堂/数量合计",
        "合计/数量公办=日间照料中心/数量公办+老年食堂/数量公办",
        "合计/数量民办=日间照料中心/数量民办+老年食堂/数量民办",
        "合计/床位数（张）=日间照料中心/床位数（张）+老年食堂/床位数（张）",
        "合计/工作人员数（人）=日间照料中心/工作人员数（人）+老年食堂/工作人员数（人）",
        "日间照料中心/数量合计=日间照料中心/数量公办+日间照料中心/数量民办",
        "老年食堂/数量合计=老年食堂/数量公办+老年食堂/数量民办",
        "合计/数量合计=合计/数量公办+合计/数量民办",
    ]


def test_means_last_years_and_parts_of_parts_are_added_to_nothing():
    assert [one.partition("=")[0] for one in _sums(learned(MONTHLY, ("A1:D1",)).form)] == [
        *("诊疗人次/本月合计", "其中：预约/本月合计", "收入/本月合计")
    ]
    aside = (
        ("统计表",),
        ("项目", "合计", "线上", "线下", "上年同期"),
        ("讲座（场）",),
        ("展览（场）",),
    )
    assert _sums(learned(aside, ("A1:E1",)).form)[0] == "讲座/合计=讲座/线上+讲座/线下"
    parted = (
        ("统计表",),
        ("项目", "合计", "其中：线上", "其中：直播"),
        ("讲座（场）",),
        ("展览（场）",),
    )
    assert _sums(learned(parted, ("A1:D1",)).form) == []


def _sums(form) -> list[str]:
    def of(key):
        return f"{form.field(key).label}/{form.field(key).column}"

    added = [check for check in form.checks if isinstance(check, AddsUp)]
    return [f"{of(one.total)}={'+'.join(map(of, one.parts))}" for one in added]


def test_a_proposal_in_the_units_of_its_columns_loads(tmp_path):
    blank = as_docx(FACILITIES, typed=False)
    draft = learn(read_document(blank, "docx"), "form")
    (tmp_path / "form.yaml").write_text(write_form(draft, say, "a blank"), encoding="utf-8")
    (tmp_path / "form.docx").write_bytes(blank)
    assert [str(problem) for problem in load_form(tmp_path / "form.yaml").problems] == []


def _read(parts) -> list[str]:
    blank, typed = (as_docx(parts, typed=filled) for filled in (False, True))
    return read_copies("docx", blank, typed)


def test_a_heading_over_groups_and_their_rows_keeps_every_row():
    rows = (
        ("统计表",),
        ("指标", "<", "人数"),
        ("毕业生总数", "<", ""),
        ("已就业", "签订协议", ""),
        ("^", "自主创业", ""),
        ("升学", "国内升学", ""),
        ("^", "出国", ""),
    )
    merged = ("A1:C1", "A2:B2", "A3:B3", "A4:A5", "A6:A7")
    fields = learned(
        [tuple("" if t in "<^" else t for t in row) for row in rows], merged
    ).form.fields
    assert [(f.group, f.label) for f in fields] == [
        (None, "毕业生总数"),
        *(("已就业", "签订协议"), ("已就业", "自主创业"), ("升学", "国内升学"), ("升学", "出国")),
    ]


def test_goods_are_told_by_their_names_unless_one_comes_in_several_sizes():
    head = ("物资名称", "规格", "单位", "数量")
    goods = (("编织袋", "60cm", "条", ""), ("冲锋舟", "6米", "艘", ""), ("帐篷", "12㎡", "顶", ""))
    fields = learned((("储备表",), head, *goods)).form.fields
    assert [(f.label, f.unit) for f in fields] == [
        ("编织袋", "条"),
        ("冲锋舟", "艘"),
        ("帐篷", "顶"),
    ]
    sizes = (("帐篷", "6㎡", "顶", ""), ("帐篷", "12㎡", "顶", ""), ("雨衣", "大", "件", ""))
    fields = learned((("储备表",), head, *sizes)).form.fields
    assert [f.label for f in fields] == ["6㎡", "12㎡", "大"]


def test_what_is_counted_is_a_number_whatever_is_counted():
    rows = (("调查表",), ("微信公众号数量", ""), ("图书种数", ""), ("微信号", ""), ("主要参数", ""))
    kinds = {f.label: f.type for f in learned(rows, ("A1:B1",)).form.fields}
    assert kinds == {
        "微信公众号数量": FieldType.COUNT,
        "图书种数": FieldType.COUNT,
        "微信号": FieldType.TEXT,
        "主要参数": FieldType.TEXT,
    }


def test_numbers_of_rows_beside_labels_over_two_columns_are_no_values():
    rows = (
        ("毕业生总数", "<"), ("已就业", "签订协议"), ("^", "自主创业"), ("升学", "国内升学"),
        ("^", "出国"), ("未就业", "<"), ("困难毕业生", "<"), ("招聘会", "<"),
    )  # fmt: skip
    title = "2026届毕业生就业情况统计表"
    blank = (title, (("指标", "<", "人数"), *((*row, "") for row in rows)))
    numbered = [(f"{n}.00", *row, f"{n}01", f"{n}02") for n, row in enumerate(rows, start=1)]
    typed = (title, (("序号", "指标", "<", "往届", "前届"), *numbered))
    (copy,) = read_copies("docx", as_docx(blank, typed=False), as_docx(typed, typed=False))
    assert copy.count("=None") == len(rows)


def test_columns_and_rows_that_are_summed_are_counted_and_words_beside_them_are_not():
    rows = (("统计表",), ("年龄段", "男", "女", "地点", "合计"), ("青年",), ("老年",), ("合计",))
    fields = learned(rows, ("A1:E1",)).form.fields
    assert {f.column: f.type for f in fields} == {
        **dict.fromkeys(("男", "女", "合计"), FieldType.COUNT),
        "地点": FieldType.TEXT,
    }


AGES = "老年人免费体检情况统计表"
SERVICES = "残疾人就业服务情况统计表"


def test_a_row_called_as_a_column_is_heads_no_columns():
    labels = ("六十以上", "合计", "八十以上")
    blank = (AGES, (("年龄段", "男", "合计"), *((label, "", "") for label in labels)))
    rows = (("六十以上", "1", "2"), ("合计", "3", "4"), ("八十以上", "5", "6"))
    typed = (AGES, (("年龄段", "男", "合计"), *rows))
    copies = read_copies("docx", as_docx(blank, typed=False), as_docx(typed, typed=False))
    assert copies == [
        "男/六十以上=1 合计/六十以上=2 男/合计=3 合计/合计=4 男/八十以上=5 合计/八十以上=6"
    ]


def test_last_year_s_column_in_one_half_alone_answers_nothing():
    heads = ("项目", "数量", "项目", "数量")
    blank = (SERVICES, (heads, ("登记求职", "", "招聘会", ""), ("参加培训", "", "走访企业", "")))
    rows = (("登记求职", "5", "9", "招聘会", "6"), ("参加培训", "", "8", "走访企业", "7"))
    typed = (SERVICES, (("项目", "本年数", "上年数", "项目", "数量"), *rows))
    copies = read_copies("docx", as_docx(blank, typed=False), as_docx(typed, typed=False))
    assert copies == ["数量/登记求职=5 数量/招聘会=6 数量/参加培训=None 数量/走访企业=7"]


@pytest.mark.parametrize("label", ["站名", "填报社区", "抽检单位", "企业名称", "学校"])
def test_who_fills_it_in_is_told_by_many_names(label):
    form = learned((("统计表",), (label, ""), ("参加人数", "")), ("A1:B1",)).form
    assert form.field(form.unit_field or "").label == label


NAMES = "培训班参训人员名单"
HEADS = ("单位", "姓名", "住宿", "联系电话")


@pytest.mark.parametrize("again", ["", "同上", "〃"])
def test_a_row_of_a_list_without_a_unit_is_that_of_the_row_over_it(again):
    blank = (NAMES, (HEADS, ("", "", "", ""), ("", "", "", "")))
    rows = (("清河县一中", "张三", "单间", "13900001111"), (again, "李四", "同上", "13900002222"))
    copies = read_copies(
        "docx", as_docx(blank, typed=False), as_docx((NAMES, (HEADS, *rows)), typed=False)
    )
    assert copies == [
        "单位=清河县一中 姓名=张三 住宿=单间 联系电话=13900001111",
        "单位=清河县一中 姓名=李四 住宿=单间 联系电话=13900002222",
    ]


def test_a_label_of_a_column_is_none_of_the_line_under_the_table_though_that_was_deleted():
    foot = "填表人：        联系电话："
    blank = (NAMES, (HEADS, ("", "", "", ""), ("", "", "", "")), foot)
    typed = (NAMES, (HEADS, ("清河县一中", "张三", "单间", "13900001111")))
    copies = read_copies("docx", as_docx(blank, typed=False), as_docx(typed, typed=False))
    assert copies == [
        "单位=清河县一中 姓名=张三 住宿=单间 联系电话=13900001111 填表人=None 联系电话=None"
    ]
