"""Rows printed into a file or a pipe look as they do on a terminal of the same width."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.commands.rows import aligned, print_rows, shown, table
from bot.commands.screen import WIDE

CELLS = st.lists(st.text(max_size=12).map(shown), min_size=3, max_size=3)


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_lines_are_those_of_a_wide_terminal(rows):
    console = Console(file=io.StringIO(), width=WIDE, highlight=False, soft_wrap=True)
    console.print(table(["mail", "发件人", "subject"], rows))
    printed = console.file.getvalue()
    assert "\n".join((*aligned(["mail", "发件人", "subject"], *rows), "")) == printed


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
