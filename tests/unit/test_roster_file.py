"""A roster that came into force on one machine stands in the folders of all."""

from __future__ import annotations

import shutil
from copy import copy

import pytest

from bot.campaigns.reloading import reload
from bot.campaigns.roster_file import sha256_of
from bot.campaigns.shelf import Shelf
from rules.folder.load import SHIPPED
from tests.unit.made_office import CAMPAIGN, made


@pytest.fixture
def two(tmp_path, monkeypatch):
    """Open two machines' offices over one ledger that is as if it were shared."""
    for name in ("a", "b"):
        shutil.copytree(SHIPPED / CAMPAIGN, tmp_path / name / "campaigns" / CAMPAIGN)
    with made(tmp_path / "a", campaigns=tmp_path / "a/campaigns") as opened:
        first = opened.office
        monkeypatch.setattr(type(first.ledger), "is_shared", True)
        second = copy(first)
        there = {"data": tmp_path / "b", "campaigns": tmp_path / "b/campaigns"}
        second.settings = first.settings.model_copy(update=there)
        second.shelf = Shelf(tmp_path / "b/campaigns", tmp_path / "b/in-force")
        second.shelf.look()
        second.campaigns = second.shelf.campaigns
        for office in (first, second):
            reload(office)
        yield first, second


def file(office):
    return office.settings.campaigns / CAMPAIGN / "roster.xlsx"


def edit(office, name):
    """Save the roster with a unit of another name, as an admin does."""
    from openpyxl import load_workbook

    book = load_workbook(file(office))
    sheet = book.worksheets[0]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "赤峰市科学技术局")
    cell.value = name
    book.save(file(office))


def versions(office):
    return [row.number for row in office.ledger.rosters(CAMPAIGN)]


def test_an_edit_on_one_machine_reaches_the_other_and_is_one_version(two):
    first, second = two
    edit(first, "赤峰市科学技术和大数据局")
    reload(first)
    assert versions(first) == [1, 2]
    reload(second)
    assert file(second).read_bytes() == file(first).read_bytes()
    for office in (first, second, first):
        reload(office)
    assert versions(first) == [1, 2]
    names = {unit.name for unit in second.campaign(CAMPAIGN).roster.units}
    assert "赤峰市科学技术和大数据局" in names


def test_edits_on_both_machines_are_both_kept_and_the_last_is_in_force(two):
    first, second = two
    edit(first, "赤峰市科技一局")
    edit(second, "赤峰市科技二局")
    reload(first)
    reload(second)
    reload(first)
    assert versions(first) == [1, 2, 3]
    in_force = first.ledger.roster_in_force(CAMPAIGN)
    assert {sha256_of(file(office).read_bytes()) for office in two} == {in_force.sha256}


def test_a_machine_that_comes_later_takes_the_roster_in_force(two):
    first, second = two
    edit(first, "赤峰市科学技术和大数据局")
    reload(first)
    (second.settings.data / "in-force" / f"{CAMPAIGN}.roster").unlink()
    reload(second)
    assert file(second).read_bytes() == file(first).read_bytes()
    assert versions(first) == [1, 2]


def test_workers_judge_alike_when_their_folders_are_alike(two):
    first, second = two
    assert first.shelf.fingerprints == second.shelf.fingerprints
    path = second.settings.campaigns / CAMPAIGN / "campaign.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    reload(second)
    assert first.shelf.fingerprints != second.shelf.fingerprints
