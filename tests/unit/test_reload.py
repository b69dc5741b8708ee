"""Edits of campaign folders take effect while the worker runs; broken ones never do."""

from __future__ import annotations

import os
import shutil
from email import message_from_bytes
from email.policy import default
from string import Formatter

import pytest

from bot.campaigns.reloading import reload
from bot.campaigns.shelf import Shelf
from bot.clock import SimulatedClock
from bot.office import open_office
from bot.settings import Account, Settings
from bot.worker import Worker
from rules.folder.load import SHIPPED
from rules.folder.problem import CampaignError
from rules.folder.sentences import SENTENCES
from templates import words
from tests.unit.made_office import at

NEIMENGGU, SIXIAN = "2023-neimenggu", "2023-sixian"
MAILBOX = "nmkepu@126.com"


@pytest.fixture
def root(tmp_path):
    """Return a folder with copies of two shipped campaigns."""
    for name in (NEIMENGGU, SIXIAN):
        shutil.copytree(SHIPPED / name, tmp_path / "campaigns" / name)
    return tmp_path / "campaigns"


def open_at(root, **more):
    account = Account(
        address=MAILBOX,
        kind="maildir",
        maildir=root.parent / "mail",
        provider="custom",
        smtp={"host": "127.0.0.1", "port": 2525, "tls": "plain"},
    )
    given = {"admin": ("admin@example.cn",)} | more
    settings = Settings(data=root.parent / "data", campaigns=root, accounts=(account,), **given)
    return open_office(settings, SimulatedClock(at(5, 10)))


@pytest.fixture
def office(root):
    with open_at(root) as opened:
        yield opened


def edit(root, old, new, name=NEIMENGGU):
    path = root / name / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def spoil(root, name=NEIMENGGU):
    edit(root, "due: 2023-0", "due: 2023-9", name)


def letters(office):
    return office.ledger.letters(kind="campaign-broken")


def text_of(office, row):
    message = message_from_bytes(office.ledger.letter_raw(row.id), policy=default)
    return message.get_body(("plain",)).get_content()


def test_an_edit_is_in_force_after_the_next_look(office, root):
    edit(root, "due: 2023-05-12", "due: 2023-05-16")
    before = office.campaigns
    reload(office)
    assert office.campaign(NEIMENGGU).requirement("project").due.day == 16
    assert before[0].requirement("project").due.day == 12
    assert office.campaign(SIXIAN) is before[1]  # untouched folders are not read again


def test_a_file_saved_again_as_it_was_changes_nothing(office, root):
    before = office.campaigns
    os.utime(root / NEIMENGGU / "campaign.yaml", (1, 1))
    assert not office.shelf.look()
    assert all(a is b for a, b in zip(before, office.campaigns, strict=True))


def test_a_broken_edit_leaves_the_old_version_in_force_and_tells_the_admin_once(office, root):
    spoil(root)
    reload(office)
    assert not letters(office)  # it may be half saved
    for _ in range(3):
        reload(office)
    assert office.campaign(NEIMENGGU).requirement("project").due.day == 12
    (row,) = letters(office)
    assert row.recipients == ("admin@example.cn",)
    text = text_of(office, row)
    assert "2023-neimenggu/campaign.yaml　第15行" in text
    assert "“2023-95-12”不是日期" in text
    assert "写成2023-06-15这样" in text
    assert "现在仍按改动前的内容收表" in text


def test_other_mistakes_are_another_letter_and_the_same_again_none(office, root):
    spoil(root)
    reload(office), reload(office)
    edit(root, "due: 2023-9", "due: 2023-0")
    reload(office)
    assert not office.shelf.broken
    spoil(root)
    reload(office), reload(office)
    assert len(letters(office)) == 1
    edit(root, "organiser:", "organizer:")
    reload(office), reload(office)
    assert len(letters(office)) == 2
    assert "“organizer”" in text_of(office, letters(office)[1])


def test_without_admins_the_campaigns_coordinators_are_told(root):
    with open_at(root, admin=()) as office:
        spoil(root)
        reload(office), reload(office)
        assert [row.recipients for row in letters(office)] == [("kepu-coordinator@example.cn",)]


def test_a_new_folder_appears_and_a_removed_one_disappears(office, root):
    shutil.copytree(SHIPPED / "2023-taiyuan", root / "2023-taiyuan")
    shutil.rmtree(root / SIXIAN)
    reload(office)
    assert [campaign.id for campaign in office.campaigns] == [NEIMENGGU, "2023-taiyuan"]


def test_a_folder_whose_campaign_file_is_gone_is_broken_not_removed(office, root):
    (root / NEIMENGGU / "campaign.yaml").unlink()
    reload(office), reload(office)
    assert office.campaign(NEIMENGGU) is not None
    assert "找不到这个文件" in text_of(office, letters(office)[0])


def test_a_disk_that_went_away_takes_no_campaign_with_it(office, root):
    root.rename(root.with_name("elsewhere"))
    reload(office)
    assert len(office.campaigns) == 2


def test_one_broken_campaign_does_not_stop_the_others_at_start(root):
    spoil(root)
    with open_at(root) as office:
        assert [campaign.id for campaign in office.campaigns] == [SIXIAN]
        reload(office)
        assert "这次征集还没有开始收" in text_of(office, letters(office)[0])


def test_mail_for_a_broken_campaign_waits_in_its_mailbox_until_it_is_mended(root):
    spoil(root)
    with open_at(root) as office:
        assert office.waits_for_mending(MAILBOX)
        edit(root, "due: 2023-9", "due: 2023-0")
        reload(office)
        assert not office.waits_for_mending(MAILBOX)


def test_the_version_in_force_outlives_a_restart_with_a_broken_edit(root):
    open_at(root).__exit__(None, None, None)
    spoil(root)
    with open_at(root) as again:
        assert again.campaign(NEIMENGGU).requirement("project").due.day == 12
        assert not again.waits_for_mending(MAILBOX)
        reload(again)
        assert "现在仍按改动前的内容收表" in text_of(again, letters(again)[0])


def test_when_no_campaign_loads_the_start_fails_with_every_problem(root):
    spoil(root)
    spoil(root, SIXIAN)
    with pytest.raises(CampaignError) as caught:
        open_at(root)
    assert {problem.file.split("/")[0] for problem in caught.value.problems} == {NEIMENGGU, SIXIAN}


def test_work_in_hand_goes_on_with_the_campaigns_it_began_with(office, root):
    at_hand = office.at_hand()
    edit(root, "due: 2023-05-12", "due: 2023-05-16")
    reload(office)
    assert at_hand.campaign(NEIMENGGU).requirement("project").due.day == 12
    assert at_hand.ledger is office.ledger


def test_the_workers_tick_looks_at_the_folders(office, root):
    edit(root, "due: 2023-05-12", "due: 2023-05-16")
    Worker(office).tick()
    assert office.campaign(NEIMENGGU).requirement("project").due.day == 16


def test_what_an_editor_leaves_beside_the_files_is_no_change(tmp_path):
    root = tmp_path / "campaigns"
    shutil.copytree(SHIPPED / SIXIAN, root / SIXIAN)
    shelf = Shelf(root, tmp_path / "kept")
    assert shelf.look()
    (root / SIXIAN / "forms" / "~$statistics.docx").write_bytes(b"lock")
    (root / SIXIAN / "campaign.yaml~").write_text("id: old")
    assert not shelf.look()
    assert not shelf.broken


def test_every_problem_of_a_campaign_folder_has_its_words_in_the_letter():
    said = words.load("problems.yaml")
    assert said.keys() - {"suggestions", "line", "comment"} == SENTENCES.keys()
    for code, english in SENTENCES.items():
        assert names_in(said[code]) <= names_in(english), code


def names_in(texts):
    parsed = (part for text in texts for part in Formatter().parse(text))
    return {name for _, name, _, _ in parsed if name}
