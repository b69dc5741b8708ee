"""Labels as strangers retype them: with their group, a verb, a number in their brackets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.document import Document, Table
from parsers.values import read_value
from rules.recognise import read_forms
from tests.unit.stranger_pages import BY_ID, CAMPAIGNS, NATIONAL, draw, found, only, readings

TITLE = "2023年太原市科技活动周开展情况统计表"
KEYS = [key for *_, key in NATIONAL]


def numbers(reading):
    return [found(reading).get(key) for key in KEYS]


@pytest.mark.parametrize("dash", ["——", "-", "：", "/", " → "])
def test_a_label_after_its_group_s_name_is_that_label(dash):
    group, rows = "", []
    for n, (named, label, _) in enumerate(NATIONAL):
        group = group if named == "^" else named
        rows.append(f"{group}{dash}{label}|{n}")
    text = "\n".join((TITLE, "填报单位：小店区科技局", "统计内容|数量", *rows))
    assert numbers(only(text)) == [str(n) if n == 7 else n for n in range(17)]


def test_headings_over_the_columns_are_neither_labels_nor_rows():
    rows = "\n".join(f"{g}|{label}|个|{n}" for n, (g, label, _) in enumerate(NATIONAL))
    text = f"{TITLE}\n填报单位：小店区科技局\n类别|内容|单位|数量\n{rows}"
    reading = only(text, "2023-taiyuan")
    assert (found(reading)["unit"], reading.extra) == ("小店区科技局", ())


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("media", "参与的媒体数量"),
        ("reports", "宣传报道篇数"),
        ("workers", "科技工作者参与人数"),
        ("offline", "线下活动群众参与人数"),
        ("held", "举办活动的次数"),
    ],
)
def test_a_label_in_slightly_other_words_is_still_the_label(key, label):
    rows = "\n".join(
        f"{g}|{label if k == key else own}|{n}" for n, (g, own, k) in enumerate(NATIONAL)
    )
    reading = only(f"{TITLE}\n填报单位：小店区科技局\n{rows}", "2023-taiyuan")
    assert numbers(reading) == [str(n) if n == 7 else n for n in range(17)]


STATISTICS = """
2023年内蒙古科技活动周情况统计表
填报单位：赤峰市科技局
内容|数量|备注
参加单位（个）|45|
{}
公众参与（人次）|5600|
资料发放（份、册）|300|
科技咨询（人次）|21|
{}|22|
农资、物品赠送（折合元）|23|
{}|24|
企业技术诊断（项）|25|
宣传展板（块）|26|
科普画廊（米）|27|
"""


@pytest.mark.parametrize(
    ("visits", "clinics"),
    [("科技下乡（次）", "开展义诊（人次）"), ("下乡次数（次）", "义诊人次（人次）")],
)
def test_a_short_label_with_a_verb_or_its_unit_said_again_is_known(visits, clinics):
    text = STATISTICS.format("参加活动人员（人）|1200|", visits, clinics)
    read = found(only(text, "2023-neimenggu"))
    assert (read["village_visits"], read["free_clinics"]) == (22, 24)


def test_a_number_in_the_brackets_of_its_label_is_read():
    text = STATISTICS.format("参加活动人员（1200人）||", "下乡（次）", "义诊（人次）")
    assert found(only(text, "2023-neimenggu"))["participants"] == 1200


def test_a_number_in_a_label_s_brackets_and_another_beside_it_are_asked_about():
    text = STATISTICS.format("参加活动人员（1200人）|1300|", "下乡（次）", "义诊（人次）")
    assert "participants" not in found(only(text, "2023-neimenggu"))


def test_hidden_rows_of_last_year_s_numbers_are_not_read():
    rows = STATISTICS.format("参加活动人员（人）|1200|", "下乡（次）", "义诊（人次）")
    old = "参加单位（个）|3|\n参加活动人员（人）|4|\n公众参与（人次）|5|\n资料发放（份、册）|6|"
    head, body = rows.split("内容|数量|备注\n")
    document = draw(f"{head}内容|数量|备注\n{old}\n{body}")
    cells = tuple(
        replace(cell, flags=frozenset({"hidden-row"})) if 2 <= cell.row <= 5 else cell
        for cell in document.tables[0].cells
    )
    blocks = (*document.paragraphs, Table(1, cells))
    (form,) = read_forms(Document("xlsx", blocks), [BY_ID["2023-neimenggu"]])
    read = found(form.reading)
    assert (read["units"], read["participants"], read["leaflets"]) == (45, 1200, 300)


def test_a_table_set_apart_after_the_form_is_no_part_of_it():
    text = STATISTICS.format("参加活动人员（人）|1200|", "下乡（次）", "义诊（人次）")
    text += (
        "签到表\n序号|姓名|单位|联系电话\n1|李建华|科普部|13900001111\n2|王晓岚|办公室|13900002222"
    )
    reading = only(text, "2023-neimenggu")
    assert (found(reading)["reporter"], reading.extra) == ("赤峰市科技局", ())
    rows = "\n".join(f"{g}|{label}|{n}" for n, (g, label, _) in enumerate(NATIONAL))
    tail = "签到表\n序号|姓名|单位|联系电话\n1|李建华|科普部|13900001111"
    other = only(f"{TITLE}\n填报单位：小店区科技局\n{rows}\n{tail}", "2023-taiyuan")
    assert (found(other)["unit"], other.extra) == ("小店区科技局", ())


def test_several_ways_to_be_reached_in_one_line_are_one_answer():
    text = """
2023年科技活动周活动备案表
活动名称：气象科普馆公众开放周
组织单位名称：传感器分会
举办地点：图书馆三楼
举办时间：5月20日
活动负责人：苏日娜
联系方式：办公：0477-8500012  手机：13900001212
拟参加人数：200
项目简介：展出展品30余件。
"""
    reading = only(text, "2023-cis")
    assert found(reading)["contact"].split() == ["办公：0477-8500012", "手机：13900001212"]
    assert reading.extra == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("自2023年5月20日起至2023年5月25日止", "2023-05-20/2023-05-25"),
        ("5月20日起至27日止", "2023-05-20/2023-05-27"),
        ("从5月20日到5月27日结束", "2023-05-20/2023-05-27"),
    ],
)
def test_a_period_from_a_day_until_another_is_read(text, value):
    assert read_value(text, "period", default_year=2023).value == value


@pytest.mark.parametrize("text", ["自2023年5月20日起", "5月20日止", "5月20日前"])
def test_a_period_with_one_end_only_is_asked_about(text):
    assert read_value(text, "period", default_year=2023).status == "ambiguous"


@pytest.mark.parametrize("text", ["乙（附一句话）", "乙，请注明：某协会", "乙（某某分会）"])
def test_words_that_say_more_about_a_choice_leave_it_chosen(text):
    assert read_value(text, "choice", choices=("甲", "乙")).value == ("乙",)


@pytest.mark.parametrize("text", ["乙（不是）", "乙（未定）", "乙吗"])
def test_words_that_may_take_a_choice_back_are_asked_about(text):
    assert read_value(text, "choice", choices=("甲", "乙")).status == "ambiguous"


def test_every_campaign_still_knows_its_own_table():
    rows = "\n".join(f"{g}|{label}|{n}" for n, (g, label, _) in enumerate(NATIONAL))
    assert {r.campaign for r in readings(f"{TITLE}\n{rows}", *[c.id for c in CAMPAIGNS])} == {
        "2023-taiyuan"
    }


def test_a_value_in_the_row_under_its_label_is_read_where_no_value_stands_beside_one():
    text = """
2023年科技活动周活动备案表
活动名称|<|<
实用技术培训班|<|<
组织单位名称||
智能传感科普教育基地||
举办地点|举办时间|活动负责人
科技馆大厅|5月20日|高明
联系方式||
办公：0477-8500012  手机：13900001212||
拟参加人数|<|<
800|<|<
项目简介|<|<
开放实验室2个。|<|<
"""
    reading = only(text, "2023-cis")
    read = found(reading)
    assert (read["organiser"], read["venue"]) == ("智能传感科普教育基地", "科技馆大厅")
    assert read["contact"] == "办公：0477-8500012  手机：13900001212"
    assert reading.extra == ()


def test_a_label_left_empty_beside_filled_ones_takes_nothing_from_below():
    text = """
2023年内蒙古科技活动周活动项目备案表
项目名称|甲
主办单位|赤峰市科技局
主管部门|
承办单位|某协会
举办地点|广场
举办时间|5月20日
联系人|李四
"""
    read = found(only(text, "2023-neimenggu"))
    assert "authority" not in read


def test_headings_in_words_a_form_may_ask_for_are_headings_still():
    text = """
2023年内蒙古科技活动周活动项目备案表
序号|项目|内容
1|活动名称|甲
2|主办单位|赤峰市科技局
3|举办地点|广场
4|举办时间|5月20日
5|联系人|李四
"""
    reading = only(text, "2023-neimenggu")
    assert (found(reading)["name"], reading.extra) == ("甲", ())


def test_columns_printed_on_a_second_page_belong_to_the_labels_of_the_first():
    left = "\n".join(f"{g}|{label}" for g, label, _ in NATIONAL)
    right = "\n".join(f"{n}|" for n in range(17))
    text = f"{TITLE}\n填报单位：小店区科技局\n类别|指标\n{left}\n{TITLE}\n数量|备注\n{right}"
    drawn = draw(text)
    (form,) = read_forms(replace(drawn, kind="pdf"), [BY_ID["2023-taiyuan"]])
    assert numbers(form.reading) == [str(n) if n == 7 else n for n in range(17)]
    assert form.reading.get("held").place == drawn.tables[1].cells[2].place


@pytest.mark.parametrize("typed", ["（{}）", "({})", "【{}】", "〔{}〕", " （ {} ）", "（{}）。"])
def test_a_unit_s_name_in_brackets_after_the_colon_is_its_answer(typed):
    text = STATISTICS.format("参加活动人员（人）|1200|", "科技下乡（次）", "开展义诊（人次）")
    named = text.replace("赤峰市科技局", typed.format("赤峰市科学技术局"))
    assert found(only(named))["reporter"] == "赤峰市科学技术局"


@pytest.mark.parametrize(
    "hint", ["（盖章）", "（单位全称）", "（请填写全称）", "（签字）", "（万元）"]
)
def test_what_a_blank_prints_in_brackets_after_a_colon_is_no_unit_s_name(hint):
    text = STATISTICS.format("参加活动人员（人）|1200|", "科技下乡（次）", "开展义诊（人次）")
    assert "reporter" not in found(only(text.replace("赤峰市科技局", hint)))


def test_a_number_with_its_unit_in_brackets_after_a_colon_is_the_label_s():
    text = STATISTICS.format("参加活动人员：（1200人）||", "科技下乡（次）", "开展义诊（人次）")
    assert found(only(text))["participants"] == 1200


def test_a_name_in_brackets_and_another_beside_it_are_asked_about():
    text = STATISTICS.format("参加活动人员（人）|1200|", "科技下乡（次）", "开展义诊（人次）")
    two = text.replace("填报单位：赤峰市科技局", "填报单位：（赤峰市科学技术局）|宁城县科技局|")
    assert "reporter" not in found(only(two))


@pytest.mark.parametrize(
    "label", ["资料发放/份、册", "资料发放／份、册", "资料发放，份、册", "资料发放/份"]
)
def test_units_of_measure_may_stand_behind_a_stroke(label):
    text = f"""
2023年内蒙古科技活动周情况统计表
填报单位：赤峰市科学技术局
内容|数量|备注
参加单位（个）|36|
{label}|1200|
科技咨询/人次|860|
"""
    reading = only(text)
    assert (found(reading)["leaflets"], reading.extra) == (1200, ())


def _said(label: str) -> tuple[str, ...]:
    reading = only(STATISTICS.replace("公众参与（人次）", label), "2023-neimenggu")
    (answer,) = [a for a in reading.fields if a.key == "public"]
    return answer.notes if answer.value is None else ()


PARTS = "线上 人次，仅线上 不含学生 2022年 上年同期 计划 其中学生 场均人次"
WHOLES = "含线上 线上、线下 线上，线下 2023年 人次，必填 不含重复 由基层填写 仅填数字 截至5月底"


@pytest.mark.parametrize("inner", PARTS.split())
def test_a_bracket_that_leaves_only_a_part_of_what_is_asked_is_asked_about(inner):
    assert _said(f"公众参与（{inner}）") == ("other-label",)


@pytest.mark.parametrize("inner", WHOLES.split())
def test_a_bracket_that_takes_nothing_away_leaves_the_label_itself(inner):
    assert _said(f"公众参与（{inner}）") == ()


PLAN = """
2023 年内蒙古科技活动周活动项目备案表
项目名称|开放日|<|<
主办单位|赤峰市科技局|举办时间（拟）|2023年5月20日
拟参加人数（预计）|200人|活动经费（计划）|5万元
"""


def test_a_plan_is_what_a_form_of_plans_asks_for():
    read = found(only(PLAN, "2023-neimenggu"))
    assert (read["participants"], read["budget"], read["period"]) == (200, 50000, "2023-05-20")
