"""What stands near an answer and is none: 单位：万元, an empty control, 同上, an example row."""

from __future__ import annotations

import pytest

from parsers.values import read_value
from rules.checks import check_reading
from rules.reading import Status
from templates.findings import comment
from tests.unit.stranger_pages import BY_ID, NATIONAL, found, only

TITLE = "2023年全国科技活动周开展情况统计表"
ROWS = [f"{group}|{label}|{n}" for n, (group, label, _) in enumerate(NATIONAL, 2)]
CAMPAIGN = BY_ID["2023-national"]


def national(*head, rows=ROWS):
    return only("\n".join((TITLE, *head, *rows)), CAMPAIGN.id)


@pytest.mark.parametrize("said", ["单位：万元", "单位:人/万元", "（单位：万元）", "金额单位：万元"])
@pytest.mark.parametrize(
    "head",
    [
        ("单位（盖章）：山西省科学技术厅", "{}"),
        ("单位（盖章）：|山西省科学技术厅|", "{}|<|<"),
        ("单位（盖章）：山西省科学技术厅            {}",),
    ],
)
def test_the_measure_over_the_numbers_is_no_second_unit_that_fills_in(said, head):
    reading = national(*(line.format(said) for line in head))
    assert reading.get("unit").value == "山西省科学技术厅"
    assert reading.extra == ()


@pytest.mark.parametrize("kind", ["text", "count", "date", "phone"])
@pytest.mark.parametrize(
    "text",
    [
        "单击此处输入文字。",
        "单击此处输入文字。单击此处输入文字。",
        "单击或点击此处输入文字。",
        "点击此处输入",
        "单击或点击以输入日期。",
        "选择一项。",
        "请选择",
        "（请填写）",
        "请填写项目名称",
        "[在此处键入]",
        "（必填）",
        "XXX",
        "？",
        "Click or tap here to enter text.",
    ],
)
def test_what_an_empty_control_asks_for_is_no_answer(text, kind):
    assert read_value(text, kind).status == "missing"


@pytest.mark.parametrize("kind", ["text", "count", "period", "phone", "email", "postcode"])
@pytest.mark.parametrize("text", ["同上", "同左", "同上行", "（同上）", "〃"])
def test_what_points_at_another_place_is_asked_about(text, kind):
    read = read_value(text, kind)
    assert (read.status, read.notes) == ("ambiguous", ("ditto",))


@pytest.mark.parametrize(
    "text",
    [
        "同心县科技局",
        "请选择适合的展品",
        "请填写问卷的群众有奖",
        "点击率统计",
        "选择一项技术推广",
        "XX中学",
        "X光检查",
    ],
)
def test_words_that_only_begin_so_are_an_answer(text):
    assert read_value(text, "text").value == text


def test_an_example_row_of_a_list_is_no_copy_of_the_form():
    labels = "|".join(label for _, label, _ in NATIONAL)
    rows = [f"单位|{labels}", "示例" + "|1" * 17, "山西省科学技术厅" + "|7" * 17]
    assert found(national(rows=rows))["held"] == 7


def test_who_left_a_printed_hint_is_not_told_that_nothing_need_be_changed():
    reading = national(
        "单位（盖章）：山西省科学技术厅",
        rows=["|".join((*NATIONAL[0][:2], "单击此处输入文字。")), *ROWS[1:]],
    )
    assert reading.get("held").status is Status.MISSING
    (finding,) = check_reading(reading, CAMPAIGN.forms["statistics"], CAMPAIGN.file)
    assert "不用改" not in comment(finding)
    assert "请补上" in comment(finding)


def test_a_remark_that_begins_like_its_label_makes_no_rows_of_other_remarks():
    rows = [
        "参加单位（个）|318|市直10个，旗县5个",
        "义诊（人次）|200|义诊200人次",
        "下乡（次）|7|",
        "培训班（次）|9|",
    ]
    head = ["2023年内蒙古科技活动周情况统计表", "填报单位：赤峰市科技局", "内容|数量|备注"]
    reading = only("\n".join((*head, *rows, "科普直播（场）|3|")), "2023-neimenggu")
    assert [(extra.label, extra.value) for extra in reading.extra] == [("科普直播", 3)]


def test_a_long_row_of_blanks_in_an_answer_is_gone_through_once():
    """Gone through from each of its blanks, it would take an hour."""
    reading = national("单位（盖章）：山西省科学技术厅" + " " * 100_000 + "李")
    assert reading.get("unit").value.startswith("山西省科学技术厅")
