"""check-campaign names every mistake of one folder with file, line or cell, and remedy."""

from __future__ import annotations

import shutil

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.commands.offices import campaigns_of
from bot.commands.trouble import Trouble
from rules.folder.load import SHIPPED, campaign_folders, load_campaign, read_campaign
from rules.folder.problem import CampaignError
from tests.unit.roster_cells import write_column


@pytest.fixture
def folder(tmp_path):
    """Return a copy of a shipped campaign to spoil."""
    return shutil.copytree(SHIPPED / "2023-neimenggu", tmp_path / "2023-neimenggu")


def spoil(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def check(folder):
    result = CliRunner().invoke(app, ["check-campaign", str(folder)])
    return result.exit_code, result.output


def copy_form(folder, title):
    """Put a second form beside project that differs in its id and perhaps its title only."""
    text = (folder / "forms/project.yaml").read_text(encoding="utf-8")
    text = text.replace("id: project", "id: second", 1)
    own = "2023年内蒙古科技活动周活动项目备案表"
    (folder / "forms/second.yaml").write_text(text.replace(own, title or own, 1), encoding="utf-8")


@pytest.mark.parametrize("shipped", campaign_folders(SHIPPED), ids=lambda path: path.name)
def test_no_shipped_campaign_has_anything_to_mend(shipped):
    campaign, problems = read_campaign(shipped)
    assert campaign is not None
    assert problems == ()


def test_a_sound_folder_ends_with_its_counts_and_status_0(folder):
    status, output = check(folder)
    assert status == 0
    assert "4项材料，2张表，27个单位，0处错误，0处提醒" in output


def test_several_mistakes_are_told_at_once_each_with_line_and_remedy(folder):
    spoil(folder, "campaign.yaml", "due: 2023-05-12", "due: 2023-05-32")
    spoil(folder, "forms/statistics.yaml", "label: 下乡", "label: 上乡")
    status, output = check(folder)
    assert status == 1
    assert "campaign.yaml:15：requirements[1].due：“2023-05-32”不是日期" in output
    assert "空表statistics.docx上没有“上乡”这一栏" in output
    assert output.count("改法：") == 2


def test_no_such_folder_is_trouble():
    result = CliRunner().invoke(app, ["check-campaign", "no-such-folder"])
    assert isinstance(result.exception, Trouble)


def test_an_alias_of_two_fields_is_an_error_and_one_written_twice_a_warning(folder):
    spoil(folder, "forms/project.yaml", "aliases: [邮编]", "aliases: [邮编, 邮编]")
    status, output = check(folder)
    assert status == 0
    assert "提醒 2023-neimenggu/forms/project.yaml:" in output
    assert "“邮编”写了两次" in output
    spoil(folder, "forms/project.yaml", "aliases: [邮编, 邮编]", "aliases: [传真]")
    status, output = check(folder)
    assert status == 1
    assert "“传真”同时属于“postcode”和“fax”" in output


def test_two_forms_that_nothing_tells_apart_are_an_error_at_the_title_of_each(folder):
    copy_form(folder, None)
    status, output = check(folder)
    assert status == 1
    assert "forms/project.yaml:3：title：这张表和“second”分不开" in output
    assert "forms/second.yaml:3：title：这张表和“project”分不开" in output


def test_forms_alike_are_named_where_campaigns_share_a_mailbox_and_the_days(folder):
    other = folder.with_name("2023-other")
    shutil.copytree(folder, other)
    spoil(other, "campaign.yaml", "id: 2023-neimenggu", "id: 2023-other")
    status, output = check(other)
    assert status == 0
    assert "填好的表可能被认成2023-neimenggu的“project”" in output
    spoil(other, "campaign.yaml", "nmkepu@126.com", "kepu@example.cn")
    assert "0处提醒" in check(other)[1]


def test_a_blank_that_does_not_hold_its_form_is_named(folder):
    copy_form(folder, "2023年内蒙古科技活动周义诊登记表")
    status, output = check(folder)
    assert status == 1
    assert "上没有标题" in output


def test_a_roster_without_any_address_is_told_once(folder):
    write_column(folder / "roster.xlsx", "邮箱", None)
    campaign, problems = read_campaign(folder)
    assert campaign is not None
    assert [problem.code for problem in problems] == ["no-addresses"]
    assert load_campaign(folder).roster.units


def test_a_campaign_that_is_named_is_read_whatever_is_wrong_with_a_draft_beside_it(folder):
    draft = shutil.copytree(SHIPPED / "2023-taiyuan", folder.parent / "2023-taiyuan")
    spoil(draft, "campaign.yaml", "due:", "# due:")
    config = folder.parent / "shoubiao.toml"
    config.write_text('campaigns = "."\n', encoding="utf-8")
    assert [one.id for one in campaigns_of(config, folder.name)] == [folder.name]
    with pytest.raises(CampaignError):
        campaigns_of(config, None)
