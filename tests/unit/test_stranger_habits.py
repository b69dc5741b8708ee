"""What else strangers do to a form: sums beside their parts, other rows, last year's sheet."""

from __future__ import annotations

import io

import openpyxl
import pytest

from parsers.formats.csv import read_csv
from parsers.message.files import read_file
from parsers.values import read_value
from rules.judging.evidence import examine
from rules.reading import Status
from rules.recognise import read_forms
from rules.who.names import match_name, sure
from tests.unit.stranger_pages import BY_ID, CAMPAIGNS, NATIONAL, draw, found, only

ROWS = [
    ("参加单位（个）", "units"),
    ("参加活动人员（人）", "participants"),
    ("公众参与（人次）", "public"),
    ("资料发放（份、册）", "leaflets"),
    ("科技咨询（人次）", "consultations"),
    ("下乡（次）", "village_visits"),
    ("义诊（人次）", "free_clinics"),
    ("宣传展板（块）", "boards"),
    ("科普画廊（米）", "galleries"),
    ("开放科普基地（个）", "bases"),
    ("科技报告会（场）", "lectures"),
    ("科普影视（场）", "films"),
    ("出动宣传车（辆）", "vehicles"),
    ("展示农机具（台、套）", "machines"),
]
PROJECT = """项目名称：科普大集
主办单位：赤峰市科技局
举办地点：广场
举办时间：2023年5月20日
项目负责人：李建华
联系人：其木格
地址：科技路18号
联系电话：13900001234
活动经费：5万元
拟参加人数：800
项目简介：设咨询台。
"""
TITLE = "2023年内蒙古科技活动周情况统计表"
TAIYUAN = "2023年太原市科技活动周开展情况统计表"


def table(rows, head="内容|数量|备注"):
    return "\n".join((TITLE, "填报单位：赤峰市科技局", head, *rows))


def ministry(rows, *head):
    return "\n".join((TAIYUAN, "填报单位：小店区科技局", *head, *rows))


def status(reading, key):
    return reading.get(key).status


@pytest.mark.parametrize("head", ["内容|机关|学校|小计", "内容|5月20日|5月21日|合计"])
def test_of_parts_and_their_sum_the_sum_is_read(head):
    rows = [f"{label}|{n}|{n + 1}|{2 * n + 1}" for n, (label, _) in enumerate(ROWS, 5)]
    assert [found(only(table(rows, head))).get(k) for _, k in ROWS] == [
        2 * n + 1 for n in range(5, 19)
    ]


@pytest.mark.parametrize("head", [("类别|内容|线上|线下",), ()])
def test_equal_parts_side_by_side_are_asked_about_like_others(head):
    rows = [f"{group}|{label}|50|50" for group, label, _ in NATIONAL]
    reading = only(ministry(rows, *head), "2023-taiyuan")
    keys = [k for *_, k in NATIONAL if k != "in_kind"]
    assert {status(reading, k) for k in keys} == {Status.AMBIGUOUS}
    assert reading.extra == ()


def test_the_year_in_a_second_row_of_headings_tells_the_column():
    rows = [f"{label}|{n + 1000}|{n}|" for n, (label, _) in enumerate(ROWS)]
    reading = only(table(rows, "内容|数量|<|备注\n^|2022年|2023年|^"))
    assert [found(reading).get(k) for _, k in ROWS] == list(range(14))


def test_words_beside_numbers_without_a_heading_are_remarks():
    rows = [
        f"{g}|{label}|{n}|{'含线上' if n % 3 else ''}" for n, (g, label, _) in enumerate(NATIONAL)
    ]
    reading = only(ministry(rows), "2023-taiyuan")
    assert [status(reading, k) for *_, k in NATIONAL] == [Status.FOUND] * 17


def test_labels_side_by_side_in_other_words_are_labels_and_no_second_column_of_values():
    reworded = {"线上活动群众参与数量": "线上群众参与数量", "参与媒体数量": "参与的媒体数量"}
    left, right = NATIONAL[:9], NATIONAL[9:]
    rows = [
        f"{a}|{n}|{reworded.get(b, b)}|{n + 9}"
        for n, ((_, a, _), (_, b, _)) in enumerate(zip(left, right, strict=False))
    ]
    rows.append(f"{left[-1][1]}|8||")
    reading = only(ministry(rows, "内容|数量|内容|数量"), "2023-taiyuan")
    assert [
        str(found(reading).get(k)) for *_, k in NATIONAL if k in {"held", "city", "online", "media"}
    ] == ["0", "4.0", "14", "15"]


@pytest.mark.parametrize(
    ("key", "other"),
    [
        ("participants", "参加活动单位人员（人）"),
        ("boards", "宣传展位（块）"),
        ("lectures", "科技座谈会（场）"),
        ("films", "科普电影（场）"),
        ("machines", "展示新农具（台、套）"),
        ("galleries", "科普画展（米）"),
    ],
)
def test_another_row_in_the_place_of_one_left_out_is_not_taken_for_it(key, other):
    rows = [f"{other if k == key else label}|{n}|" for n, (label, k) in enumerate(ROWS, 1)]
    reading = only(table(rows))
    assert status(reading, key) is Status.MISSING
    assert [row.label for row in reading.extra] == [other.partition("（")[0]]


@pytest.mark.parametrize(
    ("key", "other"),
    [
        ("held", "举办活动天数"),
        ("held", "举办活动人数"),
        ("tasks", "承接科技厅活动任务个数"),
        ("province", "副省级财政经费投入情况"),
        ("sponsors", "企业赞助数量"),
        ("full_time", "科技专职人员数量"),
        ("volunteers", "科技志愿者服务次数"),
        ("media", "参与自媒体数量"),
        ("reports", "宣传报道媒体数量"),
    ],
)
def test_a_row_of_the_ministry_s_table_that_asks_for_something_else_is_not_taken(key, other):
    rows = [f"{g}|{other if k == key else label}|7" for g, label, k in NATIONAL]
    assert status(only(ministry(rows), "2023-taiyuan"), key) is Status.MISSING


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("public", "社会公众参与（人次）"),
        ("leaflets", "发放宣传资料（份、册）"),
        ("boards", "制作宣传展板（块）"),
        ("lectures", "科技报告绘（场）"),
        ("vehicles", "宣传车出动（辆）"),
    ],
)
def test_words_that_add_nothing_and_a_letter_mistyped_leave_a_label_itself(key, typed):
    rows = [f"{typed if k == key else label}|{n}|" for n, (label, k) in enumerate(ROWS, 1)]
    assert found(only(table(rows)))[key] == [k for _, k in ROWS].index(key) + 1


def test_notes_examples_and_whoever_signs_are_no_rows_added():
    rows = [f"{label}|{n}|" for n, (label, _) in enumerate(ROWS)]
    foot = [
        "填写说明：|请填写数字|",
        "例：参加单位（个）|50|",
        "填表人|王秀芳|",
        "联系电话|13900001234|",
    ]
    assert only(table([*foot[:2], *rows, *foot[2:]])).extra == ()


def test_a_bare_word_for_unit_beside_an_organisation_asks_who_fills_in():
    rows = [f"{label}|{n}|" for n, (label, _) in enumerate(ROWS)]
    text = "\n".join((TITLE, "单位|赤峰市科技局|<", "内容|数量|备注", *rows))
    assert found(only(text))["reporter"] == "赤峰市科技局"


@pytest.mark.parametrize(
    "end", ["2023年6月8日", "赤峰市科学技术局//2023年6月8日", "祝好！", "（盖章）"]
)
def test_an_account_in_lines_ends_where_its_sender_signs(end):
    text = f"2023年内蒙古科技活动周活动项目备案表\n{PROJECT}" + end.replace("//", "\n")
    assert found(only(text))["summary"] == "设咨询台。"


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1200（含线上300）", 1200), ("1200 人 次", 1200), ("1200（不含线上300）", None)],
)
def test_a_number_says_what_it_includes(typed, value):
    assert read_value(typed, "count", unit="人次").value == value


CHOICES = ("科普教育基地", "分支机构", "科技志愿团队")


@pytest.mark.parametrize("mark", ["V", "R", "✔️", "□v "])
def test_a_letter_or_a_picture_among_boxes_is_a_tick(mark):
    text = f"□科普教育基地  {mark}分支机构  □科技志愿团队"
    assert read_value(text, "choice", choices=CHOICES).value == ("分支机构",)


@pytest.mark.parametrize("typed", ["2.分支机构", "②分支机构", "选择：分支机构"])
def test_a_choice_typed_with_its_number_is_chosen(typed):
    assert read_value(typed, "choice", choices=CHOICES).value == ("分支机构",)


def test_choices_answered_one_by_one_with_yes_and_no_are_asked_about():
    text = "科普教育基地：否 分支机构：是 科技志愿团队：否"
    assert read_value(text, "choice", choices=CHOICES).status == "ambiguous"


def book(*sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, title, first in sheets:
        sheet = made.create_sheet(name)
        for row in ([title], ["填报单位：赤峰市科技局"], ["内容", "数量", "备注"]):
            sheet.append(row)
        for n, (label, _) in enumerate(ROWS, first):
            sheet.append([label, n, ""])
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    "titles", [(TITLE.replace("2023", "2022"), TITLE), ("科技活动周情况统计表",) * 2]
)
def test_of_two_years_sheets_of_one_unit_this_year_s_is_read(titles):
    data = book(("2022年", titles[0], 500), ("2023年", titles[1], 1))
    (file,) = read_file(data, "统计表.xlsx")
    pieces, _ = examine(file, CAMPAIGNS, frozenset())
    assert [(p.reading.get("units").value, p.findings) for p in pieces] == [(1, ())]


def test_a_sheet_s_name_and_a_title_with_its_city_tell_the_unit():
    roster = BY_ID["2023-taiyuan"].roster
    assert sure(match_name("太原市小店区2023年科技活动周开展情况统计表", roster)).id == "xiaodian"
    rows = "\n".join(f"{g}|{label}|1" for g, label, _ in NATIONAL)
    (form,) = read_forms(draw(f"太原市小店区2023年科技活动周开展情况统计表\n{rows}"), CAMPAIGNS)
    assert form.campaign.id == "2023-taiyuan"


def test_a_quoted_cell_of_several_lines_in_one_column_keeps_its_lines_and_commas():
    data = '活动经费：8,000元\r\n"项目简介：\r\n讲座""科学""专题。"\r\n完\r\n'.encode()
    assert [c.text for c in read_csv(data).tables[0].cells] == [
        "活动经费：8,000元",
        '项目简介：\n讲座"科学"专题。',
        "完",
    ]
