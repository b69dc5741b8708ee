"""Workbooks of several sheets: which of them is the unit's form, and which only shows how."""

from __future__ import annotations

import io

import openpyxl
import pytest

from parsers.formats.xlsx import read_xlsx
from rules.recognise import read_forms
from tests.unit.stranger_pages import BY_ID, NATIONAL

CAMPAIGN = BY_ID["2023-national"]
TITLE = "2023年全国科技活动周开展情况统计表"
OWN = "天津市科学技术局"


def held(*sheets):
    """Return unit and number of events of every form read from (sheet, unit, number, title)."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, unit, number, *title in sheets:
        sheet = made.create_sheet(name)
        sheet.append([*(title or [TITLE])])
        sheet.append([f"单位（盖章）：{unit}"])
        for group, label, _ in NATIONAL:
            sheet.append(["" if group == "^" else group, label, number])
    data = io.BytesIO()
    made.save(data)
    found = read_forms(read_xlsx(data.getvalue()), [CAMPAIGN])
    return [(f.reading.get("unit").value, f.reading.get("held").value) for f in found]


@pytest.mark.parametrize("unit", ["XX市科技局", "某某科技厅", "○○县", "", OWN])
@pytest.mark.parametrize("name", ["填写示例", "样表", "样例", "填报范例"])
def test_an_example_on_a_sheet_of_its_own_is_left_out(name, unit):
    assert held((name, unit, 1), ("统计表", OWN, 7)) == [(OWN, 7)]
    assert held(("统计表", OWN, 7), (name, unit, 1)) == [(OWN, 7)]


def test_an_example_that_its_title_names_is_left_out():
    example = ("Sheet2", "某某科技厅", 1, f"{TITLE}（样表）")
    assert held(("Sheet1", OWN, 7), example) == [(OWN, 7)]


@pytest.mark.parametrize("unit", ["XX市科技局", ""])
def test_an_example_of_nobody_does_not_fill_in_the_empty_form_beside_it(unit):
    assert held(("填写示例", unit, 1), ("统计表", "", None)) == [(None, None)]


def test_a_sheet_for_examples_under_a_unit_s_name_may_be_what_is_meant():
    assert held(("填写示例", OWN, 7), ("统计表", OWN, None)) == [(OWN, 7), (OWN, None)]
    both = [("北京市科学技术委员会", 1), (OWN, 7)]
    assert held(*(("样表", *both[0]), ("统计表", *both[1]))) == both


@pytest.mark.parametrize("name", ["填写示例", "样表"])
def test_an_example_alone_is_read(name):
    assert held((name, OWN, 7)) == [(OWN, 7)]


@pytest.mark.parametrize("names", [("机关", "院所"), ("模板", "Sheet2"), ("示范区", "市本级")])
def test_sheets_called_anything_else_are_all_read(names):
    assert held((names[0], OWN, 1), (names[1], OWN, 7)) == [(OWN, 1), (OWN, 7)]


def test_a_form_s_last_row_is_its_own_when_a_table_with_its_labels_follows():
    made = openpyxl.Workbook()
    sheet, details = made.active, made.create_sheet("明细")
    sheet.append([TITLE])
    sheet.append([f"单位（盖章）：{OWN}"])
    for group, label, _ in NATIONAL:
        sheet.append(["" if group == "^" else group, label, 7])
    details.append(["序号", "活动名称", "举办活动次数", "线下活动群众参与数量", "宣传报道数量"])
    details.append([1, "开幕式", 1, 500, 3])
    data = io.BytesIO()
    made.save(data)
    (form,) = read_forms(read_xlsx(data.getvalue()), [CAMPAIGN])
    assert form.reading.get("reports").value == 7
