"""Patterns written so that a long run of one character costs its length: they match as before."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.formats.markup import css
from parsers.formats.markup.visible import tidy
from parsers.message import cloud_links, typed
from rules import labels
from rules.notice.media import _rate
from rules.reader import pieces, titles

PLAINLY = {  # as one would write them, quadratic on a run
    "marks": (typed._MARKS, r"\s*[\t|｜│┃]\s*"),
    "size": (cloud_links._SIZE, r"(\d+(?:\.\d+)?\s*(?:[KMGT]B?|Bytes|字节))(?![A-Za-z])"),
    "group": (labels._AFTER_GROUP, r"\s*(?:[—–\-→>＞·]+|[:：/])\s*"),
    "declaration": (css._DECLARATION, r"([\w-]+)\s*:\s*((?:\"[^\"]*\"|'[^']*'|[^;\"'])*)"),
    "label": (
        pieces._NEXT_LABEL,
        (
            r"(?:\s{2,}|[\t 　])(?=[^\W\d][^\s:：]{1,15}[:：](?!//))"
            rf"|(?:\s{{2,}}|\t)(?={pieces._SPREAD}\s*[:：])"
            rf"|\s(?=(?:{pieces._KNOWN_SPREAD})\s*[:：])"
        ),
    ),
}
TEXTS = st.text(alphabet=" \t　\n|1.5MGB(（)）:：;\"'-—/a单位地址电话", max_size=40)


@pytest.mark.parametrize("name", PLAINLY)
@given(text=TEXTS)
@settings(max_examples=400, deadline=None)
def test_a_pattern_matches_what_its_plain_form_matches(name, text):
    quick, plain = PLAINLY[name]
    slow = re.compile(plain, quick.flags)
    assert [m.span() for m in quick.finditer(text)] == [m.span() for m in slow.finditer(text)]
    assert quick.split(text) == slow.split(text)


@given(text=TEXTS)
@settings(max_examples=400, deadline=None)
def test_tabs_swallow_the_spaces_around_them(text):
    lines = [re.sub(r" *\t[ \t]*", "\t", line).strip() for line in text.split("\n")]
    assert tidy(text) == re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


@given(name=st.text(alphabet="表单1 2(a)", max_size=20))
@settings(deadline=None)
def test_a_number_behind_a_title_is_none_of_it(name):
    bare = re.sub(r"\([^()]*\)$|\d+$", "", labels.squeeze(name))
    assert titles.names_a_form(name) == bare.endswith(("表", "单"))


_NAMED = re.compile(
    r"([^\n|]{1,200}?)\s*[(（]\s*\d+(?:\.\d+)?\s*[KMGT]B?\s*[,，)）]", re.IGNORECASE
)


@given(st.text(alphabet="a .单\n|(（)）1MG,", max_size=30))
@settings(max_examples=600, deadline=None)
def test_the_first_name_before_a_size_is_the_name(text):
    named = [m[1].strip() for m in _NAMED.finditer(text) if m[1].strip()]
    first = next(iter(cloud_links._before_sizes(text)), "").strip()
    assert first == (named[0] if named else "") or _IN_NAME.search(text)


_IN_NAME = re.compile(r"^\s*[(（]\s*\d|[|\n]\s*[(（]\s*\d")  # a size before which nothing stands


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        ("码率不低于50Mbps", (50.0, None)),
        ("码率50Mbps以上", (50.0, None)),
        ("码率不超过100Mbps", (None, 100.0)),
        ("码率≤12.5Mbps", (None, 12.5)),
        ("码率50-100Mbps", (50.0, 100.0)),
        ("码率8—12.5Mbps", (8.0, 12.5)),
        ("码率不低于8000kbps", (8.0, None)),
        ("码率50Mbps", (None, None)),
    ],
)
def test_a_bit_rate_of_several_digits_is_one_number(said, limits):
    assert _rate(said) == limits


LONG = 200_000


@pytest.mark.parametrize("char", [" ", "　", "\t", "1", "-", ":", "(", "1 ", "（"])
def test_a_run_of_one_character_costs_its_length(char):
    """Where this takes minutes, a pattern has become quadratic again."""
    text = f"x:{char * (LONG // len(char))}y："
    for quick, _ in PLAINLY.values():
        quick.split(text)
    tidy(text)
    list(cloud_links._before_sizes(text))
    _rate(text)
    titles.names_a_form(text)
