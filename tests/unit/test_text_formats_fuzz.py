"""No damage makes a reader of a text format raise anything but Unreadable, or take long."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Document
from parsers.formats import read_document
from parsers.unreadable import Unreadable
from tests.unit.text_samples import (
    COVERED,
    excel_2003,
    mhtml,
    odf,
    odt_cell,
    odt_table,
    rtf,
    rtf_row,
    run,
    word_2003,
    zipped_odf,
)

PROBLEMS = {"damaged", "encrypted", "too-large", "unsupported"}
_TEXT = odf(
    '<text:p text:style-name="a">统计表<text:s text:c="3"/></text:p>'
    + odt_table(
        odt_cell("组", 'table:number-rows-spanned="2"') + odt_cell("一"),
        COVERED + odt_cell("36", 'table:number-columns-repeated="2"'),
    ),
    styles='<style:style style:name="a" style:parent-style-name="a" style:family="paragraph"/>',
)
_SHEET = odf(
    '<table:table table:name="a"><table:table-column table:number-columns-repeated="3"/>'
    '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="date"'
    ' office:date-value="2023-05-20" table:number-columns-spanned="2"><text:p>x</text:p>'
    '</table:table-cell><table:table-cell office:value-type="time" office:time-value="PT1H2M3S"/>'
    "</table:table-row></table:table>",
    "spreadsheet",
)
_PAGE = (
    "<style>.a{mso-number-format:'0%';display:none}</style><p>统计表</p><table><tr>"
    "<td rowspan=2 colspan=1>组<td class=a x:num='0.5'>1</tr><tr style='mso-xlrowspan:3'>"
    "<td><table><tr><td>甲</table><input type=checkbox checked>是</tr></table>"
)
SAMPLES = [
    ("odt", _TEXT.encode()),
    ("odt", zipped_odf(_TEXT)),
    ("ods", _SHEET.encode()),
    ("html", _PAGE.encode("gb18030")),
    ("mhtml", mhtml(("a.htm", "text/html", _PAGE.encode("gb18030")))),
    ("csv", '内容,"数\n量"\n参加,"1,200"\n'.encode("gb18030")),
    (
        "doc-xml",
        word_2003("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"),
    ),
    (
        "xls-xml",
        excel_2003(
            '<Row ss:Index="2"><Cell ss:MergeAcross="2"><Data ss:Type="DateTime">'
            "2023-05-20T00:00:00.000</Data></Cell></Row>"
        ),
    ),
    (
        "rtf",
        rtf(
            run("统计表")
            + r"\par"
            + rtf_row((2000, "a"), (4000, "b"), merges=(r"\clvmgf",))
            + rtf_row((2000, ""), (4000, r"{\uc1\u20013?}"), merges=(r"\clvmrg",))
        ),
    ),
]
_NUMBERS = (b"0", b"-1", b"9", b"65536", b"2147483648", b"99999999999999999999", b"x")


def answer(data: bytes, kind: str) -> Document | str:
    try:
        return read_document(data, kind)
    except Unreadable as unreadable:
        return unreadable.problem


def damaged(data: bytes, chance: random.Random) -> bytes:
    how = chance.randrange(4)
    start, size = chance.randrange(len(data)), chance.randint(1, 400)
    if how == 0:
        return data[:start]
    if how == 1:
        return data[:start] + data[start + size :]
    if how == 2:
        return data[:start] + data[start : start + size] * 2 + data[start:]
    flipped = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        flipped[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(flipped)


@pytest.mark.parametrize(("kind", "data"), SAMPLES)
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_file_is_read_or_typed(kind: str, data: bytes, seed: int):
    found = answer(damaged(data, random.Random(seed)), kind)
    assert isinstance(found, Document) or found in PROBLEMS


@pytest.mark.parametrize(
    ("kind", "data"), [sample for sample in SAMPLES if b"PK" not in sample[1][:2]]
)
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_numbers_that_make_no_sense_are_survived(kind: str, data: bytes, seed: int):
    chance = random.Random(seed)
    changed = re.sub(
        rb"(?<=[\"a-z'>])\d+",
        lambda found: chance.choice(_NUMBERS) if chance.random() < 0.3 else found[0],
        data,
    )
    found = answer(changed, kind)
    assert isinstance(found, Document) or found in PROBLEMS


_WORDS = [
    *(r"\trowd", r"\cellx900", r"\cellx-5", r"\cell", r"\row", r"\intbl", r"\itap2", r"\itap99"),
    *(r"\nestcell", r"{\*\nesttableprops", r"\nestrow", "{", "}", r"{\field", r"{\*\fldinst EQ"),
    *(r"{\fldrslt", r"\clvmgf", r"\clvmrg", r"\clmgf", r"\clmrg", r"{\shp{\*\shpinst{\shptxt"),
    *(r"\par", r"\u-10174 ", r"\'d6", r"\'", "abc", r"\uc9 ", r"\v", r"\deleted", r"{\listtext"),
    *(r"{\fonttbl", r"\f1", r"\fcharset134", r"\bin9 ", r"\pard", r"\plain", r"{\colortbl"),
    *(r"{\*\formfield\fftype2\ffres7", r"\cf7", r"\red255;", r"\trleft99999", r"\dbch\af3 "),
]


@settings(max_examples=300, deadline=None)
@given(words=st.lists(st.sampled_from(_WORDS), max_size=80))
def test_rtf_words_in_any_order_are_read_or_typed(words: list[str]):
    body = "".join(words)
    depth = body.count("{") - body.count("}")
    found = answer(rtf(body + "}" * max(depth, 0)), "rtf")
    assert isinstance(found, Document) or found in PROBLEMS


_TAGS = ["table", "tr", "td", "td rowspan=0", "td colspan=9", "p", "br", "b", "s", "col", "style"]


@settings(max_examples=200, deadline=None)
@given(tags=st.lists(st.tuples(st.sampled_from(_TAGS), st.booleans()), max_size=60))
def test_tags_in_any_order_are_read(tags: list[tuple[str, bool]]):
    html = "".join(f"</{tag.split()[0]}>" if ends else f"<{tag}>x" for tag, ends in tags)
    found = answer(b"<html>" + html.encode(), "html")
    assert isinstance(found, Document) or found in PROBLEMS
