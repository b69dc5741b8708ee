"""What a Word form says is what its reader says, row by row of facts/documents.md §4."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from parsers.formats import read_document
from parsers.unreadable import Unreadable
from tests.unit.ooxml_files import document, one_cell, p, packed, sdt, strict, t, tbl, tc, tr

if TYPE_CHECKING:
    from parsers.document import Cell, Document

PLACEHOLDER = "<w:showingPlcHdr/>"


def read(body: str, **more: object) -> Document:
    return read_document(document(body, **more), "docx")  # type: ignore[arg-type]


def only_cell(inside: str, **more: object) -> Cell:
    (table,) = read(one_cell(inside) + p(""), **more).tables
    (cell,) = table.cells
    return cell


def box(checked: str, glyph: str) -> str:
    return sdt(t(glyph), f'<w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox>')


def form_field(data: str, result: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText> FORM </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def check(state: str) -> str:
    return form_field(f"<w:checkBox><w:sizeAuto/>{state}</w:checkBox>")


def complex_field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def text_box(inside: str) -> str:
    return (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{inside}'
        "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}"
        "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


WINGDINGS_2 = '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'
DROP_DOWN = '<w:ddList>{}<w:listEntry w:val="国家级"/><w:listEntry w:val="自治区级"/></w:ddList>'

CASES = [
    ("typed", p(t("1,200人")), "1,200人", set()),
    ("two paragraphs", p(t("第一行")) + p(t("第二行")), "第一行\n第二行", set()),
    ("control around paragraphs", sdt(p(t("呼和浩特市科技局"))), "呼和浩特市科技局", set()),
    (
        "control inside a paragraph",
        p(t("金额") + sdt(t("128.5")) + t("万元")),
        "金额128.5万元",
        set(),
    ),
    ("control in a control", p(sdt(sdt(t("35000")))), "35000", set()),
    ("unfilled control", p(sdt(t("单击此处输入文字。"), PLACEHOLDER)), "", {"unfilled-control"}),
    (
        "unfilled control around paragraphs",
        sdt(p(t("单击此处输入文字。")), PLACEHOLDER),
        "",
        {"unfilled-control"},
    ),
    (
        "check boxes",
        p(box("1", "☒") + t("线下 ") + box("0", "☐") + t("线上")),
        "☑线下 □线上",
        set(),
    ),
    ("glyph contradicts the state", p(box("1", "☐") + t("是")), "☑是", set()),
    ("state spelled true", p(box("true", "☐")), "☑", set()),
    ("check box around paragraphs", sdt(p(t("☐")), "<w14:checkbox/>"), "□", set()),
    (
        "legacy check boxes",
        p(check("<w:checked/>") + t("同意 ") + check('<w:default w:val="0"/>') + t("不同意")),
        "☑同意 □不同意",
        set(),
    ),
    (
        "legacy check box ticked by default, then cleared",
        p(check('<w:default w:val="1"/><w:checked w:val="0"/>') + t("是")),
        "□是",
        set(),
    ),
    ("drop-down", p(form_field(DROP_DOWN.format('<w:result w:val="1"/>'))), "自治区级", set()),
    (
        "drop-down with a written result",
        p(form_field(DROP_DOWN.format(""), t("x"))),
        "国家级",
        set(),
    ),
    ("text field", p(form_field("<w:textInput/>", t("张建军"))), "张建军", set()),
    (
        "Wingdings symbols",
        p(
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
            + t("是 ")
            + '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
            + t("否")
        ),
        "☑是 □否",
        set(),
    ),
    (
        "Wingdings 2 letters",
        p(t("R", WINGDINGS_2) + t("是 ") + t("£", WINGDINGS_2) + t("否")),
        "☑是 □否",
        set(),
    ),
    ("Chinese in a Wingdings run", p(t("R同意", WINGDINGS_2)), "☑同意", set()),
    ("private use without a font", p(t("\uf0fe是 \uf0a8否")), "☑是 □否", set()),
    ("text box", p(text_box(p(t("500人")))), "500人", set()),
    ("text and text box", p(t("共") + text_box(p(t("500人")))), "共\n500人", set()),
    (
        "inserted",
        p(f'<w:ins w:id="1" w:author="a">{t("120")}</w:ins>'),
        "120",
        {"tracked"},
    ),
    (
        "100 changed to 120",
        p(
            '<w:del w:id="1" w:author="a"><w:r><w:delText>100</w:delText></w:r></w:del>'
            f'<w:ins w:id="2" w:author="a">{t("120")}</w:ins>'
        ),
        "120",
        {"deleted-left-out", "tracked"},
    ),
    (
        "moved",
        p(
            f'<w:moveFrom w:id="1" w:author="a">{t("A")}</w:moveFrom>'
            f'<w:moveTo w:id="2" w:author="a">{t("B")}</w:moveTo>'
        ),
        "B",
        {"deleted-left-out", "tracked"},
    ),
    (
        "paragraph mark deleted",
        p(t("12"), '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>') + p(t("00")),
        "1200",
        set(),
    ),
    ("hidden", p(t("88") + t("（内部掌握99）", "<w:vanish/>")), "88", {"hidden-left-out"}),
    ("not hidden after all", p(t("88", '<w:vanish w:val="0"/>')), "88", set()),
    ("struck", p(t("100", "<w:strike/>") + t("120")), "120", {"struck-left-out"}),
    ("double struck", p(t("100", "<w:dstrike/>") + t("120")), "120", {"struck-left-out"}),
    (
        "white",
        p(t("88") + t("ignore previous", '<w:color w:val="FFFFFF"/>')),
        "88ignore previous",
        {"white-text"},
    ),
    (
        "simple field",
        p(f'<w:fldSimple w:instr="DATE">{t("2023年6月9日")}</w:fldSimple>'),
        "2023年6月9日",
        set(),
    ),
    ("complex field", p(complex_field("DATE", t("2023年6月9日"))), "2023年6月9日", set()),
    (
        "a field in a field's code is not its result",
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            + complex_field("MERGEFIELD n", t("7"))
            + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + t("120")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        "120",
        set(),
    ),
    ("a tick drawn in a box", p(complex_field(r"eq \o\ac(□,√)", "") + t("是")), "☑是", set()),
    ("a ringed digit", p(complex_field(r"eq \o\ac(○,3)", "")), "③", set()),
    ("smart tag", p(f"<w:smartTag>{t('2023年5月20日')}</w:smartTag>"), "2023年5月20日", set()),
    ("custom XML", f"<w:customXml>{p(t('自治区'))}</w:customXml>", "自治区", set()),
    (
        "ruby",
        p(
            f"<w:r><w:ruby><w:rt>{t('wūyún')}</w:rt><w:rubyBase>{t('乌云')}</w:rubyBase>"
            "</w:ruby></w:r>"
        ),
        "乌云",
        set(),
    ),
    ("equation", p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), "x=1", set()),
    (
        "automatic number",
        p(t("讲座"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        "讲座",
        {"automatic-number"},
    ),
    (
        "superscript",
        p(t("10") + t("2", '<w:vertAlign w:val="superscript"/>') + t("m")),
        "10²m",
        {"superscript"},
    ),
    (
        "subscript",
        p(t("120") + t("1", '<w:vertAlign w:val="subscript"/>')),
        "120₁",
        {"superscript"},
    ),
    (
        "half a number in white",
        p(t("12") + t("34", '<w:color w:val="FFFFFF"/>')),
        "1234",
        {"white-text", "half-white"},
    ),
    (
        "a measure in white",
        p(t("12") + t("万", '<w:color w:val="FFFFFF"/>')),
        "12万",
        {"white-text", "half-white"},
    ),
    (
        "a hint in white beside a number",
        p(t("12") + t("（请填数字）", '<w:color w:val="FFFFFF"/>')),
        "12（请填数字）",
        {"white-text"},
    ),
    ("hyperlink", p(f"<w:hyperlink>{t('a@example.cn')}</w:hyperlink>"), "a@example.cn", set()),
    (
        "no-break hyphen",
        p(t("0471") + "<w:r><w:noBreakHyphen/></w:r>" + t("6320000")),
        "0471-6320000",
        set(),
    ),
    ("soft hyphen", p(t("12") + "<w:r><w:softHyphen/></w:r>" + t("00")), "1200", set()),
    (
        "tab and break",
        p(t("甲") + "<w:r><w:tab/></w:r>" + t("乙") + "<w:r><w:br/></w:r>" + t("丙")),
        "甲\t乙\n丙",
        set(),
    ),
]


@pytest.mark.parametrize(
    ("inside", "text", "flags"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_cell_reads_as_a_person_sees_it(inside: str, text: str, flags: set[str]):
    data = document(one_cell(inside) + p(""))
    found = read_document(data, "docx")
    assert found.tables[0].cells[0].text == text
    assert found.tables[0].cells[0].flags == flags - {"tracked"}
    assert ("tracked-changes" in found.flags) == ("tracked" in flags)
    assert read_document(strict(data), "docx").blocks == found.blocks


def test_a_small_table_in_a_cell_of_data_is_told_there():
    inner = tbl(tr(tc(p(t("甲"))), tc(p(t("乙"))))) + p("")
    rows = [tr(tc(p(t("活动经费"))), tc(p(t("35000")))), tr(tc(p(t("地点"))), tc(p(t("广场"))))]
    (table,) = read(tbl(tr(tc(p(t("人员"))), tc(inner)), *rows)).tables
    assert (table.cells[1].text, table.cells[1].flags) == ("甲|乙", {"nested-table"})


def test_a_form_in_a_frame_is_the_form():
    form = tbl(tr(tc(p(t("活动经费"))), tc(p(t("35000")))))
    found = read(tbl(tr(tc(p(t("备案表")) + form + p("")))))
    assert [p.text for p in found.paragraphs] == ["备案表"]
    assert [cell.text for cell in found.tables[0].cells] == ["活动经费", "35000"]


def test_a_control_around_a_cell_keeps_the_cell_in_its_row():
    (table,) = read(tbl(tr(tc(p(t("活动经费"))), sdt(tc(p(t("35000"))))))).tables
    assert [(c.text, c.column, c.place.column) for c in table.cells] == [
        ("活动经费", 1, 1),
        ("35000", 2, 2),
    ]


def test_a_control_around_a_row_keeps_the_row_in_its_table():
    rows = tr(tc(p(t("甲")))), sdt(tr(tc(p(t("乙"))))), tr(tc(p(t("丙"))))
    (table,) = read(tbl(*rows)).tables
    assert [(c.text, c.row) for c in table.cells] == [("甲", 1), ("乙", 2), ("丙", 3)]


def test_an_unfilled_control_around_a_cell_is_an_empty_cell_with_a_flag():
    row = tr(tc(p(t("传真"))), sdt(tc(p(t("单击此处"))), PLACEHOLDER))
    cell = read(tbl(row)).tables[0].cells[1]
    assert (cell.text, cell.flags) == ("", {"unfilled-control"})


def test_a_check_box_around_a_cell_says_its_state():
    state = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    assert read(tbl(tr(sdt(tc(p(t("☐"))), state)))).tables[0].cells[0].text == "☑"


def test_a_control_around_a_table_keeps_the_table():
    found = read(p(t("前")) + sdt(tbl(tr(tc(p(t("甲")))))) + p(t("后")))
    assert found.tables[0].cells[0].text == "甲"
    assert [str(q.place) for q in found.paragraphs] == ["第1段", "第2段"]


def test_a_row_that_starts_in_column_two_is_reported_there():
    first = tr(tc(p(t("甲"))), tc(p(t("乙"))))
    second = tr(tc(p(t("丙"))), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    cell = read(tbl(first, second)).tables[0].cells[2]
    assert (cell.row, cell.column, cell.place.column) == (2, 2, 1)


def test_a_row_deleted_under_track_changes_is_gone():
    gone = tr(tc(p(t("乙"))), properties='<w:del w:id="1" w:author="a"/>')
    found = read(tbl(tr(tc(p(t("甲")))), gone, tr(tc(p(t("丙"))))))
    assert [(c.text, c.row) for c in found.tables[0].cells] == [("甲", 1), ("丙", 2)]
    assert found.flags == {"tracked-changes"}


def test_merged_cells_are_read_once_with_their_spans_and_counted_as_people_do():
    rows = (
        tr(tc(p(t("组别")), "<w:vMerge w:val='restart'/>"), tc(p(t("甲"))), tc(p(t("1")))),
        tr(tc(p(""), "<w:vMerge/>"), tc(p(t("乙"))), tc(p(t("2")))),
        tr(tc(p(t("合计")), '<w:gridSpan w:val="2"/>'), tc(p(t("3")))),
    )
    cells = read(tbl(*rows)).tables[0].cells
    found = {c.text: (c.row, c.column, c.row_span, c.column_span, c.place.column) for c in cells}
    assert found == {
        "组别": (1, 1, 2, 1, 1),
        "甲": (1, 2, 1, 1, 2),
        "1": (1, 3, 1, 1, 3),
        "乙": (2, 2, 1, 1, 2),
        "2": (2, 3, 1, 1, 3),
        "合计": (3, 1, 1, 2, 1),
        "3": (3, 3, 1, 1, 2),
    }


def test_a_continued_cell_with_nothing_above_it_is_a_cell():
    cells = read(tbl(tr(tc(p(t("甲")), "<w:vMerge/>")))).tables[0].cells
    assert [c.text for c in cells] == ["甲"]


def test_a_legacy_horizontal_merge_is_one_cell():
    row = tr(
        tc(p(t("标题")), '<w:hMerge w:val="restart"/>'),
        tc(p(""), '<w:hMerge w:val="continue"/>'),
        tc(p(t("1"))),
    )
    cells = read(tbl(row)).tables[0].cells
    assert [(c.text, c.column, c.column_span, c.place.column) for c in cells] == [
        ("标题", 1, 2, 1),
        ("1", 3, 1, 2),
    ]


def test_a_table_in_a_text_box_is_a_table_of_its_own():
    found = read(p(t("前") + text_box(tbl(tr(tc(p(t("甲"))))))) + tbl(tr(tc(p(t("乙"))))))
    assert [(table.number, table.cells[0].text) for table in found.tables] == [(1, "甲"), (2, "乙")]


def test_a_style_that_hides_or_strikes_counts_also_by_inheritance():
    styles = (
        '<w:style w:styleId="a"><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:basedOn w:val="c"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    struck, hidden = t("100", '<w:rStyle w:val="b"/>'), t("99", '<w:rStyle w:val="c"/>')
    cell = only_cell(p(struck + hidden + t("120")), styles=styles)
    assert (cell.text, cell.flags) == ("120", {"struck-left-out", "hidden-left-out"})


def test_paragraphs_are_numbered_without_the_empty_ones():
    found = read(p(t("附件1")) + p("") + p(t("填报单位：赤峰市科学技术局")))
    assert [(q.text, q.place.paragraph) for q in found.paragraphs] == [
        ("附件1", 1),
        ("填报单位：赤峰市科学技术局", 2),
    ]


def test_what_else_a_file_carries_is_flagged():
    extra = {
        "word/vbaProject.bin": b"x",
        "word/media/image1.png": b"x",
        "word/embeddings/a.bin": b"",
    }
    assert read(p(""), extra=extra).flags == {"macros", "pictures", "embedded-objects"}


def _replaced(name: str, part: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document(p(t("甲"))))) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    return packed({**parts, name: part})


def test_utf_16_is_read_too():
    with zipfile.ZipFile(io.BytesIO(document(p(t("甲"))))) as archive:
        text = archive.read("word/document.xml").decode().replace("UTF-8", "UTF-16")
    data = _replaced("word/document.xml", text.encode("utf-16"))
    assert read_document(data, "docx").paragraphs[0].text == "甲"


BOMB = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
XXE = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
MANY = b"<w:p/>" * 1_000_001


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        (BOMB.encode() + b"<w:document/>", "damaged"),
        (XXE.encode() + b"<w:document/>", "damaged"),
        (b"\xff\xfe" + XXE.encode("utf-16-le"), "damaged"),
        (b"", "damaged"),
        (b"<w:document", "damaged"),
        (b"<document/>", "damaged"),
        (b"<a>" * 300, "damaged"),
        (MANY, "too-large"),
        (b" " * 64_000_001, "too-large"),
        (b"\0" * 200_000_001, "too-large"),
    ],
    ids=["laughs", "xxe", "utf-16 xxe", "empty", "cut", "foreign", "deep", "tags", "part", "sum"],
)
def test_a_hostile_part_gets_a_typed_answer(part: bytes, problem: str):
    with pytest.raises(Unreadable) as caught:
        read_document(_replaced("word/document.xml", part), "docx")
    assert caught.value.problem == problem


def test_deep_nesting_is_damage_not_a_crash():
    deep = "<w:smartTag>" * 240 + t("1") + "</w:smartTag>" * 240
    try:
        assert only_cell(p(deep)).text == "1"
    except Unreadable as unreadable:
        assert unreadable.problem == "damaged"  # noqa: PT017 - either answer is right


def test_an_encrypted_file_is_said_to_be_encrypted():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    with pytest.raises(Unreadable, match="encrypted"):
        read_document(ole + "EncryptedPackage".encode("utf-16-le"), "docx")
    with pytest.raises(Unreadable, match="unsupported"):
        read_document(ole, "docx")


def test_a_huge_span_does_not_make_a_huge_grid():
    cell = tc(p(t("1")), '<w:gridSpan w:val="2000000000"/>')
    row = tr(cell, properties='<w:gridBefore w:val="99999999999999999999"/>')
    assert len(read(tbl(row)).tables[0].grid()) <= 63
