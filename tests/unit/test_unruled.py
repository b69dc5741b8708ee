"""A PDF whose table has no lines is read by its columns; what is not sure of it does not count."""

from __future__ import annotations

import pytest

from parsers.formats import read_document
from rules.folder.load import SHIPPED, load_campaigns
from rules.reading import Status
from rules.recognise import read_forms
from tests.unit.drawn_files import Drawn, pdf

CAMPAIGN = next(c for c in load_campaigns(SHIPPED) if c.id == "2023-neimenggu")
FORM = CAMPAIGN.forms["statistics"]
LABELS = [(f.key, f"{f.label}（{f.unit}）") for f in FORM.fields if f.column]
SURE, UNSURE = frozenset({"unruled"}), frozenset({"unruled", "readings-disagree"})


def drawn(rows, columns=(50, 220, 320), top=100, step=16):
    page = Drawn()
    for number, row in enumerate(rows):
        for x, text in zip(columns, row, strict=False):
            if text:
                page.text(x, top + step * number, text)
    return page


def tables(*pages):
    found = read_document(pdf(*pages), "pdf").tables
    return [[(c.row, c.column, c.text, c.flags) for c in one.cells if c.text] for one in found]


def cells(*pages):
    (found,) = tables(*pages)
    return [(row, column, text) for row, column, text, _ in found]


def test_rows_with_gaps_above_one_another_are_a_table():
    rows = (
        ("内容", "数量"),
        ("参加单位（个）", "36"),
        ("讲座（场）", "1,200"),
        ("展览（个）", "5"),
    )
    assert cells(drawn(rows)) == [
        (r, c, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (("联系人：张三", "电话：6281234"), ("填表人：李四", "日期：6月2日")),
        (("请各单位于六月底前报送。",), ("逾期不报的予以通报。",), ("特此通知。",)),
        (("一、讲座", "12场"), ("二、展览共开展三十余次并发放材料",), ("三、义诊", "5次")),
    ],
)
def test_lines_of_text_are_no_table(rows):
    assert tables(drawn(rows)) == []


def test_lines_over_and_under_it_parted_elsewhere_are_no_rows_of_it():
    rows = (("讲座（场）", "3"), ("展览（个）", "4"), ("义诊（次）", "5"))
    page = drawn(rows).text(50, 84, "填报单位：某局").text(160, 84, "单位：个").text(270, 84, "6月")
    document = read_document(pdf(page), "pdf")
    assert [p.text for p in document.paragraphs] == ["填报单位：某局 单位：个 6月"]
    assert len(document.tables[0].cells) == 6


def test_a_label_of_two_columns_is_one_cell():
    rows = (
        ("线上", "讲座", "3"),
        ("", "展览", "4"),
        ("线下", "义诊", "5"),
        ("发放资料总数", "", "6"),
    )
    found = cells(drawn(rows, (50, 100, 200)))
    assert found[:3] == [(1, 1, "线上"), (1, 2, "讲座"), (1, 3, "3")]
    assert found[-2:] == [(4, 1, "发放资料总数"), (4, 3, "6")]


def test_a_text_that_goes_on_under_itself_is_not_sure():
    rows = (("讲座", "3", ""), ("展览", "八千九", ""), ("", "百八", ""), ("义诊", "5", ""))
    (found,) = tables(drawn(rows))
    assert {text: flags for _, _, text, flags in found} == {
        **dict.fromkeys(("讲座", "3", "展览", "义诊", "5"), SURE),
        **dict.fromkeys(("八千九", "百八"), UNSURE),
    }


def test_rows_on_the_next_page_without_headings_are_not_sure():
    head, rows = ("内容", "上年", "本年"), [(name, "3", "4") for name in ("讲座", "展览", "义诊")]
    first, second = tables(drawn((head, *rows)), drawn(rows))
    assert {flags for *_, flags in first} == {SURE}
    assert {flags for *_, flags in second} == {UNSURE}
    _, again = tables(drawn((head, *rows)), drawn((head, *rows)))
    assert {flags for *_, flags in again} == {SURE}


def read(rows):
    page = drawn(rows).text(50, 50, FORM.title).text(50, 70, "填报单位：赤峰市科技局")
    (found,) = read_forms(read_document(pdf(page), "pdf"), [CAMPAIGN])
    return found.reading


def test_a_form_printed_without_lines_is_read():
    rows = [
        ("内容", "数量", "备注"),
        *((label, str(n)) for n, (_, label) in enumerate(LABELS, 101)),
    ]
    reading = read(rows)
    assert [reading.get(key).value for key, _ in LABELS] == list(range(101, 101 + len(LABELS)))


def test_what_is_not_sure_is_told_so_and_the_rest_is_read():
    rows = [
        ("内容", "数量", "备注"),
        *((label, str(n)) for n, (_, label) in enumerate(LABELS, 101)),
    ]
    rows.insert(7, ("", "8", ""))
    reading = read(rows)
    wrong = [key for key, _ in LABELS if reading.get(key).status is not Status.FOUND]
    assert wrong == [LABELS[5][0]]
    assert reading.get(wrong[0]).notes == ("unruled",)
