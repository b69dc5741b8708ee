"""Whose copy it is, and of which campaign, where titles and labels are alike."""

from __future__ import annotations

import pytest

from rules.recognise import read_forms
from rules.who.learned import Learned
from rules.who.units import identify_unit
from tests.unit.stranger_pages import BY_ID, CAMPAIGNS, NATIONAL, draw, only

ROWS = "\n".join(f"{group}|{label}|{n}" for n, (group, label, _) in enumerate(NATIONAL))
STATISTICS = """
内容|数量|备注
参加单位（个）|45|
参加活动人员（人）|1200|
公众参与（人次）|5600|
资料发放（份、册）|300|
科技咨询（人次）|21|
下乡（次）|22|
农资、物品赠送（折合元）|23|
义诊（人次）|24|
企业技术诊断（项）|25|
"""


def campaign_of(text: str, *prefer: str) -> str:
    (found,) = read_forms(draw(text), CAMPAIGNS, prefer=frozenset(prefer))
    return found.campaign.id


def unit_of(text: str, campaign: str, file: str = "表.docx") -> str | None:
    reading = only(text, campaign)
    form = BY_ID[campaign].forms[reading.form]
    said = str(reading.get(form.unit_field).value or "")
    roster = BY_ID[campaign].roster
    unit = identify_unit(
        (said,), None, Learned(), (file,), "", "", roster, document=reading.named
    ).unit
    return unit.name if unit else None


@pytest.mark.parametrize(
    ("title", "unit", "campaign"),
    [
        ("2023年科技活动周开展情况统计表", "小店区科技局", "2023-taiyuan"),
        ("科技活动周开展情况统计表", "克拉玛依市科技局", "2023-xinjiang"),
        ("2023年“科技活动周”开展情况统计表", "四川省科学技术厅", "2023-national"),
        ("", "太原市教育局", "2023-taiyuan"),
        ("2023年新疆科技活动周情况统计表", "小店区科技局", "2023-xinjiang"),
        ("2023年全国科技活动周开展情况统计表", "山西省科技厅", "2023-national"),
    ],
)
def test_of_tables_alike_the_one_whose_title_or_roster_fits_is_meant(title, unit, campaign):
    assert campaign_of(f"{title}\n单位（盖章）：{unit}\n{ROWS}") == campaign


def test_the_mailbox_decides_between_equal_titles_but_not_against_one():
    rows = f"单位（盖章）：某某单位\n{ROWS}"
    assert campaign_of(f"科技活动周开展情况统计表\n{rows}", "2023-taiyuan") == "2023-taiyuan"
    other = f"2023年新疆科技活动周情况统计表\n{rows}"
    assert campaign_of(other, "2023-taiyuan") == "2023-xinjiang"


@pytest.mark.parametrize(
    "title",
    [
        "赤峰市科技局2023年科技活动周情况统计表",
        "赤峰市科学技术局科技活动周情况统计表",
        "附件2：赤峰市科技局2023年内蒙古科技活动周情况统计表",
    ],
)
def test_a_title_with_its_owner_s_name_is_still_the_title_and_names_the_unit(title):
    text = f"{title}\n{STATISTICS}"
    assert campaign_of(text) == "2023-neimenggu"
    assert unit_of(text, "2023-neimenggu") == "赤峰市科学技术局"


def test_a_cover_letter_s_signature_names_the_unit_where_the_form_does_not():
    text = f"""
关于报送2023年科技活动周情况统计表的函
自治区科技厅：
现将有关材料报送贵厅，请查收。
阿拉善盟科学技术局
2023年6月10日
2023年内蒙古科技活动周情况统计表
填报单位：
{STATISTICS}"""
    assert unit_of(text, "2023-neimenggu") == "阿拉善盟科学技术局"


def test_the_form_s_own_unit_wins_over_whatever_else_is_named():
    text = f"""
阿拉善盟科学技术局
2023年内蒙古科技活动周情况统计表
填报单位：乌海市科技局
{STATISTICS}"""
    assert unit_of(text, "2023-neimenggu", "赤峰市科技局.docx") == "乌海市科学技术局"


def test_two_units_named_beside_a_form_are_none():
    text = f"""
阿拉善盟科学技术局
乌海市科学技术局
2023年内蒙古科技活动周情况统计表
{STATISTICS}"""
    assert unit_of(text, "2023-neimenggu") is None


def test_two_tables_alike_of_two_campaigns_in_one_file_are_one_form_each():
    unit = "单位：乌海市科技局"
    first = f"2023年内蒙古科技活动周情况统计表\n填报{unit}\n{STATISTICS.strip()}"
    second = f"2023年全国科技活动周开展情况统计表\n{unit}\n{ROWS}"
    found = read_forms(draw(f"{first}\n{second}"), CAMPAIGNS)
    assert [form.campaign.id for form in found] == ["2023-neimenggu", "2023-national"]
    assert [form.reading.extra for form in found] == [(), ()]
