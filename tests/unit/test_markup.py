"""HTML and MHTML as Word, Excel, LibreOffice, browsers and web systems save forms."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from parsers.document import Cell, Document, Origin
from parsers.formats import read_document
from parsers.sniff import sniff
from parsers.unreadable import Unreadable
from tests.unit.text_samples import mhtml

HEAD = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>{}</style></head><body>'
DAY = datetime(2023, 5, 20)  # noqa: DTZ001 - a sheet's date has no zone


def page(body: str, css: str = "") -> Document:
    return read_document((HEAD.format(css) + body).encode(), "html")


def cell(inner: str, attributes: str = "", css: str = "") -> Cell:
    body = f"<table><tr><td>参加单位</td><td {attributes}>{inner}</td></tr></table>"
    return page(body, css).tables[0].cells[1]


def grid(document: Document, table: int = 0) -> list[tuple[int, int, int, int, str]]:
    found = document.tables[table].cells
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in found]


@pytest.mark.parametrize(
    ("inner", "text", "flag"),
    [
        ('88<span style="display:none">（99）</span>', "88", "hidden-left-out"),
        ("88<span style='mso-hide:all;display:none'>99</span>", "88", "hidden-left-out"),
        ("88<b hidden>99</b>", "88", "hidden-left-out"),
        ('88<span class="h">99</span>', "88", "hidden-left-out"),
        ("<s>100</s>120", "120", "struck-left-out"),
        ("<strike>100</strike>120", "120", "struck-left-out"),
        (
            '<span style="text-decoration: underline line-through">100</span>120',
            "120",
            "struck-left-out",
        ),
        ("<del>100</del><ins>120</ins>", "120", "deleted-left-out"),
        ("10<sup>2</sup>m", "10²m", "superscript"),
        ("120<sub>1</sub>", "120₁", "superscript"),
        ("120<span style='vertical-align:sub'>1</span>", "120₁", "superscript"),
        ("12<font color=white>34</font>", "1234", "white-text half-white"),
        ("<font face=Wingdings>þ</font>是", "☑是", None),
        (
            (
                "<span style='font-family:Wingdings;mso-char-type:symbol'><span style="
                "'mso-char-type:symbol;mso-symbol-font-family:Wingdings'>¨</span></span>否"
            ),
            "□否",
            None,
        ),
        (
            "<span style='font-family:\"Wingdings 2\"'>R<b style='font-family:宋体'>是</b></span>",
            "☑是",
            None,
        ),
        ("<input type=checkbox checked>线下 <input type=checkbox>线上", "☑线下 □线上", None),
        ("<input type=radio>甲<input type=radio checked=checked>乙", "□甲☑乙", None),
        (
            '<input value="36"> 人<input type=hidden value=99><input type=submit value=99>',
            "36 人",
            None,
        ),
        ("<select><option>一<option selected>二</select>", "二", None),
        ("<textarea>甲\n乙</textarea>", "甲\n乙", None),
        ("<ruby>乌云<rp>(</rp><rt>wuyun</rt><rp>)</rp></ruby>", "乌云", None),
        ("a&nbsp;&nbsp; b\n   c", "a   b c", None),
        ("<p>甲<br>乙</p><p><br></p><p>丙</p>", "甲\n乙\n\n丙", None),
        ("<p class=MsoNormal><o:p>&nbsp;</o:p></p>", "", None),
        ("<div>a<div>b</div></div>c", "a\nb\nc", None),
        ("<span style='mso-list:Ignore'>1.<span>  </span></span>讲座", "讲座", "automatic-number"),
        ("a<span style='mso-tab-count:1'>     </span>b", "a\tb", None),
        ('<w:Sdt ShowingPlcHdr="t">单击此处</w:Sdt>', "", "unfilled-control"),
        ('<font color="#FFFFFF">88</font>', "88", "white-text"),
        ("5<!-- 99 --><script>99</script><![if !x]><![endif]>", "5", None),
        ("5<div style='mso-element:comment-list'>99</div>", "5", "hidden-left-out"),
    ],
)
def test_what_a_cell_shows(inner, text, flag):
    found = cell(inner, css=".h {display:none} @media print {.never {x:y}}")
    assert found.text == text
    assert found.flags == set((flag or "").split())


@pytest.mark.parametrize(
    ("attributes", "inner", "text", "number", "moment"),
    [
        ('x:num="1234.5"', "1,234.50", "1,234.50", Decimal("1234.5"), None),
        ("x:num", "36", "36", 36, None),
        ('x:num="0.25600000000000001"', "25.6%", "25.6%", Decimal("0.256"), None),
        ('class=d x:num="45066"', "2023年5月20日", "2023年5月20日", 45066, DAY),
        ("x:str", "010020", "010020", None, None),
        ('sdval="10020" sdnum="1033;0;000000"', "010020", "010020", 10020, None),
        (
            'sdval="45066" sdnum="2052;0;YYYY-MM-DD"',
            "2023-05-20",
            "2023-05-20",
            45066,
            DAY,
        ),
        ("class=z", "10020", "010020", 10020, None),
        ("class=p", "0.256", "25.60%", Decimal("0.256"), None),
        ("class=p", "25.6%", "25.6%", None, None),
        ("class=t", "150102198001011234", "150102198001011234", None, None),
        ("style=\"mso-number-format:'\\@'\"", "010020", "010020", None, None),
        ("style='mso-number-format:\"0\\.00\"'", "1234.5", "1234.5", Decimal("1234.5"), None),
        ("", "010020", "010020", None, None),
        ("", "1,256,780", "1,256,780", None, None),
    ],
)
def test_numbers_beside_the_text(attributes, inner, text, number, moment):
    css = (
        '.d {mso-number-format:"yyyy\\0022年\\0022m\\0022月\\0022d\\0022日\\0022";}'
        'td.z {mso-number-format:"000000"} .p {mso-number-format:Percent}'
        '.t {mso-number-format:"\\@"}'
    )
    found = cell(inner, attributes, css)
    assert (found.text, found.number, found.moment) == (text, number, moment)


def test_errors_and_formulas_are_said():
    found = cell("#DIV/0!", 'x:err="#DIV/0!" x:fmla="=1/0"')
    assert (found.text, found.origin, found.flags) == ("#DIV/0!", Origin.FORMULA, {"error-value"})


def test_spans_take_the_free_places_and_count_merged_cells_once_per_row():
    document = page(
        "<table><thead><tr><th rowspan=2 colspan=2>组</th><th>一</th></tr></thead>"
        "<tbody><tr><td>1</td></tr><tr><td>a<td rowspan=0>b<td>c</tr></tbody></table>"
    )
    assert grid(document) == [
        (1, 1, 2, 2, "组"),
        (1, 3, 1, 1, "一"),
        (2, 3, 1, 1, "1"),
        (3, 1, 1, 1, "a"),
        (3, 2, 1, 1, "b"),
        (3, 3, 1, 1, "c"),
    ]
    assert str(document.tables[0].cells[2].place) == "表1 第2行第2列"


def test_excels_empty_rows_and_ignored_spans_keep_the_grid():
    document = page(
        "<table><tr><td>a</td><td colspan=2 style='mso-ignore:colspan'></td></tr>"
        "<tr style='mso-xlrowspan:3'><td colspan=3 style='mso-ignore:colspan'></td></tr>"
        "<tr><td>b</td></tr></table>"
    )
    filled = [(row, column, text) for row, column, _, _, text in grid(document) if text]
    assert filled == [(1, 1, "a"), (5, 1, "b")]
    assert all(width == 1 for _, _, _, width, _ in grid(document))


def test_hidden_rows_and_columns_are_flagged_and_hidden_cells_gone():
    document = page(
        "<table><col><col style='display:none'><tr style='display:none'><td>a<td>b</tr>"
        "<tr><td>c<td style='display:none'>x<td>d</tr></table>"
    )
    found = {c.text: c.flags for c in document.tables[0].cells}
    assert found == {
        "a": {"hidden-row"},
        "b": {"hidden-row", "hidden-column"},
        "c": set(),
        "d": {"hidden-column"},
    }


def test_a_table_inside_a_form_is_read_into_its_cell_and_layout_is_seen_through():
    rows = "".join(f"<tr><td>内容{n}</td><td>{n}</td></tr>" for n in range(3))
    inner = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    form = f"<table>{rows}<tr><td>附</td><td>{inner}</td></tr></table>"
    (only,) = page(form).tables
    assert only.cells[-1].text == "甲|乙"
    assert only.cells[-1].flags == {"nested-table"}
    layout = f"<table><tr><td>各位好</td></tr><tr><td>{form}</td></tr></table>"
    document = page(layout)
    assert [p.text for p in document.paragraphs] == ["各位好"]
    assert len(document.tables) == 1


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("gb18030", "<meta charset=gb2312>"),
        ("gb18030", ""),
        ("utf-8", "<meta charset=gb2312>"),
        ("utf-8", ""),
        ("utf-16", "<meta charset=gb2312>"),
        ("utf-8-sig", "<meta charset=gbk>"),
        ("gb18030", "<meta charset=iso-8859-1>"),
    ],
)
def test_charsets(encoding, meta):
    html = f"<html>{meta}<table><tr><td>参加活动人员</td><td>１２００人</td></tr></table>"
    data = html.encode(encoding)
    assert sniff(data, "表.xls") == "html"
    cells = read_document(data, "html").tables[0].cells
    assert [c.text for c in cells] == ["参加活动人员", "１２００人"]


@pytest.mark.parametrize(
    "html",
    [
        "<table>" + "<tr>" + "<td rowspan=1000 colspan=1000>x" * 300 + "<tr><td>x" * 1000,
        "<table>" + "<tr><td>x<td>y" * 70_000,
        "<p>" + "x" * 4_200_000,
    ],
)
def test_too_much_is_typed(html):
    with pytest.raises(Unreadable, match="too-large"):
        page(html)


def test_pictures_inside_the_text_do_not_count():
    picture = "<img src='data:image/png;base64," + "A" * 4_200_000 + "'>"
    assert page("<table><tr><td>" + picture + "5</table>").tables[0].cells[0].text == "5"


def test_style_sheets_of_one_piece_cost_no_time():
    assert page("x", "a" * 1_000_000).paragraphs[0].text == "x"
    assert page("x", "{" * 1_000_000).paragraphs[0].text == "x"


WORD = (
    '<html><head><meta http-equiv=3DContent-Type content=3D"text/html; charset=3Dgb2312">'
).replace("=3D", "=") + (
    "<style>p.MsoNormal{margin:0cm}</style></head><body><div class=WordSection1>"
    "<p class=MsoNormal>情况统计表</p><table class=MsoTableGrid><tr><td>内容</td><td>数量</td></tr>"
    "<tr><td>参加单位</td><td>36</td></tr></table></div></body></html>"
)


def test_words_single_file_page_is_read_without_its_running_heads():
    data = mhtml(
        ("a.htm", "text/html", WORD.encode("gb18030")),
        ("a.files/header.htm", "text/html", "<p>页眉</p>".encode("gb18030")),
        ("a.files/image001.png", "image/png", b"\x89PNG"),
        ("a.files/filelist.xml", "text/xml", b"<xml/>"),
    )
    assert sniff(data, "统计表.doc") == "mhtml"
    document = read_document(data, "mhtml")
    assert (document.kind, document.flags) == ("mhtml", {"pictures"})
    assert [p.text for p in document.paragraphs] == ["情况统计表"]
    assert grid(document)[-1] == (2, 2, 1, 1, "36")


def test_excels_single_file_page_has_every_sheet_and_its_styles():
    frames = "<html><frameset><frame src='sheet001.htm'></frameset></html>"
    sheets = [f"<table><tr><td class=x{n}>0.5</td><td>{n}</td></tr></table>" for n in (1, 2)]
    data = mhtml(
        ("b.htm", "text/html", frames.encode()),
        ("b.files/tabstrip.htm", "text/html", b"<table><tr><td>Sheet1</td></tr></table>"),
        ("b.files/sheet001.htm", "text/html", sheets[0].encode()),
        ("b.files/sheet002.htm", "text/html", sheets[1].encode()),
        ("b.files/stylesheet.css", "text/css", b".x1{mso-number-format:Percent}"),
    )
    document = read_document(data, "mhtml")
    assert [[c.text for c in table.cells] for table in document.tables] == [
        ["50.00%", "1"],
        ["0.5", "2"],
    ]
    assert [table.number for table in document.tables] == [1, 2]


def test_a_page_saved_by_a_browser_is_no_mail():
    data = mhtml(("a.htm", "text/html", WORD.encode("gb18030")))
    saved = (
        b"From: <Saved by Blink>\r\nSubject: x\r\nDate: Sat, 20 May 2023 10:00:00 +0800\r\n" + data
    )
    assert sniff(saved, "a.mht") == "mhtml"
    assert read_document(saved, "mhtml").tables[0].cells[3].text == "36"


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\r\n\r\nx",
        mhtml(("a.png", "image/png", b"x")),
        mhtml(*(("a.htm", "text/html", b"<p>x"),) * 101),
        mhtml(*(("a.htm", "text/html", b"<p>x"),) * 1_200),
    ],
)
def test_envelopes_without_a_page_or_with_too_many_are_typed(data):
    with pytest.raises(Unreadable) as refusal:
        read_document(data, "mhtml")
    assert refusal.value.problem in {"damaged", "too-large"}
