"""The roll-up: totals that add up, a row for every unit, and a source for every number."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from rules.decision import Standing
from templates.rollup import render_rollup
from tests.unit import letter_samples as samples

SHEETS = ["汇总", "重点项目备案表", "情况统计表", "未报", "新增项目与备注", "来源", "版本"]


@pytest.fixture(scope="module")
def view():
    return samples.rollup()


@pytest.fixture(scope="module")
def book(view):
    return load_workbook(io.BytesIO(render_rollup(view)))


def rows(book, title):
    return [list(row) for row in book[title].iter_rows(values_only=True)]


def records(book, title):
    head, *rest = rows(book, title)
    return [dict(zip(head, row, strict=True)) for row in rest]


def totals(book):
    return {row[0]: row[1:4] for row in rows(book, "汇总") if row[0]}


def test_the_workbook_has_a_sheet_for_each_question(book):
    assert book.sheetnames == SHEETS


def test_a_total_is_the_sum_over_accepted_units_with_how_many_filled_it_in(view, book):
    found = totals(book)
    counted = [s for s in view.submissions if s.standing is not Standing.RETURNED]
    readings = [r for s in counted for r in s.readings if r.form == "statistics"]
    units = [r.get("units").value for r in readings]
    assert found["参加单位"] == [sum(units), "个", 3]
    assert found["宣传展板"][2] == 2  # one unit left it empty
    assert found["农资、物品赠送"] == [156000, "元", 3]
    assert found["科普画廊"] == [361.5, "米", 3]
    assert found["拟参加人数"] == [2400, "人", 1]  # two projects of one unit


def test_a_returned_version_counts_for_nothing(view, book):
    without = replace(
        view,
        submissions=tuple(s for s in view.submissions if s.standing is not Standing.RETURNED),
    )
    assert totals(book) == totals(load_workbook(io.BytesIO(render_rollup(without))))


def test_standings_of_a_requirement_add_up_to_the_units_that_owe_it(view, book):
    found = {row[0]: row[2:8] for row in rows(book, "汇总")[3:8]}
    for requirement in view.campaign.file.requirements:
        owing = [due for _, due in view.dues() if due.requirement == requirement]
        assert sum(found[requirement.title]) == len(owing)
    assert found["情况统计表"][:2] == [2, 1]
    assert found["情况统计表"][4] == 1


def test_every_unit_that_owes_a_form_has_a_row_and_many_items_have_one_each(view, book):
    names = [record["单位"] for record in records(book, "情况统计表")]
    owing = [unit.name for unit, due in view.dues() if due.requirement.key == "statistics"]
    assert names == owing
    items = [r["名称"] for r in records(book, "重点项目备案表") if r["状态"] == "已收"]
    assert sorted(items) == ["大篷车进苏木", "草原科普夜市"]


def test_every_field_of_a_form_is_a_column_with_its_unit_of_measure(book):
    head = rows(book, "情况统计表")[0]
    assert len(head) == 3 + len(samples.STATISTICS.fields)
    assert "农资、物品赠送（元）" in head
    assert "下乡（次）" in head


def test_a_number_that_was_converted_shows_what_was_written_as_a_comment(book):
    sheet = book["情况统计表"]
    column = [cell.value for cell in sheet[1]].index("农资、物品赠送（元）") + 1
    comments = [sheet.cell(row, column).comment for row in range(2, sheet.max_row + 1)]
    assert "5.2万元" in [comment.text for comment in comments if comment]


def test_who_is_missing_is_listed_with_what_and_whom_to_call(view, book):
    found = records(book, "未报")
    open_dues = [due for _, due in view.dues() if due.is_open]
    assert len(found) == len(open_dues)
    assert {record["状态"] for record in found} == {"未报", "退回待更正"}
    assert all(record["电话"] and record["联系人"] for record in found)
    assert found[0]["截止日期"].isoformat()[:10] in {"2023-05-12", "2023-06-15"}


def test_added_rows_and_remarks_are_kept_with_value_and_unit(book):
    found = records(book, "新增项目与备注")
    added = [r for r in found if r["类别"] == "新增项目" and r["项目"] == "流动科技馆接待"]
    assert [(r["内容"], r["计量单位"]) for r in added] == [(12600, "人次")] * 3
    assert [r["内容"] for r in found if r["类别"] == "备注"] == ["其中蒙古文资料1200份"] * 3


def test_every_number_in_the_totals_has_a_source_with_cell_file_hash_and_mail(book):
    found = records(book, "来源")
    money = [r for r in found if r["内容"] == "农资、物品赠送（元）"]
    assert sum(r["登记的数"] for r in money) == totals(book)["农资、物品赠送"][0]
    for record in found:
        assert record["位置"].startswith("表1 第")
        assert len(record["SHA-256"]) == 64
        assert "@example.cn>" in record["邮件"]
        assert record["收到时间"].startswith("2023-06-")


def test_every_version_there_was_is_listed_in_the_order_it_came(view, book):
    found = records(book, "版本")
    assert len(found) == len(view.versions)
    assert [r["收到时间"] for r in found] == sorted(r["收到时间"] for r in found)
    assert found[0]["状态"] == "退回待更正"


def test_nothing_a_sender_wrote_becomes_a_formula(book):
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in texts)
    assert all(cell.data_type != "f" for cell in texts)
    assert all(cell.hyperlink is None for cell in texts)


def test_a_campaign_in_which_nothing_came_still_has_its_workbook(view):
    empty = replace(view, submissions=(), versions=(), standings={})
    book = load_workbook(io.BytesIO(render_rollup(empty)))
    assert book.sheetnames == SHEETS
    assert totals(book)["参加单位"] == [0, "个", 0]


def test_a_unit_that_left_the_roster_keeps_its_numbers(view, book):
    gone = replace(view.submissions[0], unit_id="gone", unit_name="已撤并单位")
    more = replace(view, submissions=(*view.submissions, gone))
    again = load_workbook(io.BytesIO(render_rollup(more)))
    assert records(again, "情况统计表")[-1]["单位"] == "已撤并单位"
    assert totals(again)["参加单位"][2] == totals(book)["参加单位"][2] + 1


def test_the_same_state_gives_the_same_bytes(view):
    assert render_rollup(view) == render_rollup(view)
