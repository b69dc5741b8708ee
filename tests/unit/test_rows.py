"""Rows are printed as tables that fit into a terminal, with nothing cut."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.commands.rows import print_rows, shown
from bot.commands.screen import WIDE
from bot.commands.table import folded, table_lines

CELLS = st.lists(st.text(max_size=12).map(shown), min_size=3, max_size=3)
HEAD = ["mail", "发件人", "subject"]


def of_rich(rows, room):
    """Return the lines that rich makes of a table, the oracle."""
    made = Table(box=None, padding=(0, 1))
    for column in rows[0]:
        made.add_column(column, overflow="fold")
    for row in rows[1:]:
        made.add_row(*map(Text, row))
    console = Console(file=io.StringIO(), width=room, highlight=False, soft_wrap=True)
    console.print(made)
    return console.file.getvalue().splitlines()


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_a_table_that_fits_is_as_rich_makes_it(rows):
    lines = [line for row in table_lines([HEAD, *rows], WIDE) for line in row]
    assert lines == of_rich([HEAD, *rows], WIDE)


@pytest.mark.parametrize("room", [30, 44, 60])
def test_a_table_folded_at_a_terminal_is_as_rich_folds_it(room):
    rows = [
        HEAD,
        [
            "17",
            "wang.wu@kjj.example.cn",
            "Re: 统计表〔已收到：赤峰市科学技术局 情况统计表〕 [#6CN5]",
        ],
        ["18", "b@x.example.cn", "2023 年度 情况 统计表 报送"],
    ]
    lines = [line.rstrip() for row in table_lines(rows, room) for line in row]
    assert lines == [line.rstrip() for line in of_rich(rows, room)]


@given(st.lists(CELLS, min_size=1, max_size=5), st.integers(12, 80))
def test_no_line_is_wider_than_the_terminal(rows, room):
    for row in table_lines([HEAD, *rows], room):
        assert max(map(cell_len, row)) <= room


@given(st.text(alphabet="ab 表单", max_size=30), st.integers(2, 12))
def test_folding_takes_only_blanks(text, width):
    lines = folded(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(map(cell_len, lines)) <= width


def test_what_people_write_is_printed_as_it_is(capsys):
    print_rows([{"subject": "[b]表[/b] :warning:"}], as_json=False)
    assert capsys.readouterr().out == " subject             \n [b]表[/b] :warning: \n"


def test_a_row_too_wide_for_a_line_is_folded_and_nothing_is_cut(capsys):
    print_rows([{"a": "x" * 200, "b": "y" * 100}], as_json=False)
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= WIDE
    assert (out.count("x"), out.count("y")) == (200, 100)


def test_no_rows_are_a_sentence_or_nothing(capsys):
    print_rows([], as_json=False, empty="no mail is held")
    print_rows([], as_json=False)
    print_rows([], as_json=True, empty="no mail is held")
    assert capsys.readouterr().out == "no mail is held\n"
