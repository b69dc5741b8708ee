"""怎样报送: the page for the units says what the campaign says, and is a proper Word file."""

from __future__ import annotations

import io

import docx
import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from parsers.writing.handout import Grid, Line, write_handout
from rules.folder.load import SHIPPED, load_campaigns
from templates.guide import guide_blocks, guide_text

CAMPAIGNS = {campaign.id: campaign for campaign in load_campaigns(SHIPPED)}


@pytest.mark.parametrize("name", sorted(CAMPAIGNS))
def test_everything_owed_is_there_with_its_mailbox_and_whom_to_call(name):
    campaign, text = CAMPAIGNS[name], guide_text(CAMPAIGNS[name])
    for requirement in campaign.file.requirements:
        assert f"| {requirement.title} | {requirement.due.month}月{requirement.due.day}日" in text
    for said in (*campaign.file.mailboxes, *(c.name for c in campaign.file.contacts)):
        assert said in text
    assert campaign.file.organiser in text


def test_a_time_of_day_is_told_and_who_owes_it():
    text = guide_text(CAMPAIGNS["2023-sixian"])
    assert "5月30日（星期二）17:30前" in text
    assert "（名单中注明的单位报）" in text


def test_how_to_declare_nothing_is_told_only_where_it_is_allowed():
    assert "我单位没有重点项目" in guide_text(CAMPAIGNS["2023-neimenggu"])
    assert "我单位没有" not in guide_text(CAMPAIGNS["2023-taiyuan"])


def test_the_word_file_holds_the_same_lines_and_its_table():
    text = guide_text(CAMPAIGNS["2023-neimenggu"])
    page = docx.Document(io.BytesIO(write_handout(guide_blocks(text))))
    (table,) = page.tables
    assert [c.text for c in table.rows[0].cells] == ["材料", "截止时间", "要求"]
    assert len(table.rows) == 5
    assert all(p.text and p.text in text for p in page.paragraphs)
    assert "#" not in "".join(p.text for p in page.paragraphs)


def test_a_title_with_a_ruler_in_it_breaks_no_table():
    assert guide_blocks("| a | b |\n|---|---|\n| c | d |\n# e") == (
        Grid((("a", "b"), ("c", "d"))),
        Line("title", "e"),
    )


def test_the_command_writes_word_or_text_and_asks_which_campaign(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    words = ["guide", "--campaign", "2023-cis"]
    assert "怎样报送" in run(app, words).stdout
    assert run(app, [*words, "-o", "怎样报送.docx"]).exit_code == 0
    assert (tmp_path / "怎样报送.docx").read_bytes()[:2] == b"PK"
    assert "2023-cis" in str(run(app, ["guide"]).exception)
