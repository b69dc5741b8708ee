"""Every letter can be looked at with sample data, of any campaign, before anybody gets it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.commands.trouble import Trouble
from rules.folder.load import SHIPPED, load_campaigns
from templates.previews import PREVIEWS, preview
from templates.render import LETTERS
from templates.words import load

CAMPAIGNS = load_campaigns(SHIPPED)


def shoubiao(*args):
    return CliRunner().invoke(app, ["preview", *map(str, args)])


def test_every_letter_has_a_preview_and_every_preview_a_letter():
    assert {one.kind for one in PREVIEWS} == {letter.kind for letter in LETTERS}
    names = [one.name for one in PREVIEWS]
    assert len(set(names)) == len(names)


def test_every_letter_has_a_word_it_is_listed_under():
    assert {letter.kind for letter in LETTERS} <= set(load("words.yaml")["letter_kinds"])


@pytest.mark.parametrize("campaign", CAMPAIGNS, ids=lambda campaign: campaign.id)
def test_every_campaign_can_be_previewed_and_stands_in_its_own_letters(campaign):
    for one in PREVIEWS:
        letter = preview(one.name, campaign)
        assert letter.subject
        assert "{{" not in letter.html + letter.text
        if one.kind in {"receipt", "correction", "reminder", "unrecognised"}:
            assert campaign.file.organiser in letter.text


def test_without_a_name_the_letters_are_listed():
    listed = shoubiao()
    assert listed.exit_code == 0
    assert all(one.name in listed.output for one in PREVIEWS)
    assert "回执" in listed.output


def test_a_letter_is_printed_as_text_with_its_subject_and_attachments():
    shown = shoubiao("correction", "--campaign", "2023-taiyuan")
    assert shown.exit_code == 0
    assert "请更正" in shown.output
    assert "太原市科学技术局国际合作办公室" in shown.output
    assert "  + 开展情况统计表（已标注）.docx" in shown.output


def test_a_page_is_written_and_nothing_else_printed_unless_the_text_is_asked_for(tmp_path):
    page = tmp_path / "letter.html"
    assert shoubiao("receipt", "-o", page).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "您好" in shoubiao("receipt", "-o", page, "--text").output


def test_an_unknown_letter_is_told_with_the_known_ones():
    asked = shoubiao("reciept")
    assert isinstance(asked.exception, Trouble)
    assert "receipt" in str(asked.exception)
