"""Office files as one XML file: Word 2003, flat OPC, Excel 2003."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from parsers.document import Origin
from parsers.formats import read_document
from parsers.sniff import sniff
from parsers.unreadable import Unreadable
from tests.unit.ooxml_files import book, document, p, t, tbl, tc, tr
from tests.unit.text_samples import excel_2003, flat_opc, word_2003

R = "<w:r><w:t>{}</w:t></w:r>"
DAY = datetime(2023, 5, 20)  # noqa: DTZ001 - a sheet's date has no zone


def word_cell(inner: str):
    body = f"<w:tbl><w:tr><w:tc><w:p>{inner}</w:p></w:tc></w:tr></w:tbl>"
    return (
        read_document(word_2003(body, "<w:rPr><w:vanish/></w:rPr>"), "doc-xml").tables[0].cells[0]
    )


@pytest.mark.parametrize(
    ("inner", "text", "flag"),
    [
        (R.format("中国"), "中国", None),
        (
            "<w:r><w:rPr><w:strike/></w:rPr><w:t>100</w:t></w:r>" + R.format(120),
            "120",
            "struck-left-out",
        ),
        (
            R.format(88) + '<w:r><w:rPr><w:rStyle w:val="a9"/></w:rPr><w:t>99</w:t></w:r>',
            "88",
            "hidden-left-out",
        ),
        (
            '<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>100'
            "</w:delText></w:r>"
            '</aml:content></aml:annotation><aml:annotation w:type="Word.Insertion"><aml:content>'
            + R.format(120)
            + "</aml:content></aml:annotation>",
            "120",
            "deleted-left-out",
        ),
        (
            '<aml:annotation w:type="Word.Comment"><aml:content><w:p>'
            + R.format(99)
            + "</w:p></aml:content></aml:annotation>"
            + R.format(5),
            "5",
            None,
        ),
        ('<st1:date w:st="on">' + R.format("2023年5月20日") + "</st1:date>", "2023年5月20日", None),
        (
            '<w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/></w:listPr></w:pPr>'
            + R.format("讲座"),
            "讲座",
            "automatic-number",
        ),
        (
            '<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2" w:h-ansi="Wingdings 2"/></w:rPr>'
            "<w:t>R</w:t>"
            "</w:r>" + R.format("是"),
            "☑是",
            None,
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑", None),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox>'
            '</w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            + R.format("是"),
            "☑是",
            None,
        ),
        (
            "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>"
            + R.format("500人")
            + "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
            "500人",
            None,
        ),
    ],
)
def test_what_a_cell_of_word_2003_shows(inner, text, flag):
    found = word_cell(inner)
    assert (found.text, found.flags) == (text, {flag} if flag else set())


def test_a_table_of_word_2003_is_that_of_word_2007():
    cells = (
        '<w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p>'
        + R.format("组")
        + "</w:p></w:tc><w:tc><w:p>"
        + R.format("一")
        + "</w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p>"
        + R.format("二")
        + '</w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>'
        + R.format("宽")
        + "</w:p></w:tc></w:tr>"
    )
    body = f"<w:p>{R.format('统计表')}</w:p><wx:sub-section><w:tbl>{cells}</w:tbl></wx:sub-section>"
    data = word_2003(body)
    assert sniff(data, "统计表.doc") == "doc-xml"
    found = read_document(data, "doc-xml")
    assert (found.kind, [q.text for q in found.paragraphs]) == ("doc-xml", ["统计表"])
    assert [
        (c.row, c.column, c.row_span, c.column_span, c.text, str(c.place))
        for c in found.tables[0].cells
    ] == [
        (1, 1, 2, 1, "组", "表1 第1行第1列"),
        (1, 2, 1, 1, "一", "表1 第1行第2列"),
        (2, 2, 1, 1, "二", "表1 第2行第2列"),
        (3, 1, 1, 2, "宽", "表1 第3行第1列"),
    ]


def test_flat_opc_reads_as_the_package_it_is():
    package = document(p(t("统计表")) + tbl(tr(tc(p(t("参加单位"))), tc(p(t("36"))))))
    data = flat_opc(package)
    assert sniff(data, "统计表.doc") == "doc-xml"
    flat = read_document(data, "doc-xml")
    assert flat.blocks == read_document(package, "docx").blocks
    sheet = book('<row r="1"><c r="B1"><v>5</v></c></row>')
    assert read_document(flat_opc(sheet), "doc-xml").blocks == read_document(sheet, "xlsx").blocks


STYLES = (
    '<Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style>'
    '<Style ss:ID="d"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
    '</Style><Style ss:ID="s"><NumberFormat ss:Format="Short Date"/></Style>'
    '<Style ss:ID="z"><NumberFormat ss:Format="000000"/></Style>'
    '<Style ss:ID="x"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="y" ss:Parent="x"/>'
)


@pytest.mark.parametrize(
    ("cell", "text", "number", "moment", "flags"),
    [
        (
            '<Cell><Data ss:Type="String">内容&#10;数量</Data></Cell>',
            "内容\n数量",
            None,
            None,
            set(),
        ),
        ('<Cell><Data ss:Type="Number">8432</Data></Cell>', "8432", 8432, None, set()),
        (
            '<Cell ss:StyleID="p"><Data ss:Type="Number">0.25600000000000001</Data></Cell>',
            "25.6%",
            Decimal("0.256"),
            None,
            set(),
        ),
        (
            '<Cell ss:StyleID="z"><Data ss:Type="Number">10020</Data></Cell>',
            "010020",
            10020,
            None,
            set(),
        ),
        (
            '<Cell ss:StyleID="d"><Data ss:Type="DateTime">2023-05-20T00:00:00.000</Data></Cell>',
            "2023年5月20日",
            45066,
            DAY,
            set(),
        ),
        (
            '<Cell ss:StyleID="s"><Data ss:Type="DateTime">2023-05-20T00:00:00.000</Data></Cell>',
            "2023/5/20",
            45066,
            DAY,
            set(),
        ),
        (
            '<Cell><Data ss:Type="DateTime">2023-05-20T00:00:00.000</Data></Cell>',
            "2023/5/20",
            45066,
            DAY,
            set(),
        ),
        ('<Cell><Data ss:Type="DateTime">soon</Data></Cell>', "soon", None, None, set()),
        ('<Cell><Data ss:Type="Boolean">1</Data></Cell>', "TRUE", None, None, set()),
        (
            '<Cell><Data ss:Type="Error">#DIV/0!</Data></Cell>',
            "#DIV/0!",
            None,
            None,
            {"error-value"},
        ),
        ('<Cell ss:Formula="=1"/>', "", None, None, {"no-cached-value"}),
        (
            '<Cell ss:StyleID="y"><Data ss:Type="Number">7</Data></Cell>',
            "",
            None,
            None,
            {"struck-left-out"},
        ),
        (
            (
                '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><S>100</S>'
                '<Font html:Color="#FF0000">120</Font></ss:Data></Cell>'
            ),
            "120",
            None,
            None,
            {"struck-left-out"},
        ),
        (
            (
                '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">'
                "120<Sup>1</Sup></ss:Data></Cell>"
            ),
            "120¹",
            None,
            None,
            {"superscript"},
        ),
        (
            '<Cell><Data ss:Type="Number">5</Data><Comment><ss:Data>99</ss:Data></Comment></Cell>',
            "5",
            5,
            None,
            set(),
        ),
    ],
)
def test_what_a_cell_of_excel_2003_shows(cell, text, number, moment, flags):
    data = excel_2003(f"<Row>{cell}</Row>", STYLES)
    assert sniff(data, "a.xls") == "xls-xml"
    (found,) = read_document(data, "xls-xml").tables[0].cells
    assert (found.text, found.number, found.moment, found.flags) == (text, number, moment, flags)
    assert str(found.place) == "统计表!A1"


def test_jumps_merges_and_hidden_parts_of_excel_2003():
    say = '<Data ss:Type="String">{}</Data>'.format
    rows = (
        f'<Row><Cell ss:MergeAcross="2" ss:MergeDown="1">{say("题")}</Cell>'
        f'<Cell>{say("a")}</Cell></Row><Row ss:Index="5" ss:Hidden="1">'
        f'<Cell ss:Index="3" ss:Formula="=1">{say("b")}</Cell></Row>'
    )
    columns = '<Column ss:Index="2" ss:Span="1" ss:Hidden="1"/>'
    options = "<Visible>SheetHidden</Visible>"
    (table,) = read_document(excel_2003(rows, STYLES, options, columns), "xls-xml").tables
    assert table.flags == {"hidden-sheet"}
    found = {c.place.ref: c for c in table.cells if c.text}
    assert sorted(found) == ["A1", "C5", "D1"]
    assert (found["A1"].row_span, found["A1"].column_span) == (2, 3)
    assert found["C5"].flags == {"hidden-row", "hidden-column"}
    assert found["C5"].origin is Origin.FORMULA


@pytest.mark.parametrize(
    ("data", "kind", "problem"),
    [
        (b"<a/>", "doc-xml", "damaged"),
        (b"<a/>", "xls-xml", "damaged"),
        (word_2003("")[:-30], "doc-xml", "damaged"),
        (word_2003("").replace(b"w:body", b"w:nobody"), "doc-xml", "damaged"),
        (flat_opc(document(""))[:-30], "doc-xml", "damaged"),
        (flat_opc(document("")).replace(b'"/word/document', b'"/word/other'), "doc-xml", "damaged"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "xls-xml", "damaged"),
        (
            excel_2003('<Row ss:Index="1048577"><Cell><Data>x</Data></Cell></Row>'),
            "xls-xml",
            "damaged",
        ),
        (excel_2003('<Row><Cell ss:Index="-5"><Data>x</Data></Cell></Row>'), "xls-xml", "damaged"),
        (excel_2003("<Row>" + "<q/>" * 1_000_000 + "</Row>"), "xls-xml", "too-large"),
    ],
)
def test_damage_and_bombs_are_typed(data, kind, problem):
    with pytest.raises(Unreadable) as refusal:
        read_document(data, kind)
    assert refusal.value.problem == problem
