"""What a look at the standings goes by is what the worker goes by, at any moment."""

from __future__ import annotations

import shutil

import pytest

from bot.campaigns.outlines import outlined
from bot.commands.offices import desk_of
from bot.settings import load_settings
from rules.folder.files import SHIPPED, campaign_folders
from tests.unit.operated import Operated

CAMPAIGN = "2023-neimenggu"


@pytest.fixture
def bot(tmp_path):
    """Make a deployment with a campaign of its own, looked at once."""
    shutil.copytree(SHIPPED / CAMPAIGN, tmp_path / "bot/campaigns" / CAMPAIGN)
    made = Operated(tmp_path / "bot", 'campaigns = "campaigns"')
    assert made.asks("status")[0] == 0
    return made


def outlines(bot):
    return outlined(load_settings(bot.config))


def edit(bot, old, new):
    path = bot.home / "campaigns" / CAMPAIGN / "campaign.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def dues(bot):
    rows = bot.asks("status")[1]
    return {row["requirement"]: row["due"] for row in rows if row.get("campaign")}


def test_the_outlines_are_the_shipped_campaigns_but_for_their_forms(tmp_path):
    with desk_of(Operated(tmp_path / "bot").config) as desk:
        loaded, outlines = desk.campaigns, outlined(desk.settings)
    assert len(outlines) == len(campaign_folders(SHIPPED))
    for whole, outline in zip(loaded, outlines, strict=True):
        assert outline.file == whole.file
        assert outline.roster.units == whole.on_file.units
        assert (outline.id, outline.folder) == (whole.id, whole.folder)


def test_an_edit_is_seen_at_once(bot):
    assert outlines(bot) is not None
    edit(bot, "2023-05-12", "2023-05-19")
    assert outlines(bot) is None
    assert dues(bot)["project"] == "2023-05-19"
    assert outlines(bot) is not None


def test_of_a_broken_edit_the_version_in_force_is_told(bot):
    edit(bot, "2023-05-12", "2023-05-99")
    assert dues(bot)["project"] == "2023-05-12"
    assert outlines(bot) is None


def test_another_file_of_the_folder_counts_too(bot):
    (form, *_) = sorted((bot.home / "campaigns" / CAMPAIGN / "forms").glob("*.yaml"))
    form.write_text(form.read_text(encoding="utf-8") + "# 注\n", encoding="utf-8")
    assert outlines(bot) is None


def test_another_program_or_other_mailboxes_read_the_folder_again(bot, monkeypatch):
    monkeypatch.setattr("bot.campaigns.outlines.__version__", "0")
    assert outlines(bot) is None
    monkeypatch.undo()
    text = bot.config.read_text(encoding="utf-8")
    more = text.replace('kind = "maildir"', f'kind = "maildir"\ncampaigns = ["{CAMPAIGN}"]')
    bot.config.write_text(more.replace("nmkepu@126.com", "other@126.com"), encoding="utf-8")
    assert outlines(bot) is None


@pytest.mark.parametrize("spoilt", ["", "{", "[]", '{"program": 1}', "\udc00"])
def test_an_outline_that_cannot_be_read_is_none(bot, spoilt):
    path = bot.home / f"data/in-force/{CAMPAIGN}.outline.json"
    path.write_bytes(spoilt.encode("utf-8", "surrogatepass"))
    assert outlines(bot) is None
    assert dues(bot)["project"] == "2023-05-12"
    assert outlines(bot) is not None


def test_a_folder_that_is_gone_is_outlined_no_more(bot):
    shutil.rmtree(bot.home / "campaigns" / CAMPAIGN)
    assert outlines(bot) == ()
