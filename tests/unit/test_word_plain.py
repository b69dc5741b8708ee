"""A plain cell is read in one go, and says what reading it piece by piece says."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given, settings
from lxml import etree

from parsers.formats.page.looks import Look
from parsers.formats.word.names import TC, W
from parsers.formats.word.plain import plain_text
from parsers.formats.word.silent import leave_out_silent
from parsers.formats.word.story import read_story

LOOKS = {"Hidden": Look(hidden=True)}
TEXTS = st.sampled_from(["", " ", "县 科技局", "12", "\uf0fe", "甲\n乙", "√"])
VALUES = st.sampled_from(["Hidden", "Wingdings", "宋体", "ffffff", "000000", "0", "1"])


def element(name, children=(), text=None, value=None):
    """Return one w: element."""
    made = etree.Element(W(name), {} if value is None else {W("val"): value, W("ascii"): value})
    made.text = text
    made.extend(children)
    return made


def of(*names, children=None):
    """Draw an element of one of the names."""
    return st.builds(
        element,
        st.sampled_from(names),
        st.just(()) if children is None else st.lists(children, max_size=4),
        value=st.none() | VALUES,
    )


RUN_MARKS = of("rFonts", "sz", "color", "vanish", "strike", "rStyle", "b")
MARKS = st.one_of(
    of("jc", "pStyle", "ind"),
    st.builds(element, st.just("rPr"), st.lists(of("del", "sz"), max_size=2)),
    st.builds(element, st.just("numPr"), st.lists(of("numId"), max_size=1)),
)
PIECES = st.one_of(
    st.builds(element, st.just("t"), text=TEXTS),
    st.builds(element, st.just("t"), text=TEXTS),
    of("tab", "br", "lastRenderedPageBreak", "drawing"),
)
RUNS = st.builds(
    lambda marks, pieces: element("r", [element("rPr", marks), *pieces] if marks else pieces),
    st.lists(RUN_MARKS, max_size=2),
    st.lists(PIECES, max_size=3),
)
PARTS = st.one_of(
    RUNS,
    RUNS,
    of("bookmarkStart", "proofErr"),
    of("hyperlink", "ins", "del", "sdtContent", "smartTag", "unknown", children=RUNS),
)
PARAGRAPHS = st.builds(
    lambda marks, parts: element("p", [element("pPr", marks), *parts] if marks else parts),
    st.lists(MARKS, max_size=2),
    st.lists(PARTS, max_size=3),
)
CELLS = st.builds(
    lambda blocks: element("tc", [element("tcPr", [element("tcW")]), *blocks]),
    st.lists(PARAGRAPHS | of("bookmarkEnd", "customXml"), max_size=3),
)


@settings(max_examples=60)
@given(CELLS, st.sampled_from([{}, LOOKS]))
def test_a_plain_cell_says_what_its_story_says(cell, looks):
    text = plain_text(cell, looks)
    if text is not None:
        story = read_story(cell, looks)
        assert (text, story.flags) == (story.text, set())


@settings(max_examples=60)
@given(CELLS, st.sampled_from([{}, LOOKS]))
def test_what_is_left_out_before_reading_says_nothing(cell, looks):
    before = read_story(cell, looks)
    leave_out_silent(cell)
    after = read_story(cell, looks)
    assert (before.text, before.flags) == (after.text, after.flags)


def test_a_cell_as_word_writes_it_is_plain():
    cell = etree.fromstring(
        '<w:tc xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:tcPr>'
        '<w:tcW w:w="2268" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:jc w:val="center"/><w:rPr>'
        '<w:sz w:val="28"/></w:rPr></w:pPr><w:proofErr w:type="spellStart"/><w:r><w:rPr>'
        '<w:rFonts w:hint="eastAsia"/><w:sz w:val="28"/></w:rPr><w:t>参加单位</w:t></w:r>'
        "<w:r><w:t xml:space='preserve"
        "'>（个）</w:t></w:r></w:p><w:p/></w:tc>"
    )
    assert cell.tag == TC
    assert plain_text(cell, LOOKS) == "参加单位（个）"
