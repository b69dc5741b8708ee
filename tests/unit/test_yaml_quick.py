"""What libyaml reads quickly is what the pure reader reads; all else is left to the pure reader."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.folder.load import SHIPPED
from rules.folder.yaml_lines import Lined, parse_yaml
from rules.folder.yaml_pure import read_purely
from rules.folder.yaml_quick import read_quickly

FILES = sorted(SHIPPED.rglob("*.yaml"))
PIECES = st.sampled_from(
    [
        "a", "键", "1", "0471", "~", "null", "2023-06-15", "：", ":", ": ", "- ", "-", ",", ", ",
        "[", "]", "{", "}", "\n", "\n  ", "\n- ", "\n  - ", " #", "# 注", "'", '"', "|", ">", "? ",
        "&a ", "*a", "!", "<<: ", "\t", "\r\n", "\x85", "\u2028", "\ufeff", "---\n", "...\n", "%",
    ]
)  # fmt: skip


def purely(text):
    lined = Lined("x.yaml")
    read_purely(text, lined)
    return lined


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SHIPPED)))
def test_every_shipped_file_is_read_quickly_and_alike(path):
    text = path.read_text(encoding="utf-8")
    slow = purely(text)
    assert read_quickly(text) == (slow.data, slow.lines)
    assert not slow.problems


@given(st.lists(PIECES, max_size=14).map(lambda pieces: "a: 1\n" + "".join(pieces)))
@settings(max_examples=300, deadline=None)
def test_whatever_is_read_quickly_the_pure_reader_reads_alike(text):
    quick = read_quickly(text)
    slow = purely(text)
    assert quick is None or (quick == (slow.data, slow.lines) and not slow.problems)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "只有一句话",
        "- a\n- b\n",  # no mapping
        "a: 1\na: 2\n",  # a key twice
        "a: &x 1\nb: *x\n",
        "a: !!str 1\n",
        "a: 1\n--- \nb: 2\n",
        "a: 1\n...\n",
        "a:\t1\n",
        "a: 1\x85b: 2\n",
        "a: |# no\n",
        "a： 1\n",
        "? [a]\n: 1\n",
        "a: " + "[" * 40 + "]" * 40,
        "a: [" + "," * 60_000 + "]",
    ],
)
def test_what_is_wrong_or_unusual_is_left_to_the_pure_reader(text):
    assert read_quickly(text) is None


@pytest.mark.parametrize("opening", ["[", "- ", "? ", "{a: "])
def test_a_file_that_nests_without_end_is_a_problem_and_no_crash(opening):
    lined = parse_yaml("a:\n  " + opening * 100_000, Lined("deep.yaml"))
    assert [problem.code for problem in lined.problems] == ["yaml"]


def test_a_folded_text_is_one_line_without_marks_of_the_parser():
    lined = parse_yaml("# \ta tab\nnote: >\n  一行\n  又一行\n", Lined("x.yaml"))
    assert lined.data == {"note": "一行 又一行\n"}
