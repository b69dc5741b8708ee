"""A marked copy says what is wrong at the cell, and everything else is as it was sent."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from parsers.document import Document, Place
from parsers.formats import read_document
from parsers.marking import Mark, mark
from parsers.marking.marks import AUTHOR, FILL
from tests.unit.ooxml_files import book, document, p, sdt, strict, t, tbl, tc, tr

MAIN = "word/document.xml"
W14_BOX = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
FORM = document(
    p(t("2023年情况统计表"))
    + tbl(
        tr(tc(p(t("组别")), "<w:vMerge w:val='restart'/>"), tc(p(t("甲"))), tc(p(t("1")))),
        tr(
            tc(p(""), "<w:vMerge/>"),
            tc(p(t("乙"))),
            sdt(tc(p(t("2")), '<w:vAlign w:val="center"/>')),
        ),
        sdt(tr(tc(sdt(p(t("合计"))), '<w:gridSpan w:val="2"/>'), sdt(tc(p(t("☐"))), W14_BOX))),
        tr(
            tc(tbl(tr(tc(p(t("内"))))) + p(t("外"))),
            tc(p("")),
            properties='<w:gridBefore w:val="1"/>',
        ),
    )
    + p("")
    + p(t("填表人："))
)


def places(found: Document) -> list[Place]:
    cells = [cell.place for table in found.tables for cell in table.cells]
    return cells + [paragraph.place for paragraph in found.paragraphs]


def seen(found: Document) -> list[tuple[object, ...]]:
    cells = [cell for table in found.tables for cell in table.cells]
    return [
        *((str(c.place), c.text, c.row_span, c.column_span, c.number) for c in cells if c.text),
        *((str(q.place), q.text) for q in found.paragraphs),
    ]


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_each_place_of_a_word_form_gets_its_comment_and_reads_as_before():
    original = read_document(FORM, "docx")
    for place in places(original):
        marked = mark(FORM, "docx", [Mark(place, f"这里：{place}")])
        assert marked is not None
        assert seen(read_document(marked, "docx")) == seen(original)
        (comment,) = docx.Document(io.BytesIO(marked)).comments
        assert (comment.author, comment.text) == (AUTHOR, f"这里：{place}")


def test_the_shade_is_on_the_cell_that_was_read():
    (table,) = read_document(FORM, "docx").tables
    for cell in table.cells:
        marked = mark(FORM, "docx", [Mark(cell.place, "x")])
        assert marked is not None
        xml = part(marked, "word/document.xml")
        assert xml.count(FILL) == 1
        own = xml[xml.index(FILL) :]
        text = "☐" if cell.text == "☑" else cell.text.split("\n")[-1]
        assert text in own[: own.index("commentReference")]


def test_a_comment_on_a_cell_in_a_text_box_hangs_outside_the_box():
    box = f"<w:txbxContent>{tbl(tr(tc(p(t('甲')))))}</w:txbxContent>"
    data = document(
        p(f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>")
    )
    xml = part(mark(data, "docx", [Mark(Place(table=1, row=1, column=1), "x")]) or b"", MAIN)
    assert FILL in xml
    assert "comment" not in xml[xml.index("<w:txbxContent") : xml.index("</w:txbxContent")]


def test_of_two_members_with_one_name_the_one_that_is_read_is_marked():
    buffer = io.BytesIO(FORM)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(MAIN, part(document(p(t("后来的"))), MAIN))
    data = buffer.getvalue()
    marked = mark(data, "docx", [Mark(Place(paragraph=1), "x")]) or b""
    assert seen(read_document(marked, "docx")) == seen(read_document(data, "docx"))


def test_a_word_comment_already_there_is_kept():
    file = docx.Document()
    paragraph = file.add_paragraph("总结")
    file.add_comment(paragraph.runs, text="领导的话", author="王芳")
    buffer = io.BytesIO()
    file.save(buffer)
    marked = mark(buffer.getvalue(), "docx", [Mark(Place(paragraph=1), "太短")])
    comments = docx.Document(io.BytesIO(marked or b"")).comments
    assert [(c.comment_id, c.author, c.text) for c in comments] == [
        (0, "王芳", "领导的话"),
        (1, AUTHOR, "太短"),
    ]


def test_a_place_that_is_not_there_is_said_at_the_beginning():
    marked = mark(FORM, "docx", [Mark(Place(table=9, row=9, column=9), "缺一行")])
    xml = part(marked or b"", "word/document.xml")
    assert FILL not in xml
    assert xml.index("commentRangeStart") < xml.index("2023年情况统计表")
    empty = mark(document(""), "docx", [Mark(Place(), "空的")])
    assert "commentReference" in part(empty or b"", "word/document.xml")


def test_a_strict_word_file_stays_strict():
    marked = mark(strict(FORM), "docx", [Mark(Place(table=1, row=1, column=2), "x")])
    for name in ("word/document.xml", "word/comments1.xml", "word/_rels/document.xml.rels"):
        assert "schemas.openxmlformats.org/wordprocessingml" not in part(marked or b"", name)
        assert "officeDocument/2006" not in part(marked or b"", name)
    found = read_document(marked or b"", "docx")
    assert seen(found) == seen(read_document(FORM, "docx"))


def test_marks_at_one_place_become_one_comment_and_controls_are_left_out():
    place = Place(table=1, row=1, column=2)
    marked = mark(FORM, "docx", [Mark(place, "一\x00"), Mark(place, "二"), Mark(place, "二")])
    (comment,) = docx.Document(io.BytesIO(marked or b"")).comments
    assert comment.text == "一\n二"


def sheet() -> bytes:
    workbook = Workbook()
    page = workbook.active
    page.title = "统计表"
    page.merge_cells("A1:C1")
    page["A1"] = "情况统计表"
    page["A2"], page["B2"] = "参加人员", 8432
    page["B2"].number_format = "#,##0"
    page["A3"].comment = Comment("本单位的批注", "张三")
    page["A3"] = "备注"
    workbook.create_sheet("其他")["A1"] = "甲"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def at(ref: str, title: str = "统计表") -> Place:
    return Place(sheet=title, ref=ref)


def test_a_marked_workbook_has_fills_and_comments_and_reads_as_before():
    data = sheet()
    refs = ["A1", "B2", "A3", "E20", "B1"]
    marks = [*(Mark(at(ref), f"看{ref}") for ref in refs), Mark(at("A1", "其他"), "别的表")]
    marked = mark(data, "xlsx", marks) or b""
    assert seen(read_document(marked, "xlsx")) == seen(read_document(data, "xlsx"))
    workbook = load_workbook(io.BytesIO(marked))
    page = workbook["统计表"]
    comments = {ref: page[ref].comment.text for ref in ("A1", "B2", "A3", "E20")}
    assert comments == {
        "A1": "看A1\n看B1",
        "B2": "看B2",
        "A3": "本单位的批注\n看A3",
        "E20": "看E20",
    }
    assert all(page[ref].fill.fgColor.rgb == f"FF{FILL}" for ref in comments)
    assert page["B2"].number_format == "#,##0"
    assert page["A2"].fill.fgColor.rgb != f"FF{FILL}"
    assert workbook["其他"]["A1"].comment.text == "别的表"


def test_a_formula_keeps_its_stored_result_and_the_copy_is_otherwise_unchanged():
    data = book('<row r="2"><c r="B2"><f>1+1</f><v>2</v></c></row>')
    marked = (
        mark(data, "xlsx", [Mark(at("B2", "Sheet1"), "x"), Mark(at("A1", "Sheet1"), "y")]) or b""
    )
    found = read_document(marked, "xlsx")
    assert seen(found) == seen(read_document(data, "xlsx"))
    assert part(marked, "xl/sharedStrings.xml") == part(data, "xl/sharedStrings.xml")
    assert mark(marked, "xlsx", [Mark(at("C3", "Sheet1"), "再")]) is not None


def test_cells_without_references_are_marked_where_they_are_read():
    data = book("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    marks = [Mark(at(ref, "Sheet1"), ref) for ref in ("B1", "A2", "D1")]
    marked = mark(data, "xlsx", marks) or b""
    assert seen(read_document(marked, "xlsx")) == seen(read_document(data, "xlsx"))
    page = load_workbook(io.BytesIO(marked)).active
    assert [page[ref].comment.text for ref in ("B1", "A2", "D1")] == ["B1", "A2", "D1"]


def test_a_sheet_that_is_not_there_is_said_on_the_first():
    marked = mark(sheet(), "xlsx", [Mark(at("B2", "没有"), "缺表")]) or b""
    cell = load_workbook(io.BytesIO(marked))["统计表"]["A1"]
    assert (cell.comment.text, cell.fill.fgColor.rgb) == ("缺表", "00000000")


def test_a_strict_workbook_stays_strict():
    data = strict(sheet())
    marked = mark(data, "xlsx", [Mark(at("B2"), "x")]) or b""
    assert seen(read_document(marked, "xlsx")) == seen(read_document(data, "xlsx"))
    assert "purl.oclc.org" in part(marked, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("data", "kind"), [(FORM, "pdf"), (b"no zip", "docx"), (b"no zip", "xlsx"), (FORM, "xlsx")]
)
def test_what_cannot_be_marked_gives_none(data: bytes, kind: str):
    assert mark(data, kind, [Mark(Place(paragraph=1), "x")]) is None


def test_nothing_to_mark_gives_none():
    assert mark(FORM, "docx", []) is None
