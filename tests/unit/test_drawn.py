"""Tables drawn with lines are tables again, in PDF and in OFD, and no value is made up on the way."""

# ruff: noqa: E501
# drawings are written a row a line

from __future__ import annotations

import random
import zlib

import pytest

from parsers.document import Document
from parsers.formats import read_document
from parsers.formats.drawn.page import Glyph, Rule
from parsers.formats.drawn.struck import find_struck
from parsers.unreadable import Unreadable
from tests.unit.drawn_files import HEIGHT, WIDTH, Drawn, ofd, pdf

ROWS = [
    ("内容", "数量", "备注"),
    ("参加单位（个）", "36", "约"),
    ("参加人员（人）", "1,200", "300人"),
]
WIDTHS = (150, 80, 200)
WRITERS = {"pdf": pdf, "ofd": ofd}
BOTH = pytest.mark.parametrize("kind", sorted(WRITERS))


def read(kind: str, *pages: Drawn) -> Document:
    return read_document(WRITERS[kind](*pages), kind)


def texts(document: Document, table: int = 0) -> list[str]:
    return [cell.text for cell in document.tables[table].cells]


def form() -> Drawn:
    return Drawn().text(200, 60, "情况统计表", 16).table(50, 100, WIDTHS, ROWS)


def boxed(*texts: tuple[float, float, str], right: float = 130) -> Drawn:
    """Draw one row of a label and a cell with texts in it."""
    page = Drawn().grid([50, 100, right], [100, 160]).text(54, 120, "数量")
    for x, y, text in texts:
        page.text(x, y, text)
    return page


@BOTH
def test_a_table_and_the_lines_around_it_are_read_in_order(kind):
    document = read(kind, form().text(50, 190, "填表人：王芳"))
    assert [p.text for p in document.paragraphs] == ["情况统计表", "填表人：王芳"]
    assert texts(document) == [text for row in ROWS for text in row]
    assert str(document.tables[0].cells[4].place) == "表1 第2行第2列"


@BOTH
def test_merged_cells_span_what_has_no_line_between(kind):
    page = Drawn().grid([50, 150], [100, 160]).grid([150, 250, 350], [140, 160])
    page.line(150, 100, 350, 100).line(350, 100, 350, 140).line(150, 120, 350, 120)
    page.text(60, 130, "地方").text(200, 114, "标题").text(160, 134, "展览").text(260, 155, "5")
    spans = {
        c.text: (c.row, c.column, c.row_span, c.column_span)
        for c in read(kind, page).tables[0].cells
    }
    assert spans["地方"] == (1, 1, 3, 1)
    assert spans["标题"] == (1, 2, 1, 2)
    assert spans["5"] == (3, 3, 1, 1)


@BOTH
def test_a_table_without_its_outer_lines_is_closed(kind):
    page = Drawn()
    for y in (100, 120, 140):
        page.line(50, y, 350, y)
    page.line(150, 100, 150, 140).line(250, 100, 250, 140)
    for x, y, text in (
        (60, 114, "内容"),
        (160, 114, "数量"),
        (260, 114, "备注"),
        (60, 134, "讲座"),
        (160, 134, "3"),
    ):
        page.text(x, y, text)
    assert texts(read(kind, page)) == ["内容", "数量", "备注", "讲座", "3", ""]


@BOTH
def test_a_line_that_is_full_goes_on_without_a_space(kind):
    page = boxed((104, 114, "组织科普展览专家讲座和"), (104, 128, "应急演练"), right=222)
    assert texts(read(kind, page))[1] == "组织科普展览专家讲座和应急演练"


@BOTH
def test_a_line_that_had_room_left_ended(kind):
    page = boxed((104, 114, "展览3场"), (104, 128, "讲座2场"), right=222)
    assert texts(read(kind, page))[1] == "展览3场\n讲座2场"


@BOTH
@pytest.mark.parametrize(("first", "second"), [("1200", "300"), ("1,", "200"), ("12", ".5")])
def test_digits_on_both_sides_of_a_wrap_are_never_made_one_number(kind, first, second):
    page = boxed((104, 114, first), (104, 128, second), right=130)
    assert texts(read(kind, page))[1] == f"{first}\n{second}"


@BOTH
def test_what_is_struck_out_is_left_out_and_said(kind):
    page = boxed((104, 130, "100"), (125, 130, "120"), right=200).line(104, 126.5, 119, 126.5)
    cell = read(kind, page).tables[0].cells[1]
    assert (cell.text, cell.flags) == ("120", {"struck-left-out"})


def test_a_border_that_crosses_overflowing_text_strikes_nothing():
    glyphs = [Glyph("1", 10, 0, 15, 10), Glyph("2", 15, 0, 20, 10)]
    border = Rule(5, 0, 300)
    assert find_struck(glyphs, [border]) == (frozenset(), frozenset())
    assert find_struck(glyphs, [Rule(5, 9, 21)])[0] == {0, 1}


@BOTH
def test_text_drawn_twice_to_look_bold_is_read_once(kind):
    page = boxed((104, 130, "1220"), (104.3, 130, "1220"), right=200)
    assert texts(read(kind, page))[1] == "1220"


@BOTH
def test_a_small_raised_digit_is_no_digit_of_the_number(kind):
    page = boxed((104, 130, "10"), right=200)
    page.text(114, 126, "2", 6).text(118, 130, "m")
    assert texts(read(kind, page))[1] == "10²m"


@BOTH
def test_text_too_long_for_its_cell_stays_whole(kind):
    page = Drawn().table(50, 100, [60, 40, 80], [("单位", "赤峰市科学技术局", "")])
    assert texts(read(kind, page)) == ["单位", "赤峰市科学技术局", ""]


@BOTH
def test_a_table_that_goes_on_over_the_page_is_one_table_with_one_heading(kind):
    rows = [(f"项目{n}", str(n), "") for n in range(60)]
    first = Drawn().table(50, 60, WIDTHS, [ROWS[0], *rows[:36]]).text(290, 820, "- 1 -")
    second = Drawn().table(50, 60, WIDTHS, [ROWS[0], *rows[36:]]).text(290, 820, "- 2 -")
    document = read(kind, first, second)
    assert texts(document) == [text for row in (ROWS[0], *rows) for text in row]
    assert document.paragraphs == ()
    assert str(document.tables[0].cells[-2].place) == "表1 第61行第2列"


@BOTH
def test_a_row_cut_by_the_page_is_one_row(kind):
    top = Drawn().grid([50, 100, 220], [700, 730, 800]).text(54, 715, "名称").text(104, 715, "大集")
    top.text(54, 745, "简介").text(104, 745, "组织科普展览专家讲座和").text(
        104, 760, "应急演练面向市民和学生"
    )
    rest = Drawn().grid([50, 100, 220], [60, 90]).text(104, 75, "受到欢迎")
    assert texts(read(kind, top, rest)) == [
        "名称",
        "大集",
        "简介",
        "组织科普展览专家讲座和应急演练面向市民和学生受到欢迎",
    ]


@BOTH
@pytest.mark.parametrize(
    ("rest", "rows"),
    [
        ("次）", ["培训农牧民（人次）", "6172"]),
        ("大集（场）", ["培训农牧民（人", "6172", "大集（场）", ""]),
    ],
)
def test_a_label_whose_bracket_the_page_cuts_is_one(kind, rest, rows):
    top = (
        Drawn()
        .grid([50, 125, 220], [700, 760])
        .text(54, 745, "培训农牧民（人")
        .text(130, 745, "6172")
    )
    below = Drawn().grid([50, 125, 220], [60, 90]).text(54, 75, rest)
    assert texts(read(kind, top, below)) == rows


@BOTH
def test_a_group_cut_by_the_page_keeps_its_rows(kind):
    top = Drawn().grid([50, 100], [700, 760]).grid([100, 200, 300], [700, 730, 760])
    top.text(54, 715, "地方").text(104, 715, "展览").text(204, 715, "1").text(
        104, 745, "讲座"
    ).text(204, 745, "2")
    rest = Drawn().grid([50, 100], [60, 120]).grid([100, 200, 300], [60, 90, 120])
    rest.text(104, 75, "影片").text(204, 75, "3").text(104, 105, "热线").text(204, 105, "4")
    (table,) = read(kind, top, rest).tables
    assert (table.cells[0].text, table.cells[0].row_span) == ("地方", 4)
    assert table.grid()[4, 1] is table.cells[0]


@BOTH
def test_two_tables_on_two_pages_stay_two(kind):
    document = read(kind, form(), Drawn().text(200, 60, "备案表", 16).table(50, 100, WIDTHS, ROWS))
    assert [table.number for table in document.tables] == [1, 2]


@BOTH
def test_a_slanted_watermark_is_not_part_of_a_value(kind):
    page = boxed((104, 130, "36"), right=200)
    code = "机密99".encode("utf-16-be").hex()
    page.extra = (
        f"q BT /F1 30 Tf 0.7 0.7 -0.7 0.7 104 700 Tm <{code}> Tj ET Q"
        if kind == "pdf"
        else '<ofd:TextObject ID="8" Boundary="30 40 60 20" CTM="0.7 0.7 -0.7 0.7 0 0" Font="1" Size="9"><ofd:TextCode X="0" Y="9">机密99</ofd:TextCode></ofd:TextObject>'
    )
    assert texts(read(kind, page))[1] == "36"


@BOTH
def test_a_page_without_ink_is_no_text(kind):
    with pytest.raises(Unreadable) as refusal:
        read(kind, Drawn())
    assert (refusal.value.problem, refusal.value.detail) == ("unsupported", "no-text")


@BOTH
def test_more_pages_than_any_form_has_are_refused(kind):
    with pytest.raises(Unreadable) as refusal:
        read(kind, *[Drawn()] * 101)
    assert (refusal.value.problem, refusal.value.detail) == ("too-large", "pages")


def test_an_ofds_template_and_page_are_read_together():
    template = Drawn().table(
        50, 100, WIDTHS, [("内容", "数量", "备注"), ("参加人员（人）", "", "")]
    )
    document = read_document(ofd(Drawn().text(210, 134, "1200"), template=template), "ofd")
    assert texts(document)[3:5] == ["参加人员（人）", "1200"]


def test_an_ofds_ticked_symbol_is_a_ticked_box():
    page = boxed(right=200)
    page.extra = '<ofd:TextObject ID="8" Boundary="37 42 60 20" Font="2" Size="4"><ofd:TextCode X="0" Y="4">R</ofd:TextCode></ofd:TextObject>'
    assert texts(read_document(ofd(page), "ofd"))[1] == "☑"


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"OFD.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}, "damaged"),
        ({"Encryptions.xml": b"<a/>"}, "encrypted"),
        ({"Doc_0/Document.xml": b"<a"}, "damaged"),
        ({"OFD.xml": b"<a/>"}, "unsupported"),
    ],
    ids=["doctype", "encrypted", "broken", "nothing"],
)
def test_an_ofd_that_cannot_be_read_says_why(more, problem):
    with pytest.raises(Unreadable) as refusal:
        read_document(ofd(form(), more=more), "ofd")
    assert refusal.value.problem == problem


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_shown_turned_reads_the_same(turn):
    page = form()
    page.rotate = turn
    assert texts(read("pdf", page)) == texts(read("pdf", form()))


def test_a_page_drawn_sideways_reads_the_same():
    page = form()
    page.extra = f"q 0 1 -1 0 {HEIGHT - 50} 0 cm"
    page.rotate = 90
    assert texts(read("pdf", page)) == texts(read("pdf", form()))


TYPED = f"/Type/Annot/Subtype/Widget/F 4/Rect[204 {HEIGHT - 138} 276 {HEIGHT - 122}]"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (f"<<{TYPED}/FT/Tx/T(a)/V(1250)>>", "1250"),
        (f"<<{TYPED}/FT/Tx/T(a)/V<FEFF8D645CF0>>>", "赤峰"),
        (f"<<{TYPED}/FT/Btn/T(a)/V/Yes/AS/Yes/AP<</N<</Yes null/Off null>>>>>>", "☑"),
        (f"<<{TYPED}/FT/Btn/T(a)/V/Off/AS/Off/AP<</N<</Yes null/Off null>>>>>>", "□"),
        (f"<<{TYPED}/FT/Ch/Ff 131072/T(a)/V(B)/Opt[(A)(B)]>>", "B"),
        (f"<<{TYPED}/FT/Btn/Ff 65536/T(a)>>", ""),
        (f"<<{TYPED.replace('/F 4', '/F 2')}/FT/Tx/T(a)/V(1250)>>", ""),
        (f"<<{TYPED.replace('Widget', 'FreeText')}/DA(/F1 9 Tf)/Contents(1250)>>", "1250"),
    ],
    ids=["text", "chinese", "ticked", "unticked", "choice", "button", "hidden", "typed-on"],
)
def test_what_was_typed_into_a_pdf_stands_in_its_cell(field, text):
    page = Drawn().table(50, 100, WIDTHS, [ROWS[0], ("参加人员（人）", "", "")])
    page.fields = [field]
    assert texts(read("pdf", page))[4] == text


OVER = f"/Type/Annot/F 4/Rect[203 {HEIGHT - 136} 215 {HEIGHT - 124}]"
QUAD = f"203 {HEIGHT - 124} 215 {HEIGHT - 124} 203 {HEIGHT - 136} 215 {HEIGHT - 136}"
PEN = f"[201 {HEIGHT - 131} 217 {HEIGHT - 129}]"


@pytest.mark.parametrize(
    ("note", "text", "flags"),
    [
        (f"<<{OVER}/Subtype/StrikeOut/QuadPoints[{QUAD}]>>", "", {"struck-left-out"}),
        (f"<<{OVER}/Subtype/Highlight/QuadPoints[{QUAD}]>>", "36", set()),
        (f"<<{OVER}/Subtype/Underline/QuadPoints[{QUAD}]>>", "36", set()),
        (f"<<{OVER.replace('/F 4', '/F 2')}/Subtype/StrikeOut/QuadPoints[{QUAD}]>>", "36", set()),
        (f"<<{OVER}/Subtype/Ink/InkList[{PEN}]>>", "\ufffd", set()),
    ],
    ids=["struck", "marked", "underlined", "hidden", "penned"],
)
def test_a_stroke_that_somebody_put_over_a_number_is_seen(note, text, flags):
    page = form()
    cells = read("pdf", page).tables[0].cells
    number = next(n for n, cell in enumerate(cells) if cell.text == "36")
    page.fields = [note]
    cell = read("pdf", page).tables[0].cells[number]
    assert (cell.text if text != "\ufffd" else "\ufffd" * ("\ufffd" in cell.text)) == text
    assert cell.flags == flags


BOX = f"1 g 201 {HEIGHT - 137} 30 16 re f"  # white, over the 36
NEW = f"0 g BT /F1 10 Tf 204 {HEIGHT - 134} Td <{'12'.encode('utf-16-be').hex()}> Tj ET"


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("", BOX, ""),
        ("", BOX.replace("1 g", "0 g"), ""),
        ("", f"{BOX} {NEW}", "12"),
        (f"{BOX} 0 g", "", "36"),
        ("", f"q 0 0 9 9 re W n {BOX} Q", "36"),
        ("", BOX.replace("201", "301"), "36"),
    ],
    ids=["whitened", "blackened", "set-anew", "painted-before", "cut-away", "elsewhere"],
)
def test_a_number_that_was_painted_over_is_as_unseen_as_it_is_to_people(before, after, text):
    page = form()
    page.extra, page.after = before, after
    cells = {str(c.place): c.text for c in read("pdf", page).tables[0].cells}
    assert (cells["表1 第2行第2列"], cells["表1 第3行第2列"]) == (text, "1,200")


def test_a_pdf_locked_against_reading_is_encrypted_one_locked_against_printing_is_read():
    with pytest.raises(Unreadable) as refusal:
        read_document(pdf(form(), password="secret"), "pdf")
    assert refusal.value.problem == "encrypted"
    assert texts(read_document(pdf(form(), password=""), "pdf")) == texts(read("pdf", form()))


def test_a_scan_is_said_to_be_one_also_with_text_hidden_under_it():
    picture = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"
    page = Drawn(extra=picture)
    hidden = Drawn(extra=picture + " 3 Tr").text(50, 100, "被识别的文字" * 20)
    for scanned in (page, hidden):
        with pytest.raises(Unreadable) as refusal:
            read("pdf", scanned)
        assert (refusal.value.problem, refusal.value.detail) == ("unsupported", "scan")
    under = Drawn(after=picture).text(50, 100, "被识别的文字" * 8).text(50, 120, "文字" * 20)
    with pytest.raises(Unreadable, match="scan"):
        read("pdf", under)
    both = read("pdf", form(), page)
    assert both.flags == {"scanned-pages"}


@pytest.mark.parametrize("data", [b"%PDF-1.7\n" + bytes(500), pdf(form())[:700], b"%PDF-"])
def test_a_broken_pdf_is_damaged(data):
    with pytest.raises(Unreadable) as refusal:
        read_document(data, "pdf")
    assert refusal.value.problem in {"damaged", "unsupported"}


def test_a_drawing_of_thousands_of_lines_is_no_table():
    page = Drawn(
        extra="\n".join(f"{n % 500} {n % 700} m {n % 500 + 40} {n % 700} l S" for n in range(9000))
    )
    assert read("pdf", page.text(50, 100, "图")).tables == ()


@BOTH
def test_no_damage_raises_anything_else(kind):
    whole = WRITERS[kind](form(), form())
    for seed in range(120):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            document = read_document(
                bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]), kind
            )
        except Unreadable:
            continue
        assert isinstance(document, Document)


def squeezed(data: bytes, rounds: int) -> bytes:
    for _ in range(rounds):
        data = zlib.compress(data, 9)
    return data


@pytest.mark.parametrize("rounds", [1, 2])
def test_a_bomb_in_a_page_is_refused_before_it_is_unpacked(rounds):
    packed = squeezed(b" " * (100 << 20), rounds)
    filters = b"/FlateDecode " * rounds
    plain = pdf(Drawn())
    start, end = plain.index(b"<</Length"), plain.index(b"endstream")
    head = b"<</Length %d/Filter[%s]>>\nstream\n" % (len(packed), filters)
    with pytest.raises(Unreadable) as refusal:
        read_document(plain[:start] + head + packed + b"\n" + plain[end:], "pdf")
    assert (refusal.value.problem, refusal.value.detail) == ("too-large", "stream")


def test_more_objects_than_any_page_has_are_refused():
    layers = '<ofd:PageBlock ID="1">' + '<ofd:PageBlock ID="2"/>' * 200_001 + "</ofd:PageBlock>"
    with pytest.raises(Unreadable) as refusal:
        read_document(ofd(Drawn(extra=layers)), "ofd")
    assert refusal.value.problem == "too-large"


@BOTH
@pytest.mark.parametrize("moved", [1.5, 2.5])
def test_a_number_set_over_another_is_no_value(kind, moved):
    page = boxed((104, 130, "3600"), (104 + moved, 130, "42"), right=200)
    assert "\ufffd" in texts(read(kind, page))[1]


@BOTH
@pytest.mark.parametrize("wide", [0.8, 1.0])
def test_digits_set_closely_are_one_number(kind, wide):
    page = boxed(right=200).text(104, 130, "13600", wide=wide)
    assert texts(read(kind, page))[1] == "13600"


@BOTH
def test_two_numbers_apart_by_the_width_of_a_space_stay_two(kind):
    page = boxed((104, 130, "5"), (111.5, 130, "6"), right=200)
    assert texts(read(kind, page))[1] == "5 6"


@BOTH
def test_characters_that_stand_on_one_another_are_no_value(kind):
    page = boxed((104, 130, "36"), (104.4, 130, "12"), right=200)
    assert "\ufffd" in texts(read(kind, page))[1]


@BOTH
def test_squeezed_punctuation_stands_on_nothing(kind):
    page = boxed((104, 130, "大集"), (119, 130, "”"), right=200)
    assert texts(read(kind, page))[1] == "大集”"
