"""The roll-up: totals that add up, a row for every unit, and a source for every number."""

from __future__ import annotations

import io
import re
from copy import copy
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from parsers.formats import read_document
from rules.outcome import Standing
from templates.rollup import render_rollup, render_upward
from tests.unit import letter_samples as samples

SHEETS = [
    *("汇总", "图表", "重点项目备案表", "情况统计表", "分类合计", "上报表", "请核对"),
    *("未报", "新增项目与备注", "来源", "版本"),
]


@pytest.fixture(scope="module")
def view():
    return samples.rollup()


@pytest.fixture(scope="module")
def book(view):
    return load_workbook(io.BytesIO(render_rollup(view)), data_only=True)


@pytest.fixture(scope="module")
def formulas(view):
    return load_workbook(io.BytesIO(render_rollup(view)))


def again(view):
    return load_workbook(io.BytesIO(render_rollup(view)), data_only=True)


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
    assert totals(book) == totals(again(without))


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
    assert head[:4] == ["单位", "类别", "状态", "收到时间"]
    assert len(head) == 4 + len(samples.STATISTICS.fields)
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


def test_nothing_a_sender_wrote_becomes_a_formula_or_a_link_out_of_the_workbook(formulas):
    cells = [cell for sheet in formulas for row in sheet.iter_rows() for cell in row]
    hostile = [cell for cell in cells if str(cell.value).startswith("=HYPERLINK")]
    assert hostile
    assert all(cell.data_type == "s" for cell in hostile)
    ours = [cell.value for cell in cells if cell.data_type == "f"]
    assert all(re.match(r"=(SUM|COUNT|SUMIF|ROUND)\(", formula) for formula in ours)
    assert all(cell.hyperlink is None or not cell.hyperlink.target for cell in cells)


def test_totals_are_formulas_over_the_units_rows_that_carry_what_they_come_to(book, formulas):
    at = next(c for row in formulas["汇总"].iter_rows() for c in row if c.value == "参加单位")
    total = formulas["汇总"].cell(at.row, 2)
    sheet, cells = re.fullmatch(r"=SUM\('(.+)'!([^)]+)\)", total.value).groups()
    column = [cell.value for (cell,) in book[sheet][cells.replace("$", "")]]
    assert sum(value or 0 for value in column) == book["汇总"].cell(at.row, 2).value
    assert formulas["汇总"].cell(at.row, 4).value == f"=COUNT('{sheet}'!{cells})"


def test_every_number_leads_to_the_line_of_its_source_and_back(book, formulas):
    linked = 0
    for title in ("重点项目备案表", "情况统计表"):
        for row in formulas[title].iter_rows(min_row=2, min_col=5):
            for cell in row:
                if cell.data_type != "n" or cell.value is None:
                    continue
                line = int(cell.hyperlink.location.rpartition("!A")[2])
                source = [c.value for c in book["来源"][line]]
                head = book[title].cell(1, cell.column).value
                assert source[0] == book[title].cell(cell.row, 1).value
                assert (source[1], source[3], source[4]) == (title, head, cell.value)
                back = formulas["来源"].cell(line, 5).hyperlink.location
                assert back == f"'{title}'!{cell.coordinate}"
                linked += 1
    assert linked == len(records(book, "来源")) > 60


def test_totals_by_category_add_up_to_the_whole(book):
    lines = [row for row in rows(book, "分类合计") if row[0] and isinstance(row[-1], int | float)]
    assert len(lines) > 20
    for line in lines:
        assert sum(line[2:-1]) == pytest.approx(line[-1])


def test_the_higher_form_is_told_field_by_field_with_its_units_and_what_has_no_counterpart(book):
    lines = {row[0]: row[1:] for row in rows(book, "上报表") if row[0]}
    in_kind = next(row for label, row in lines.items() if "实物投入情况" in label)
    assert in_kind[:2] == [31.2, "万元"]
    assert in_kind[3].startswith("3/")
    assert any(label.startswith("上级表里有、本次没有收的（13项") for label in lines)
    assert any(label.startswith("本次收了、上级表里没有的（15项") for label in lines)
    assert "资料发放" in lines


def test_the_higher_form_goes_with_the_workbook_under_its_own_title(view):
    form = render_upward(view)
    assert form.name == "2023年全国科技活动周开展情况统计表.docx"
    texts = [c.text for t in read_document(form.data, "docx").tables for c in t.cells]
    assert "31.2万元" in texts


def test_a_campaign_without_a_higher_form_has_no_such_sheet(view):
    campaign = copy(view.campaign)
    campaign.upward = None
    assert "上报表" not in again(replace(view, campaign=campaign)).sheetnames
    assert render_upward(replace(view, campaign=campaign)) is None


def test_a_number_far_from_those_of_units_alike_is_asked_about_politely(view):
    units = view.campaign.roster.units[:9]
    reading = samples.statistics()
    far = samples.statistics(public=samples.answer(samples.STATISTICS, "public", 9_000_000, row=4))
    submissions = tuple(
        samples.stored(unit, "statistics", reading=far if n == 4 else _varied(reading, n))
        for n, unit in enumerate(units)
    )
    asked = records(again(replace(view, submissions=submissions)), "请核对")
    assert [(r["单位"], r["内容"], r["登记的数"]) for r in asked] == [
        (units[4].name, "公众参与（人次）", 9_000_000)
    ]
    assert asked[0]["想请您看一眼"].endswith("请问数字和计量单位都对吗？")


def _varied(reading, n):
    fields = tuple(
        replace(f, value=f.value + n) if isinstance(f.value, int) else f for f in reading.fields
    )
    return replace(reading, fields=fields)


def test_charts_show_progress_growth_and_categories(formulas):
    drawn = formulas["图表"]._charts
    assert len(drawn) == 4
    refs = [series.val.numRef.f for chart in drawn for series in chart.series]
    assert any(ref.startswith("'汇总'!") for ref in refs)
    assert any(ref.startswith("'分类合计'!") for ref in refs)


def test_a_campaign_in_which_nothing_came_still_has_its_workbook(view):
    empty = replace(view, submissions=(), versions=(), standings={})
    book = again(empty)
    assert book.sheetnames == SHEETS
    assert totals(book)["参加单位"] == [0, "个", 0]


def test_a_unit_that_left_the_roster_keeps_its_numbers(view, book):
    gone = replace(view.submissions[0], unit_id="gone", unit_name="已撤并单位")
    more = replace(view, submissions=(*view.submissions, gone))
    later = again(more)
    assert records(later, "情况统计表")[-1]["单位"] == "已撤并单位"
    assert totals(later)["参加单位"][2] == totals(book)["参加单位"][2] + 1


def test_the_same_state_gives_the_same_bytes(view):
    assert render_rollup(view) == render_rollup(view)
