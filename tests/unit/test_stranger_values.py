"""Numbers as strangers write them in a cell, under the remarks, and beside printed examples."""

from __future__ import annotations

import pytest

from parsers.values import read_labelled, read_value
from rules.reading import Status
from tests.unit.stranger_pages import found, only

ROWS = """
2023年内蒙古科技活动周情况统计表
填报单位：{unit}
内容|数量|备注
参加单位（个）|{units}|{units_remark}
参加活动人员（人）|1200|{remark}
公众参与（人次）|5600|
资料发放（份、册）|300|
科技咨询（人次）|21|
下乡（次）|22|
农资、物品赠送（折合元）|23|
义诊（人次）|24|
企业技术诊断（项）|25|
宣传展板（块）|26|
科普画廊（米）|27|
"""


def statistics(unit="赤峰市科技局", units="45", units_remark="", remark=""):
    text = ROWS.format(unit=unit, units=units, units_remark=units_remark, remark=remark)
    return only(text, "2023-neimenggu")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("340①", 340),
        ("12*", 12),
        ("12 ※", 12),
        ("1200（注1）", 1200),
        ("1200（见备注）", 1200),
        ("1200（估计）", 1200),
        ("【100】", 100),
        ("“100”", 100),
        ("近千人", 1000),
        ("约万人", 10000),
        ("小计100", 100),
    ],
)
def test_a_note_s_mark_or_brackets_leave_a_number_as_it_is(text, value):
    read = read_value(text, "count", unit="人", label="参加活动人员")
    assert (read.status, read.value) == ("found", value)


@pytest.mark.parametrize("text", ["①340", "1200[1]", "1200（不含线上）", "100*3", "“100”“200”"])
def test_a_mark_that_may_be_part_of_the_number_is_asked_about(text):
    assert read_value(text, "count", unit="人").status == "ambiguous"


def test_a_sub_value_with_a_lost_character_is_unreadable():
    read, _ = read_labelled("其中：科技人员3\ufffd0人", "科技人员", unit="人")
    assert (read.status, read.value) == ("unreadable", None)


@pytest.mark.parametrize("typed", ["45个", "约45个", "45 家"])
def test_a_number_with_its_unit_under_the_remarks_is_read_where_none_is_asked(typed):
    assert found(statistics(units="", units_remark=typed))["units"] == 45


def test_a_bare_number_under_the_remarks_is_asked_about():
    answer = statistics(units="", units_remark="45").get("units")
    assert (answer.status, answer.notes) == (Status.AMBIGUOUS, ("in-remarks",))


@pytest.mark.parametrize(
    "typed", ["无", "120人次", "较去年增加5个", "其中：企业45个", "45个（去年）"]
)
def test_words_under_the_remarks_are_no_number(typed):
    assert statistics(units="", units_remark=typed).get("units").status is Status.MISSING


def test_a_number_in_its_own_column_wins_over_one_under_the_remarks():
    assert found(statistics(units="45", units_remark="46个"))["units"] == 45


def test_a_printed_example_is_no_value():
    reading = statistics(unit="（例：XX市科技局）赤峰市科技局", units="45（例如：10）")
    assert (found(reading)["reporter"], found(reading)["units"]) == ("赤峰市科技局", 45)
    assert statistics(units="（例：10）").get("units").status is Status.MISSING


PROJECT = """
2023年内蒙古科技活动周活动项目备案表
项目名称|科普进校园|<|<
主办单位|赤峰市科学技术局|主管部门|
{}
拟参加人数|300|<|<
"""


@pytest.mark.parametrize(
    ("typed", "key", "value"),
    [
        ("联系人：（张三）", "contact", "张三"),
        ("联系人（张三）", "contact", "张三"),
        ("联 系 人【欧阳小红】", "contact", "欧阳小红"),
        ("项目负责人：（李 芳）", "leader", "李 芳"),
        ("联系电话：（0471-6281234）", "phone", "0471-6281234"),
        ("联系电话（13804710001）：", "phone", "13804710001"),
        ("邮政编码（010010）", "postcode", "010010"),
        ("电子邮箱：（zhang@example.cn）", "email", "zhang@example.cn"),
    ],
)
def test_an_answer_in_brackets_after_its_label_is_read(typed, key, value):
    reading = only(PROJECT.format(f"举办地点|校园|{typed}|"))
    assert found(reading)[key] == value
    beside = only(PROJECT.format(f"举办地点|校园|{typed}|别的")).get(key)
    assert beside.status is Status.AMBIGUOUS or value not in str(beside.value)


@pytest.mark.parametrize(
    "hint",
    [
        *(
            "（签字）",
            "（必填）",
            "（全名）",
            "（手写签名）",
            "（单位联系人）",
            "（常用）",
            "（姓名）",
        ),
        *("（项目）", "（职务）", "（经办）"),
    ],
)
def test_a_hint_in_brackets_after_a_label_is_no_answer(hint):
    for label in (f"联系人：{hint}", f"联系人{hint}"):
        assert "contact" not in found(only(PROJECT.format(f"举办地点|校园|{label}|")))
        reading = only(PROJECT.format(f"举办地点|校园|{label}|张三"))
        assert found(reading)["contact"] == "张三"


@pytest.mark.parametrize("hint", ["（11位手机号）", "（区号-号码）", "（6位）", "（如：010010）"])
def test_a_hint_of_a_number_s_shape_is_no_number(hint):
    for key, label in (("phone", "联系电话"), ("postcode", "邮政编码")):
        for typed in (f"{label}：{hint}", f"{label}{hint}"):
            assert key not in found(only(PROJECT.format(f"举办地点|校园|{typed}|")))
