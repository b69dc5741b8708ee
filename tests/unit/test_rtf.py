"""Rich Text Format as Word, WPS and LibreOffice write it."""

from __future__ import annotations

import pytest

from parsers.document import Cell, Document
from parsers.formats import read_document
from parsers.sniff import sniff
from parsers.unreadable import Unreadable
from tests.unit.text_samples import hexed, rtf, rtf_row, run


def read(body: str, head: str = "") -> Document:
    return read_document(rtf(body, head), "rtf")


def cells(document: Document, table: int = 0) -> list[tuple[int, int, int, int, str]]:
    found = document.tables[table].cells
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in found]


def cell(content: str) -> Cell:
    return read(rtf_row((4000, run("参加单位")), (8000, content))).tables[0].cells[1]


def test_paragraphs_and_a_table_have_their_places():
    document = read(
        run("情况统计表")
        + r"\par "
        + run("填报单位：赤峰市科学技术局")
        + r"\par\par "
        + rtf_row((2000, run("内容")), (5000, run("数量")))
        + rtf_row((2000, run("参加单位")), (5000, "36"))
        + r"\pard\plain "
        + run("填表人：王芳")
        + r"\par"
    )
    assert document.kind == "rtf"
    assert [p.text for p in document.paragraphs] == [
        "情况统计表",
        "填报单位：赤峰市科学技术局",
        "填表人：王芳",
    ]
    assert [(c.text, str(c.place)) for c in document.tables[0].cells] == [
        ("内容", "表1 第1行第1列"),
        ("数量", "表1 第1行第2列"),
        ("参加单位", "表1 第2行第1列"),
        ("36", "表1 第2行第2列"),
    ]


def test_edges_that_differ_by_rounding_are_one_column_and_wide_cells_span():
    document = read(
        rtf_row((2000, "a"), (5000, "b"), (8000, "c"))
        + rtf_row((2011, "d"), (7993, "e"))
        + rtf_row((1985, "f"), (5002, "g"), (8000, "h"))
    )
    assert cells(document) == [
        (1, 1, 1, 1, "a"),
        (1, 2, 1, 1, "b"),
        (1, 3, 1, 1, "c"),
        (2, 1, 1, 1, "d"),
        (2, 2, 1, 2, "e"),
        (3, 1, 1, 1, "f"),
        (3, 2, 1, 1, "g"),
        (3, 3, 1, 1, "h"),
    ]


def test_merged_cells_come_once_and_are_counted_in_each_row():
    document = read(
        rtf_row((2000, "组"), (5000, "一"), (8000, "1"), merges=(r"\clvmgf",))
        + rtf_row((2000, ""), (5000, "二"), (8000, "2"), merges=(r"\clvmrg",))
        + rtf_row((2000, "三"), (5000, "宽"), (8000, ""), merges=("", r"\clmgf", r"\clmrg"))
    )
    assert cells(document) == [
        (1, 1, 2, 1, "组"),
        (1, 2, 1, 1, "一"),
        (1, 3, 1, 1, "1"),
        (2, 2, 1, 1, "二"),
        (2, 3, 1, 1, "2"),
        (3, 1, 1, 1, "三"),
        (3, 2, 1, 2, "宽"),
    ]
    assert str(document.tables[0].cells[3].place) == "表1 第2行第2列"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (hexed("中国５月"), "中国５月"),
        (r"{\f13 \'d6\'d0}", "中"),
        (r"\'81@\'81\'5c", "丂乗"),  # second halves that are ASCII
        (r"{\f14 caf\'e9}", "café"),
        (r"\u20013\'d6\'d0\u22269\'b9\'fa", "中国"),
        (r"{\uc1\u20013?\u22269\'3f!}", "中国!"),
        (r"{\uc0\u20013\u22269}", "中国"),
        (r"{\uc1\u-28672?}", "退"),
        (r"{\uc1\u-10174?\u-8265?}", "𠮷"),
        (r"{\uc1{\u20013}?}", "中?"),  # stand-ins end with the group
        (r"a\~b\_c\-d\{e\}\\", "a\xa0b-cd{e}\\"),
        (r"a\emdash b\lquote c\rquote\tab d\line e", "a—b‘c’\td\ne"),
        (r"{\f2 \'fe}\'ca\'c7 {\f2 \'a8}", "☑是 □"),
        (r"{\f3 R}", "☑"),
        (r"{\uc1\f2\u-3842?}", "☑"),
        (r"\loch\af0\hich\af0\dbch\af13\loch 12\dbch \'cc\'a8", "12台"),
    ],
)
def test_characters(body, text):
    assert read(body).paragraphs[0].text == text


def test_a_file_that_names_no_code_page_is_read_by_its_fonts():
    data = rb"{\rtf1\ansi{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\f0\'d6\'d0}"
    assert read_document(data, "rtf").paragraphs[0].text == "中"


@pytest.mark.parametrize(
    ("content", "text", "flag"),
    [
        (r"88{\v " + hexed("（内部99）") + "}", "88", "hidden-left-out"),
        (r"{\strike 100}120", "120", "struck-left-out"),
        (r"{\striked1 100}120", "120", "struck-left-out"),
        (r"{\deleted 100}{\revised 120}", "120", "deleted-left-out"),
        (r"{\v\v0 88}", "88", None),
        (r"10{\super 2}m", "10²m", "superscript"),
        (r"120{\sub 1}", "120₁", "superscript"),
        (r"1{\cf2 88}", "188", "white-text half-white"),
        (r"{\cf2 88}", "88", "white-text"),
        (r"{\listtext\pard 1.\tab}" + hexed("讲座"), "讲座", "automatic-number"),
        (r"{\*\unknown 99}{\pict\wmetafile8 0102ff}{\*\shppict{\pict ff}}5", "5", None),
        (r"{\pict\bin5 {{{{{}5", "5", None),
        (r"{\field{\*\fldinst DATE}{\fldrslt 2023-6-9}}", "2023-6-9", None),
        (r'{\field{\*\fldinst SYMBOL 254 \\f "Wingdings" \\s 12}{\fldrslt\f2}}', "☑", None),
        (r"{\field{\*\fldinst eq \\o\\ac(" + hexed("□,√") + r")}{\fldrslt}}", "☑", None),
        (
            r"{\field{\*\fldinst EQ \\* jc2 \\o\\ad(\\s\\up 9(wuyun),"
            + hexed("乌云")
            + r")}{\fldrslt}}",
            "乌云",
            None,
        ),
        (
            r"{\field{\*\fldinst {FORMCHECKBOX}{{\*\formfield{\fftype1\ffres25\ffdefres1"
            r"{\*\ffname a}}}}}{\fldrslt }}" + hexed("同意"),
            "☑同意",
            None,
        ),
        (
            r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres0}}}{\fldrslt }}x",
            "□x",
            None,
        ),
        (
            r"{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl "
            + hexed("旗县")
            + r"}{\*\ffl "
            + hexed("自治区")
            + r"}}}}{\fldrslt}}",
            "自治区",
            None,
        ),
        (
            (
                r"{\shp{\*\shpinst\shpleft0{\sp{\sn a}{\sv b}}"
                r"{\shptxt \pard\plain 500\'c8\'cb\par}}"
                r"{\shprslt{\*\do x}}}"
            ),
            "500人",
            None,
        ),
        (r"a\par\par b", "a\n\nb", None),
        (r"{\header 99}{\footnote 99}{\*\bkmkstart a}5", "5", None),
    ],
)
def test_what_a_cell_shows(content, text, flag):
    found = cell(content)
    assert found.text == text
    assert found.flags == set((flag or "").split())


def test_a_nested_table_is_read_into_its_cell():
    inner = (
        r"\pard\intbl\itap2 {\'bc\'d7}\nestcell{\nonesttables\par}\pard\intbl\itap2 {\'d2\'d2}"
        r"\nestcell{\nonesttables\par}\pard\intbl\itap2 {\*\nesttableprops\trowd\trleft0"
        r"\cellx1000\cellx2000\nestrow}{\nonesttables\par}\pard\intbl "
    )
    plain = rtf_row((2000, "b"), (8000, "c"), (9000, "d"))
    document = read(rtf_row((2000, "a"), (8000, inner), (9000, "z")) + plain * 2)
    assert [c.text for c in document.tables[0].cells][:3] == ["a", "甲|乙", "z"]
    assert document.tables[0].cells[1].flags == {"nested-table"}
    assert len(document.tables) == 1
    framed = read(rtf_row((8000, inner)))
    assert [c.text for c in framed.tables[0].cells] == ["甲", "乙"]


def test_rows_of_careless_programs_are_rows():
    r"""No \\intbl, edges between the cells, no edges at all, edges that go backwards."""
    plain = (
        r"\trowd\cellx2000\cellx4000 a\cell b\cell\row\trowd\cellx2000\cellx4000 c\cell d\cell\row"
    )
    between = (
        r"\trowd\cellx2000 a\cell\cellx4000 b\cell\row\trowd\cellx2000 c\cell\cellx4000 d\cell\row"
    )
    without = r"\trowd\intbl a\cell b\cell\row\intbl c\cell d\cell\row"
    backwards = (
        r"\trowd\cellx0\cellx0\intbl a\cell b\cell\row\trowd\cellx0\cellx0\intbl c\cell d\cell\row"
    )
    wanted = [(1, 1, "a"), (1, 2, "b"), (2, 1, "c"), (2, 2, "d")]
    for body in (plain, between, without, backwards):
        (table,) = read(body).tables
        assert [(c.row, c.column, c.text) for c in table.cells] == wanted


def test_a_text_box_outside_tables_follows_its_paragraph():
    document = read(r"a{\shp{\*\shpinst{\shptxt " + hexed("盒子") + r"\par}}}b\par c\par")
    assert [p.text for p in document.paragraphs] == ["ab", "盒子", "c"]


def test_tracked_changes_are_said_of_the_document():
    assert read(r"{\deleted 100}{\revised 120}").flags == {"tracked-changes"}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"not rtf", "damaged"),
        (rtf(run("内容") + r"\par")[:-1], "damaged"),
        (rtf(run("内容") + r"\par")[:-20], "damaged"),
        (b"{\\rtf1" + b"{" * 5_000, "damaged"),
        (b"{\\rtf1 " + b"{\\shp{\\*\\shpinst{\\shptxt x" * 90 + b"}}}" * 90 + b"}", "damaged"),
        (b"{\\rtf1 " + b"x" * 10_000_001 + b"}", "too-large"),
        (b"{\\rtf1\\trowd\\cellx9 " + b"x\\cell " * 100_001 + b"}", "too-large"),
    ],
)
def test_what_cannot_be_read_is_typed(data, problem):
    with pytest.raises(Unreadable) as refusal:
        read_document(data, "rtf")
    assert refusal.value.problem == problem


def test_levels_that_no_document_has_cost_nothing():
    deep = rb"{\rtf1\trowd\cellx900\intbl\itap2000000000 x\nestcell{\*\nesttableprops\nestrow}\row}"
    assert isinstance(read_document(deep, "rtf"), Document)


def test_rtf_is_known_by_its_first_bytes():
    assert sniff(rtf("x"), "统计表.doc") == "rtf"


@pytest.mark.parametrize("escape", [rb"\'#f", rb"\'3", rb"\'g0"])
def test_an_escape_that_names_no_byte_is_damage(escape):
    with pytest.raises(Unreadable, match="damaged"):
        read_document(rb"{\rtf1\ansi " + escape + rb" 1200\par}", "rtf")
