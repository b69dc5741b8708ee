"""Fields are read by their labels wherever they stand; what is not sure is never a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.document import Cell, Document, Place, Table
from rules.reader.indexing import index_of
from rules.reader.page import lay_out
from rules.reader.read_form import read_form
from rules.reading import FieldReading, Reading, Status
from tests.unit import form_messes as messes

if TYPE_CHECKING:
    from rules.form import Form


def read(document: Document, form: Form) -> Reading:
    page = lay_out(document)
    return read_form(page, (0, len(page.lines) - 1), index_of(form), "2023-neimenggu", 2023)


def flat(value: object) -> object:
    return value.replace("\n", "") if isinstance(value, str) else value


def wrong(reading: Reading, truth: dict[str, object]) -> list[FieldReading]:
    return [
        answer
        for answer in reading.fields
        if answer.status is Status.FOUND and flat(answer.value) != flat(truth.get(answer.key))
    ]


def lost(reading: Reading, truth: dict[str, object]) -> list[FieldReading]:
    return [a for a in reading.fields if a.key in truth and a.status is not Status.FOUND]


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(st.integers(min_value=0, max_value=10**9))
def test_a_messed_up_statistics_form_is_read_right_or_not_at_all(seed):
    mess = messes.statistics(seed)
    assert wrong(read(mess.document, messes.STATISTICS), mess.truth) == []


@quick
@given(st.integers(min_value=0, max_value=10**9))
def test_a_messed_up_project_form_is_read_right_or_not_at_all(seed):
    mess = messes.project(seed)
    assert wrong(read(mess.document, messes.PROJECT), mess.truth) == []


@pytest.mark.parametrize(
    ("draw", "form"),
    [(messes.statistics, messes.STATISTICS), (messes.project, messes.PROJECT)],
    ids=["statistics", "project"],
)
def test_of_all_fields_in_200_messes_at_least_995_in_1000_are_found(draw, form):
    asked = missed = 0
    for seed in range(200):
        mess = draw(seed)
        asked += len(mess.truth)
        missed += len(lost(read(mess.document, form), mess.truth))
    assert missed <= asked * 0.005


@pytest.mark.parametrize("seed", range(40))
def test_rows_added_by_the_submitter_are_kept_with_their_label_and_number(seed):
    mess = messes.statistics(seed)
    extra = read(mess.document, messes.STATISTICS).extra
    assert {row.label: row.value for row in extra} == mess.added


ROWS = [("内 容", "数 量", "备 注"), ("参加单位 (个)", "12", ""), ("参加活动人员 (人)", "300", "")]


def rows(*more: tuple[str, ...], number: int = 1) -> Table:
    return messes.table([[(text, 1) for text in row] for row in (*ROWS, *more)], number)


def statistics(*more: tuple[str, ...]) -> Reading:
    head = messes.paragraphs(messes.STATISTICS_TITLE, "填报单位：赤峰市科学技术局（盖章）")
    return read(Document("docx", (*head, rows(*more))), messes.STATISTICS)


def test_the_unit_line_above_the_table_is_read_without_its_seal():
    answer = statistics().get("reporter")
    assert (answer.value, str(answer.place)) == ("赤峰市科学技术局", "第2段")


def test_an_answer_names_the_cell_the_value_stands_in():
    answer = statistics().get("participants")
    assert (answer.value, answer.raw, str(answer.place)) == (300, "300", "表1 第3行第2列")


def test_a_deleted_row_is_missing_and_its_label_was_not_found():
    answer = statistics().get("public")
    assert (answer.status, answer.label_found) == (Status.MISSING, False)


def test_an_empty_cell_is_missing_at_its_own_place():
    answer = statistics(("公众参与 (人次)", "", "")).get("public")
    assert (answer.status, answer.label_found) == (Status.MISSING, True)
    assert str(answer.place) == "表1 第4行第2列"


def test_a_label_filled_twice_with_different_values_is_ambiguous():
    answer = statistics(("参加单位（个）", "15", "")).get("units")
    assert (answer.status, answer.value) == (Status.AMBIGUOUS, None)
    assert answer.notes == ("duplicate-label",)


def test_a_label_filled_twice_with_one_value_is_that_value():
    assert statistics(("参加单位（个）", "12家", "")).get("units").value == 12


def test_a_number_under_a_label_in_ten_thousands_is_converted_or_asked_about():
    answer = statistics(("短信发送科技信息（万条）", "3", "")).get("messages")
    assert answer.value in (30000, None)
    assert answer.status is not Status.FOUND or answer.value == 30000


def test_money_under_a_label_in_ten_thousand_yuan_is_converted():
    answer = statistics(("药品赠送（万元）", "2.5", "")).get("medicines")
    assert (answer.value, "converted" in answer.notes) == (25000.0, True)


def test_a_count_of_people_under_a_label_asking_visits_is_asked_about():
    answer = statistics(("公众参与（人）", "500", "")).get("public")
    assert answer.status is Status.AMBIGUOUS


def test_a_sub_value_is_read_from_the_remarks_and_is_no_remark():
    table = messes.table(
        [[("内容", 1), ("数量", 1), ("备注", 1)],
         [("参加活动人员 (人)", 1), ("300", 1), ("其中: 科技人员 40人", 1)]]
    )  # fmt: skip
    reading = read(Document("docx", (table,)), messes.STATISTICS)
    assert (reading.get("scientists").value, reading.remarks) == (40, ())


def test_a_sub_value_in_the_number_s_own_cell_is_read_as_well():
    table = messes.table(
        [[("内容", 1), ("数量", 1), ("备注", 1)],
         [("参加活动人员 (人)", 1), ("300（其中科技人员40人）", 1), ("", 1)]]
    )  # fmt: skip
    reading = read(Document("docx", (table,)), messes.STATISTICS)
    assert (reading.get("participants").value, reading.get("scientists").value) == (300, 40)


def test_a_remark_beside_a_field_is_kept():
    reading = statistics(("公众参与 (人次)", "50", "含线上"))
    assert [(r.field, r.text) for r in reading.remarks] == [("public", "含线上")]


def test_an_added_label_that_differs_by_a_whole_word_is_another_row():
    reading = statistics(("短信发送气象信息（条）", "9", ""))
    assert reading.get("messages").status is Status.MISSING
    assert [(row.label, row.value, row.unit) for row in reading.extra] == [
        ("短信发送气象信息", 9, "条")
    ]


def test_a_value_beside_an_empty_sheet_column_is_found():
    table = messes.table(
        [[("内容", 1), ("", 1), ("数量", 1)], [("参加单位（个）", 1), ("", 1), ("12", 1)]],
        1,
        "Sheet1",
    )
    answer = read(Document("xlsx", (table,)), messes.STATISTICS).get("units")
    assert (answer.value, str(answer.place)) == (12, "Sheet1!C2")


def test_a_missing_cell_of_a_sheet_still_has_an_address():
    table = messes.table(
        [[("内容", 1), ("数量", 1)], [("参加单位（个）", 1), ("", 1)]], 1, "Sheet1"
    )
    assert (
        str(read(Document("xlsx", (table,)), messes.STATISTICS).get("units").place) == "Sheet1!B2"
    )


def test_a_visible_row_wins_over_a_hidden_copy_of_it():
    def cell(row, column, text, flags=frozenset()):
        return Cell(
            row, column, text, Place(sheet="S", ref=f"{'AB'[column - 1]}{row}"), flags=flags
        )

    hidden = frozenset({"hidden-row"})
    cells = (cell(1, 1, "内容"), cell(1, 2, "数量"), cell(2, 1, "参加单位", hidden),
             cell(2, 2, "99", hidden), cell(3, 1, "参加单位"), cell(3, 2, "12"))  # fmt: skip
    document = Document("xlsx", (Table(1, cells, "S"),))
    assert read(document, messes.STATISTICS).get("units").value == 12


def pairs(*lines: tuple[str, ...]) -> Reading:
    table = messes.table([[(text, 1) for text in line] for line in lines])
    return read(Document("docx", (table,)), messes.PROJECT)


def test_the_blank_s_printed_hint_is_no_value():
    answer = pairs(("项目简介", messes.HINT)).get("summary")
    assert (answer.status, answer.raw) == (Status.MISSING, messes.HINT)


def test_words_around_a_printed_hint_are_the_value():
    answer = pairs(("项目简介", f"面向中小学生。\n（{messes.HINT[1:-1]}）")).get("summary")
    assert answer.value == "面向中小学生。"


def test_a_neighbour_s_label_is_never_taken_for_a_value():
    reading = pairs(("项目负责人", "联系人", "李四"), ("地址", ""), ("邮编", "024000"))
    assert reading.get("leader").status is Status.MISSING
    assert reading.get("contact").value == "李四"
    assert reading.get("address").status is Status.MISSING


def test_a_label_of_its_own_row_has_its_value_beneath():
    table = messes.table([[("项目名称", 2)], [("科技大集", 2)], [("联系人", 1), ("李四", 1)]])
    reading = read(Document("docx", (table,)), messes.PROJECT)
    assert reading.get("name").value == "科技大集"


def test_labels_in_one_row_have_their_values_in_the_next():
    table = messes.table(
        [
            [("项目名称", 1), ("主办单位", 1), ("联系人", 1)],
            [("科技大集", 1), ("赤峰市科技局", 1), ("李四", 1)],
        ]
    )
    reading = read(Document("xlsx", (table,)), messes.PROJECT)
    assert (reading.get("name").value, reading.get("contact").value) == ("科技大集", "李四")


def test_a_value_that_begins_like_a_label_stays_a_value():
    reading = pairs(("联系电话", "手机：13900001234"), ("联系人", "李四"), ("地址", "新华路8号"))
    assert reading.get("phone").value == "13900001234"


def test_another_label_for_the_same_thing_is_kept_as_an_addition():
    reading = pairs(("联系电话", "0476-8800123"), ("手机", "13900001234"), ("联系人", "李四"))
    assert reading.get("phone").value == "0476-8800123"
    assert [(row.label, row.raw) for row in reading.extra] == [("手机", "13900001234")]


def test_an_unfilled_form_is_blank():
    reading = pairs(
        ("项目名称", ""), ("联系人", " "), ("项目简介", messes.HINT), ("举办时间", "年 月 日")
    )
    assert reading.blank


def test_a_heading_in_other_words_still_names_the_numbers():
    table = messes.table(
        [
            [("活动内容", 1), ("完成数量", 1), ("备注", 1)],
            [("参加单位（个）", 1), ("12", 1), ("3家为学校", 1)],
        ]
    )
    reading = read(Document("docx", (table,)), messes.STATISTICS)
    assert (reading.get("units").value, reading.extra) == (12, ())


def test_a_column_of_units_put_in_counts_as_the_unit_written():
    lines = [("内容", "单位", "数量"), ("药品赠送", "万元", "2"), ("科普直播", "场", "5")]
    table = messes.table([[(text, 1) for text in line] for line in lines])
    reading = read(Document("docx", (table,)), messes.STATISTICS)
    assert reading.get("medicines").value == 20000.0
    assert [(row.label, row.value, row.unit) for row in reading.extra] == [("科普直播", 5, "场")]


def test_columns_of_several_districts_are_asked_about():
    lines = [("内容", "红山区", "松山区"), ("参加单位", "12", "3"), ("下乡（次）", "5", "6")]
    table = messes.table([[(text, 1) for text in line] for line in lines])
    answer = read(Document("docx", (table,)), messes.STATISTICS).get("units")
    assert (answer.status, answer.notes) == (Status.AMBIGUOUS, ("two-numbers",))


def test_a_form_typed_as_lines_of_text_is_read():
    lines = ("填报单位：赤峰市科技局", "参加单位（个）\t12",
             "参加活动人员（人）\t300\t其中: 科技人员 40人",
             "公众参与 5000人次", "科普直播（场） 3", "义诊（人次）20")  # fmt: skip
    reading = read(Document("text", tuple(messes.paragraphs(*lines))), messes.STATISTICS)
    found = {a.key: a.value for a in reading.fields if a.status is Status.FOUND}
    assert found == {"reporter": "赤峰市科技局", "units": 12, "participants": 300, "scientists": 40,
                     "public": 5000, "free_clinics": 20}  # fmt: skip
    assert [(row.label, row.value, row.unit) for row in reading.extra] == [("科普直播", 3, "场")]


def test_a_label_said_again_before_its_value_is_no_part_of_it():
    reading = pairs(("项目名称", "项目名称：科技大集"), ("联系人", "李四"))
    assert reading.get("name").value == "科技大集"


@pytest.mark.parametrize("label", ["主管部门意见", "主办单位地址"])
def test_a_label_that_asks_for_something_else_as_well_is_not_taken(label):
    reading = pairs(("项目名称", "科技大集"), (label, "某值"), ("邮政编码", "024000"))
    assert [a.key for a in reading.fields if a.status is Status.FOUND] == ["name", "postcode"]
    assert [row.raw for row in reading.extra] == ["某值"]


@pytest.mark.parametrize(
    "line",
    [
        "填报单位（盖章）赤峰市科技局",
        "填报单位  赤峰市科技局",
        "填 报 单 位 ： 赤峰市科技局（公章）",
        "填报单位:赤峰市科技局   填报人:张三   联系电话:13900001111",
        "填报单位（公章）：赤峰市科技局  2023年6月10日",
        "单位：赤峰市科技局",
    ],
)
def test_the_unit_is_read_from_its_line_however_it_is_typed(line):
    document = Document("docx", (*messes.paragraphs(line), rows()))
    assert read(document, messes.STATISTICS).get("reporter").value == "赤峰市科技局"


@pytest.mark.parametrize(
    "line", ["填报单位：", "填报单位： （公章）", "填报单位：______", "单位：万元"]
)
def test_a_line_without_a_unit_s_name_is_missing(line):
    document = Document("docx", (*messes.paragraphs(line), rows()))
    assert read(document, messes.STATISTICS).get("reporter").status is Status.MISSING
