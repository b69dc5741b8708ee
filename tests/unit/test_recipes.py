"""What README.md and the manual tell an admin to do in three lines, done as it is written."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot.__main__ import app
from rules.commands.command import Command, Verb
from rules.commands.resolve import Resolved, resolve
from rules.commands.said import read_said
from rules.folder.load import SHIPPED, load_campaign
from tests.unit.typed_blanks import as_docx

ROOT = Path(__file__).parents[2]
ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8").split("# 使用说明", 1)[0]
CHINESE = (ROOT / "rules/ADMINS.zh.md").read_text(encoding="utf-8")
ORDERS = (ROOT / "templates/COORDINATORS.zh.md").read_text(encoding="utf-8")
BLANK = (
    "走访登记表",
    "填报单位：",
    (("走访企业（家）", "", "走访人员", ""), ("走访日期", "", "解决问题（个）", "")),
)


def shoubiao(line):
    """Run a command of a document; nothing may be wrong with the folder afterwards."""
    words = shlex.split(line)
    assert words[0] == "shoubiao"
    done = CliRunner().invoke(app, words[1:], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def written(part, pattern):
    """Return the one code of a document that has a pattern."""
    (found,) = {code for code in re.findall(r"`([^`\n]+)`", part) if re.search(pattern, code)}
    return found


@pytest.fixture(scope="module")
def renewed(tmp_path_factory):
    """Make next year's campaigns as the documents do, once: it takes seconds."""
    home = tmp_path_factory.mktemp("renewed")
    with pytest.MonkeyPatch.context() as there:
        there.chdir(home)
        shoubiao(re.search(r"\n(shoubiao renew .*)\n", CHINESE)[1])
        (renew,) = re.findall(r"`(shoubiao renew 2023-neimenggu [^`]*)`", ENGLISH)
        shoubiao(renew)
    return home


@pytest.fixture
def folder(renewed, tmp_path, monkeypatch):
    """Stand where the documents do, with a copy of next year's campaigns."""
    shutil.copytree(renewed / "campaigns", tmp_path / "campaigns")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "campaigns/2024-taiyuan"


def check(part, folder):
    line = written(part, "^shoubiao check-campaign (?:DIR|campaigns)")
    assert "0处错误，0处提醒" in shoubiao(line.replace("DIR", str(folder)))


def replaced(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("part", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_a_form_is_added(part, folder, tmp_path):
    learn = written(part, "^shoubiao learn .*-o (?:DIR|campaigns)").replace("DIR", str(folder))
    (tmp_path / learn.split()[2]).write_bytes(as_docx(BLANK, typed=False))
    shoubiao(learn)
    line = written(part, "form: visits")
    replaced(folder / "campaign.yaml", "requirements:\n", f"requirements:\n  {line}\n")
    check(part, folder)
    campaign = load_campaign(folder)
    assert campaign.requirement("visits").due == date(2024, 6, 15)
    assert campaign.forms["visits"].field("company").unit == "家"


@pytest.mark.parametrize("part", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_another_name_of_a_field_is_added(part, tmp_path):
    folder = shutil.copytree(SHIPPED / "2023-neimenggu", tmp_path / "2023-neimenggu")
    path = folder / "forms/statistics.yaml"
    label = re.search(
        r"(?m)^    label: 参加活动人员\n(?:    aliases: .*\n)?", path.read_text("utf-8")
    )
    aliases = written(part, "^aliases:")
    replaced(path, label[0], f"    label: 参加活动人员\n    {aliases}\n")
    check(part, folder) if part is ENGLISH else None
    field = load_campaign(folder).forms["statistics"].field("participants")
    assert field.aliases == ("参加活动人数", "参与人数")


def test_a_unit_is_added(folder):
    book = load_workbook(folder / "roster.xlsx")
    sheet = book.worksheets[0]
    column = {cell.value: cell.column for cell in sheet[1]}
    row = sheet.max_row + 1
    for heading, text in (
        ("编号", "kepuguan"),
        ("单位", "太原市科普馆"),
        ("邮箱", "kpg@example.cn"),
    ):
        sheet.cell(row, column[heading], text)
    others = next(name for name in column if name and name.startswith("简称"))
    sheet.cell(row, column[others], "市科普馆")
    book.save(folder / "roster.xlsx")
    check(ENGLISH, folder)
    unit = load_campaign(folder).roster.get("kepuguan")
    assert (unit.name, unit.aliases) == ("太原市科普馆", ("市科普馆",))


@pytest.mark.parametrize("part", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_a_deadline_is_moved_for_all_and_for_one(part, folder):
    due, clock = written(part, r"^due: \d"), written(part, "^due_time:")
    replaced(folder / "campaign.yaml", "due: 2024-06-10", f"{due}\n    {clock}")
    book = load_workbook(folder / "roster.xlsx")
    sheet = book.worksheets[0]
    column = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, column["展期至"], "2024-06-20")
    book.save(folder / "roster.xlsx")
    check(part, folder)
    campaign = load_campaign(folder)
    moved = next(r for r in campaign.file.requirements if r.due == date(2024, 6, 15))
    assert str(moved.due_time) == "17:30:00"
    assert set(campaign.roster.units[0].extended.values()) == {date(2024, 6, 20)}


def test_a_letter_and_the_page_for_the_units_are_looked_at(folder, tmp_path):
    (tmp_path / "shoubiao.toml").write_text('campaigns = "campaigns"\n', encoding="utf-8")
    shoubiao(written(CHINESE, "^shoubiao preview"))
    shoubiao(written(CHINESE, "^shoubiao guide").replace("2025-gonghui", folder.name))
    assert "2024年" in (tmp_path / "回执.html").read_text(encoding="utf-8")
    assert (tmp_path / "怎样报送.docx").read_bytes()[:2] == b"PK"


def test_every_order_in_the_manual_is_understood_as_written():
    """暂停、恢复 stand in one row: each word is an order."""
    rows = re.findall(
        r"^\| ([^|]+) \| [^|]+ \|$", ORDERS.split("| 主题 | 作用 |", 1)[1], re.MULTILINE
    )
    orders = [one for row in rows[:12] for one in row.split("、")]
    campaign = load_campaign(SHIPPED / "2023-neimenggu")
    told = [resolve(read_said(order, ""), campaign, date(2023, 5, 20)) for order in orders]
    assert len(told) == 16
    assert [one for one in told if not isinstance(one, Resolved) or one.left] == []
    assert told[5].command == Command(
        Verb.EXTEND, unit="chifeng", requirement="statistics", day=date(2023, 6, 20)
    )
