"""OpenDocument texts and sheets: what is shown, what is left out, what repeats."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from parsers.document import Cell, Document, Origin
from parsers.formats import read_document
from parsers.sniff import sniff
from parsers.unreadable import Unreadable
from tests.unit.text_samples import COVERED, odf, odt_cell, odt_table, zipped_odf

STYLES = (
    '<style:style style:name="P1" style:family="paragraph"/>'
    '<style:style style:name="hid" style:family="text"><style:text-properties text:display="none"/>'
    '</style:style><style:style style:name="kid" style:family="text"'
    ' style:parent-style-name="hid"/><style:style style:name="not" style:family="text"'
    ' style:parent-style-name="hid"><style:text-properties text:display="true"/></style:style>'
    '<style:style style:name="str" style:family="text"><style:text-properties'
    ' style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="old" style:family="text"><style:text-properties'
    ' style:text-line-through-type="single"/></style:style>'
    '<style:style style:name="W" style:family="text"><style:text-properties'
    ' style:font-name="Wingdings1"/></style:style>'
    '<style:style style:name="sup" style:family="text"><style:text-properties'
    ' style:text-position="super 58%"/></style:style>'
    '<style:style style:name="low" style:family="text"><style:text-properties'
    ' style:text-position="-33% 58%"/></style:style>'
    '<style:style style:name="white" style:family="text"><style:text-properties'
    ' fo:color="#FFFFFF"/></style:style>'
    '<style:style style:name="ce" style:family="table-cell"><style:text-properties'
    ' style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="ta" style:family="table"><style:table-properties'
    ' table:display="false"/></style:style>'
)
FACES = '<style:font-face style:name="Wingdings1" svg:font-family="Wingdings"/>'
DAY = datetime(2023, 5, 20)  # noqa: DTZ001 - a sheet's date has no zone
FIRST_DAY = datetime(1900, 1, 1)  # noqa: DTZ001


def text(body: str) -> Document:
    return read_document(odf(body, styles=STYLES, faces=FACES).encode(), "odt")


def cell(inner: str) -> Cell:
    return text(odt_table(odt_cell("参加单位") + odt_cell(inner))).tables[0].cells[1]


def sheet(rows: str, columns: str = "", attributes: str = 'table:name="统计表"') -> Document:
    body = f"<table:table {attributes}>{columns}{rows}</table:table>"
    return read_document(odf(body, "spreadsheet", STYLES).encode(), "ods")


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def value(kind: str, stored: str, shown: str | None, more: str = "") -> str:
    name = {"string": "string-value", "date": "date-value", "time": "time-value"}.get(kind, "value")
    inner = "" if shown is None else f"<text:p>{shown}</text:p>"
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{stored}" {more}>'
        f"{inner}</table:table-cell>"
    )


def test_spans_and_places_are_those_of_a_word_table():
    document = text(
        "<text:h>统计表</text:h>"
        + odt_table(
            odt_cell("组", 'table:number-rows-spanned="2"') + odt_cell("一") + odt_cell("1"),
            COVERED + odt_cell("二") + odt_cell("2"),
            odt_cell("三") + odt_cell("宽", 'table:number-columns-spanned="2"') + COVERED,
        )
        + "<text:p>注</text:p>"
    )
    assert [p.text for p in document.paragraphs] == ["统计表", "注"]
    cells = document.tables[0].cells
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in cells] == [
        (1, 1, 2, 1, "组"),
        (1, 2, 1, 1, "一"),
        (1, 3, 1, 1, "1"),
        (2, 2, 1, 1, "二"),
        (2, 3, 1, 1, "2"),
        (3, 1, 1, 1, "三"),
        (3, 2, 1, 2, "宽"),
    ]
    assert str(cells[3].place) == "表1 第2行第2列"


@pytest.mark.parametrize(
    ("inner", "shown", "flag"),
    [
        ('88<text:span text:style-name="hid">（内部99）</text:span>', "88", "hidden-left-out"),
        ('88<text:span text:style-name="kid">99</text:span>', "88", "hidden-left-out"),
        ('88<text:span text:style-name="not">99</text:span>', "8899", None),
        ('<text:span text:style-name="str">100</text:span>120', "120", "struck-left-out"),
        ('<text:span text:style-name="old">100</text:span>120', "120", "struck-left-out"),
        ('<text:span text:style-name="W">R</text:span>是', "☼是", None),
        ('<text:span text:style-name="W">\uf0fe</text:span>是', "☑是", None),
        ('10<text:span text:style-name="sup">2</text:span>m', "10²m", "superscript"),
        ('120<text:span text:style-name="low">1</text:span>', "120₁", "superscript"),
        ('<text:span text:style-name="white">88</text:span>', "88", "white-text"),
        ('1<text:span text:style-name="white">88</text:span>', "188", "white-text half-white"),
        ("a<text:tab/>b <text:s/>c<text:s text:c='2'/>d<text:line-break/>e", "a\tb  c  d\ne", None),
        ("  a\n   b  ", "a b", None),
        ('<text:date text:date-value="2023-06-09">2023年6月9日</text:date>', "2023年6月9日", None),
        (
            (
                "<text:ruby><text:ruby-base>乌云</text:ruby-base><text:ruby-text>wuyun</text:ruby-text>"
                "</text:ruby>"
            ),
            "乌云",
            None,
        ),
        ("5<office:annotation><text:p>99</text:p></office:annotation>", "5", None),
        ("5<text:note><text:note-body><text:p>99</text:p></text:note-body></text:note>", "5", None),
        (
            '<text:placeholder text:placeholder-type="text">&lt;填写&gt;</text:placeholder>',
            "",
            "unfilled-control",
        ),
        (
            "<draw:frame><draw:text-box><text:p>500人</text:p></draw:text-box></draw:frame>",
            "500人",
            None,
        ),
        (
            '<draw:frame><draw:image xlink:href="a"/><svg:title>99</svg:title></draw:frame>5',
            "5",
            None,
        ),
        (
            (
                '<loext:content-control loext:checkbox="true" loext:checked="true">☐'
                "</loext:content-control>是"
            ),
            "☑是",
            None,
        ),
        (
            '<loext:content-control loext:showing-place-holder="true">单击</loext:content-control>',
            "",
            "unfilled-control",
        ),
        (
            (
                '<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX">'
                '<field:param field:name="Checkbox_Checked" field:value="true"/>'
                "</field:fieldmark>是"
            ),
            "☑是",
            None,
        ),
        (
            (
                '<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMDROPDOWN">'
                '<field:param field:name="Dropdown_ListEntry" field:value="旗县"/>'
                '<field:param field:name="Dropdown_ListEntry" field:value="自治区"/>'
                '<field:param field:name="Dropdown_Selected" field:value="1"/></field:fieldmark>'
            ),
            "自治区",
            None,
        ),
        ('<text:a xlink:href="http://example.cn">点此</text:a>', "点此", None),
    ],
)
def test_what_a_cell_shows(inner, shown, flag):
    found = cell(inner)
    assert found.text == shown
    assert found.flags == set((flag or "").split())


def test_lists_sections_and_nested_tables_are_read_in_order():
    document = text(
        "<text:section><text:list><text:list-item><text:p>一</text:p></text:list-item></text:list>"
        '</text:section><text:section text:display="none"><text:p>藏</text:p></text:section>'
        "<table:table><table:table-row><table:table-cell><text:p>外</text:p>"
        + odt_table(odt_cell("甲") + odt_cell("乙"), odt_cell("丙") + odt_cell("丁"))
        + "</table:table-cell>"
        + odt_cell("旁")
        + "</table:table-row>"
        + f"<table:table-row>{odt_cell('a')}{odt_cell('b')}</table:table-row>" * 2
        + "</table:table>"
    )
    assert [p.text for p in document.paragraphs] == ["一"]
    (only,) = document.tables
    assert only.cells[0].text == "外\n甲|乙\n丙|丁"
    assert only.cells[0].flags == {"nested-table"}


@pytest.mark.parametrize("inline", [True, False])
def test_deleted_text_is_left_out_wherever_it_stands(inline):
    region = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        "<text:p>100</text:p></text:deletion></text:changed-region>"
        '<text:changed-region text:id="c2"><text:insertion/></text:changed-region>'
        "</text:tracked-changes>"
    )
    start, end = (
        '<text:change-start text:change-id="{}"/>',
        '<text:change-end text:change-id="{}"/>',
    )
    gone = start.format("c1") + "100" + end.format("c1")
    point = '<text:change text:change-id="c1"/>'
    new = start.format("c2") + "120" + end.format("c2")
    document = text(region + odt_table(odt_cell((gone if inline else point) + new)))
    assert document.flags == {"tracked-changes"}
    (only,) = document.tables[0].cells
    assert (only.text, only.flags) == ("120", {"deleted-left-out"})


def test_form_controls_say_their_state():
    forms = (
        '<office:forms><form:form><form:checkbox form:id="c1" form:label="线下"'
        ' form:current-state="checked"/><form:checkbox form:id="c2" form:label="线上"/>'
        '<form:text form:id="c3" form:current-value="36"/><form:listbox form:id="c4">'
        '<form:option form:label="旗县"/><form:option form:label="盟市" form:selected="true"/>'
        "</form:listbox></form:form></office:forms>"
    )
    said = "".join(f'<draw:control draw:control="c{n}"/> ' for n in range(1, 5))
    document = text(forms + odt_table(odt_cell(said)))
    assert document.tables[0].cells[0].text == "☑线下 □线上 36 盟市"


def test_hidden_rows_and_repeated_cells_of_a_text_table():
    repeated = odt_cell("x", 'table:number-columns-repeated="3"')
    hidden = '<table:table-row table:visibility="collapse">' + odt_cell("y") + "</table:table-row>"
    document = text(f"<table:table>{row(repeated)}{hidden}</table:table>")
    found = [(c.row, c.column, c.text, c.flags) for c in document.tables[0].cells]
    assert found == [
        (1, 1, "x", set()),
        (1, 2, "x", set()),
        (1, 3, "x", set()),
        (2, 1, "y", {"hidden-row"}),
    ]


@pytest.mark.parametrize(
    ("cell", "shown", "number", "moment", "flags"),
    [
        (value("float", "8432", "8,432"), "8,432", 8432, None, set()),
        (value("float", "8432", None), "8432", 8432, None, set()),
        (value("float", "8432", "###"), "8432", 8432, None, set()),
        (value("float", "5", ""), "", 5, None, {"hidden-left-out"}),
        (value("percentage", "0.256", "25.6%"), "25.6%", Decimal("0.256"), None, set()),
        (value("currency", "12.5", "￥12.50"), "￥12.50", Decimal("12.5"), None, set()),
        (value("float", "10020", "010020"), "010020", 10020, None, set()),
        (
            value("float", "1.50102198001011E17", "1.5E+17"),
            "1.5E+17",
            Decimal("1.50102198001011E17"),
            None,
            {"precision-lost"},
        ),
        (
            value("date", "2023-05-20", "2023年5月20日"),
            "2023年5月20日",
            45066,
            DAY,
            set(),
        ),
        (value("date", "1900-01-01", "1日"), "1日", 1, FIRST_DAY, set()),
        (value("date", "nonsense", "5月20日"), "5月20日", None, None, set()),
        (value("time", "PT12H00M00S", "12:00"), "12:00", Decimal("0.5"), None, set()),
        (value("string", "010020", "010020"), "010020", None, None, set()),
        (value("string", "藏", None), "藏", None, None, set()),
        (value("float", "nan", "？"), "？", None, None, set()),
        (
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
            "TRUE",
            None,
            None,
            set(),
        ),
        (
            (
                '<table:table-cell table:formula="of:=1/0" office:value-type="string"'
                ' calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
            ),
            "#DIV/0!",
            None,
            None,
            {"error-value"},
        ),
        (
            (
                '<table:table-cell table:formula="of:=1/0" office:value-type="float"'
                ' office:value="0"><text:p>#DIV/0!</text:p></table:table-cell>'
            ),
            "#DIV/0!",
            None,
            None,
            {"error-value"},
        ),
        ('<table:table-cell table:formula="of:=1"/>', "", None, None, {"no-cached-value"}),
        (value("float", "7", "7", 'table:style-name="ce"'), "", None, None, {"struck-left-out"}),
        (
            value("string", "", '<text:span text:style-name="str">100</text:span>120'),
            "120",
            None,
            None,
            {"struck-left-out"},
        ),
        (
            (
                "<table:table-cell><office:annotation><text:p>99</text:p></office:annotation>"
                "<text:p>5</text:p></table:table-cell>"
            ),
            "5",
            None,
            None,
            set(),
        ),
    ],
)
def test_a_sheets_cell_has_its_shown_text_and_its_value(cell, shown, number, moment, flags):
    (found,) = sheet(row(cell)).tables[0].cells
    assert (found.text, found.number, found.moment) == (shown, number, moment)
    assert found.flags == flags
    assert str(found.place) == "统计表!A1"


def test_a_formula_is_said_to_be_one():
    cell = value("float", "3", "3", 'table:formula="of:=1+2"')
    assert sheet(row(cell)).tables[0].cells[0].origin is Origin.FORMULA


def test_repeated_hidden_and_merged_cells_of_a_sheet():
    document = sheet(
        row(value("string", "", "题", 'table:number-columns-spanned="3"'), COVERED * 2)
        + row(
            '<table:table-cell table:number-columns-repeated="2"/>',
            value("float", "7", "7", 'table:number-columns-repeated="2"'),
            attributes='table:number-rows-repeated="2" table:visibility="filter"',
        )
        + row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            attributes='table:number-rows-repeated="1048573"',
        ),
        "<table:table-column/><table:table-header-columns><table:table-column"
        ' table:number-columns-repeated="2" table:visibility="collapse"/>'
        "</table:table-header-columns>",
    )
    found = {c.place.ref: c for c in document.tables[0].cells if c.text}
    assert sorted(found) == ["A1", "C2", "C3", "D2", "D3"]
    assert (found["A1"].column_span, found["A1"].flags) == (3, set())
    assert found["C2"].flags == {"hidden-row", "hidden-column"}
    assert found["D3"].flags == {"hidden-row"}


def test_hidden_sheets_are_flagged_and_struck_columns_read_as_struck():
    hidden = sheet(row(value("float", "1", "1")), attributes='table:name="b" table:style-name="ta"')
    assert hidden.tables[0].flags == {"hidden-sheet"}
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="ce"/>'
    document = sheet(row(value("float", "1", "1"), value("float", "2", "2")), columns)
    assert [(c.text, c.flags) for c in document.tables[0].cells] == [
        ("1", set()),
        ("", {"struck-left-out"}),
    ]


def test_zipped_and_flat_files_read_the_same_and_are_known_by_content():
    flat = odf(odt_table(odt_cell("内容") + odt_cell("36")))
    packed = zipped_odf(flat)
    assert sniff(flat.encode(), "a.doc") == sniff(packed, "a.doc") == "odt"
    assert read_document(packed, "odt") == read_document(flat.encode(), "odt")
    spread = odf("<table:table/>", "spreadsheet")
    assert sniff(spread.encode(), "a.xml") == sniff(zipped_odf(spread, "spreadsheet"), "") == "ods"
    assert sniff(zipped_odf(spread, "spreadsheet-template"), "a.ots") == "ods"
    assert sniff(zipped_odf(flat, "presentation"), "a.odp") == "odp"


CELL = odt_cell("1")
REPEATED = '<table:table-row table:number-rows-repeated="{}">' + CELL + "</table:table-row>"
NESTED = '<table:table><table:table-row table:number-rows-repeated="50"><table:table-cell>'


@pytest.mark.parametrize(
    ("data", "kind", "problem"),
    [
        (odf("<table:table>" + REPEATED.format(20_001) + "</table:table>"), "odt", "too-large"),
        (odf("<table:table>" + REPEATED.format(20_000) * 9 + "</table:table>"), "odt", "too-large"),
        (
            odf(NESTED * 5 + CELL + "</table:table-cell></table:table-row></table:table>" * 5),
            "odt",
            "too-large",
        ),
        (odf(odt_table(odt_cell("1", 'table:number-rows-spanned="99999999"'))), "odt", "too-large"),
        (odf('<text:p><text:s text:c="999999999"/></text:p>'), "odt", "too-large"),
        (
            odf("<table:table>" + REPEATED.format(1_048_576) + "</table:table>", "spreadsheet"),
            "ods",
            "too-large",
        ),
        (
            odf("<table:table>" + REPEATED.format(9_999_999) + "</table:table>", "spreadsheet"),
            "ods",
            "damaged",
        ),
        (odf("<text:p>x</text:p>"), "ods", "damaged"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]>" + odf("<text:p>&b;</text:p>")[38:], "odt", "damaged"),
        ("<office:document>", "odt", "damaged"),
    ],
)
def test_bombs_and_damage_are_typed(data, kind, problem):
    with pytest.raises(Unreadable) as refusal:
        read_document(data.encode(), kind)
    assert refusal.value.problem == problem


def test_an_encrypted_document_says_so():
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    data = zipped_odf(odf(""), **{"META-INF/manifest__xml": manifest})
    with pytest.raises(Unreadable, match="encrypted"):
        read_document(data, "odt")


def test_one_id_twice_does_not_make_a_document_unreadable():
    twice = '<text:p xml:id="a">x</text:p>' * 2
    assert len(text(twice).paragraphs) == 2
