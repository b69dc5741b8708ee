"""A form is known by its title and labels among all campaigns, never in silence."""

from __future__ import annotations

import pytest

from parsers.document import Document, Table
from rules.reader.copies import find_copies
from rules.reader.page import lay_out
from rules.reader.survey import survey
from rules.reader.vocabulary import vocabulary_of
from rules.recognise import closest, read_forms
from tests.unit import form_messes as messes
from tests.unit.form_grouped import (
    CAMPAIGNS,
    GROUPS,
    MONEY,
    NATIONAL_TITLE,
    TAIYUAN_TITLE,
    VALUES,
    grouped,
)
from tests.unit.form_messes import paragraphs, table


def only(document, **how):
    (found,) = read_forms(document, CAMPAIGNS, default_year=2023, **how)
    return found


@pytest.mark.parametrize("seed", range(30))
def test_every_messed_up_form_is_recognised_among_all_campaigns(seed):
    assert only(messes.statistics(seed).document).form is messes.STATISTICS
    assert only(messes.project(seed).document).form is messes.PROJECT


@pytest.mark.parametrize(
    ("title", "expected"),
    [(TAIYUAN_TITLE, "2023-taiyuan"), (NATIONAL_TITLE, "2023-national")],
)
def test_forms_with_the_same_labels_are_told_apart_by_their_title(title, expected):
    found = only(grouped(title))
    assert found.campaign.id == expected
    assert found.runner_up is not None
    assert found.runner_up.score < found.score


def test_the_mailbox_decides_only_where_title_and_labels_do_not():
    prefer = frozenset({"2023-xinjiang"})
    assert only(grouped(""), prefer=prefer).campaign.id == "2023-xinjiang"
    assert only(grouped(TAIYUAN_TITLE), prefer=prefer).campaign.id == "2023-taiyuan"


def test_a_line_of_boxes_tells_the_form_that_has_it():
    boxes = ("组织活动单位是中国仪器仪表学会：", "□科普教育基地  ☑分支机构",
             "□科技志愿团队 □地方仪器仪表学会", "□会员所在单位")  # fmt: skip
    found = only(grouped(NATIONAL_TITLE, above=("单位名称：某某学会", *boxes)))
    assert found.campaign.id == "2023-cis"
    assert found.reading.get("platform").value == ("分支机构",)
    assert found.reading.get("unit").value == "某某学会"


def test_a_title_of_another_year_is_read_and_said():
    found = only(grouped("2022年太原市科技活动周开展情况统计表"))
    assert (found.campaign.id, found.other_year) == ("2023-taiyuan", True)
    assert found.title == "2022年太原市科技活动周开展情况统计表"


def test_every_field_of_a_grouped_form_is_read_with_its_place():
    reading = only(grouped(TAIYUAN_TITLE)).reading
    read = {a.key: a.raw for a in reading.fields if a.key != "unit"}
    assert read == VALUES
    assert str(reading.get("county").place) == "表1 第6行第3列"


def test_a_group_retyped_in_yuan_converts_its_numbers():
    groups = {group.replace("万元", "元"): rows for group, rows in GROUPS.items()}
    reading = only(grouped(TAIYUAN_TITLE, groups=groups, values=VALUES | {"city": "50000"})).reading
    assert (reading.get("city").value, "converted" in reading.get("city").notes) == (5.0, True)


def test_a_sibling_s_label_is_never_taken_for_a_deleted_one():
    money = {k: v for k, v in GROUPS[MONEY].items() if k != "county"}
    groups = GROUPS | {MONEY: money | {"village": "乡级财政经费投入情况"}}
    reading = only(grouped(TAIYUAN_TITLE, groups=groups, values=VALUES | {"village": "7"})).reading
    assert not reading.get("county").label_found
    assert [(row.label, row.value) for row in reading.extra] == [("乡级财政经费投入情况", 7)]


def test_several_forms_in_one_document_are_each_read():
    drawn = [messes.project(seed) for seed in (1, 2, 5)]
    document = Document("docx", tuple(b for mess in drawn for b in mess.document.blocks))
    found = read_forms(document, CAMPAIGNS)
    names = [form.reading.get("name").value for form in found]
    assert names == [mess.truth["name"] for mess in drawn]


def test_copies_without_titles_under_each_other_are_each_read():
    rows = [("项目名称", "{}"), ("主办单位", "赤峰市科技局"), ("联系人", "李四"),
            ("举办地点", "体育馆"), ("地址", "新华路8号")]  # fmt: skip
    both = [[(a, 1), (b.format(name), 1)] for name in ("科技大集", "科普讲座") for a, b in rows]
    found = read_forms(Document("docx", (table(both),)), CAMPAIGNS)
    names = [form.reading.get("name").value for form in found]
    assert names == ["科技大集", "科普讲座"]


def test_two_different_forms_in_one_document_do_not_mix():
    blocks = (*messes.project(1).document.blocks, *messes.statistics(3).document.blocks)
    found = read_forms(Document("docx", blocks), CAMPAIGNS)
    assert [form.form.id for form in found] == ["project", "statistics"]


def test_a_form_on_a_hidden_sheet_gives_way_to_the_visible_one():
    def sheet(name, value, flags=frozenset()):
        rows = [[(label[0], 1), (value, 1)] for label in messes.ROWS.values()]
        cells = table([[(messes.STATISTICS_TITLE, 2)], [("内容", 1), ("数量", 1)], *rows], 1, name)
        return Table(1, cells.cells, name, flags)

    old = sheet("2022", "1", frozenset({"hidden-sheet"}))
    found = only(Document("xlsx", (old, sheet("Sheet1", "2"))))
    assert found.reading.get("units").value == 2


def test_the_blank_itself_is_recognised_as_blank():
    empty = dict.fromkeys(VALUES, "")
    assert only(grouped(TAIYUAN_TITLE, values=empty, above=("单位名称：______",))).reading.blank


def test_a_letter_that_names_a_form_is_no_form():
    text = "现将2023年内蒙古科技活动周情况统计表报上，请查收。"
    document = Document("docx", tuple(paragraphs("关于报送材料的函", text, "联系人：张三")))
    assert read_forms(document, CAMPAIGNS) == ()


def test_a_foreign_form_with_a_similar_title_is_near_and_named():
    document = Document(
        "docx",
        (
            *paragraphs("2021年内蒙古科技活动周情况汇总统计表"),
            table([[("地区", 1), ("场次", 1)], [("赤峰", 1), ("3", 1)]]),
        ),
    )
    assert read_forms(document, CAMPAIGNS) == ()
    near = closest(document, CAMPAIGNS)
    assert near is not None
    assert (near.form.id, near.title) == ("statistics", "2021年内蒙古科技活动周情况汇总统计表")


def test_a_document_like_none_of_the_forms_is_near_to_none():
    document = Document("docx", (*paragraphs("会议签到表"), table([[("姓名", 1), ("张三", 1)]])))
    assert closest(document, CAMPAIGNS) is None


def test_an_empty_document_holds_no_form():
    assert read_forms(Document("docx", ()), CAMPAIGNS) == ()
    assert closest(Document("docx", ()), CAMPAIGNS) is None


def test_forms_that_no_label_or_title_speaks_for_cost_a_document_nothing():
    vocabulary = vocabulary_of(CAMPAIGNS)
    page = lay_out(Document("docx", paragraphs("填报单位：赤峰市科学技术局", "见附件。")))
    seen = survey(page, vocabulary)
    spoken_for = {number for found in seen.hits for number in found}
    copies = find_copies(seen, vocabulary, frozenset())
    assert {copy.template for copy in copies} == spoken_for
    assert len(spoken_for) < len(vocabulary.templates)
