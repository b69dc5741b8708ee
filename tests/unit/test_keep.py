"""Backups are whole and become the same deployment again; what is purged leaves only numbers."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tomllib
from datetime import timedelta

import pytest

from bot.keeping.restoring import let_go_once, resettled
from bot.settings import load_settings
from bot.watch.presence import Presence
from rules.folder.load import SHIPPED
from state.ledger import Ledger
from tests.unit.operated import Operated, mail, statistics

CAMPAIGN = "2023-neimenggu"
STRANGER = "teacher@school.example.cn"


def deployed(home, more="", *, campaigns=False):
    """Return a deployment with an accepted, a returned and a held mail."""
    if campaigns:
        shutil.copytree(SHIPPED / CAMPAIGN, home / "all" / CAMPAIGN)
    bot = Operated(home, more)
    bot.put(mail("chifeng@kepu.example.cn", statistics("赤峰市科技局", "1,250"), name="1"))
    bot.put(mail("ordos@kepu.example.cn", statistics("鄂尔多斯市科学技术局", "约三五百"), name="2"))
    bot.put(mail(STRANGER, statistics("我们单位", 900), name="3"))
    bot.round()
    return bot


@pytest.fixture(scope="module")
def bot(tmp_path_factory):
    return deployed(tmp_path_factory.mktemp("kept"))


def dump(path):
    """Return every row of a ledger."""
    ledger = sqlite3.connect(path)
    names = [row[0] for row in ledger.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    rows = {name: ledger.execute(f"SELECT * FROM {name}").fetchall() for name in sorted(names)}
    ledger.close()
    return rows


def made(bot, place, *words):
    status, (told,), err = bot.asks("backup", "-o", place, *words)
    assert status == 0, err
    return told


def test_a_restored_backup_is_the_same_deployment(bot, tmp_path):
    told = made(bot, tmp_path / "backups")
    assert (told["whole"], told["mails"], told["archived"]) == (True, 3, 3)
    status, (done,), _ = bot.asks_plain("restore", told["backup"], "--into", tmp_path / "new")
    assert status == 0
    assert any("maildir" in line for line in done["todo"])
    assert dump(tmp_path / "new/data/ledger.db") == dump(bot.home / "data/ledger.db")
    assert (tmp_path / "new/data/ledger.db").stat().st_mode & 0o077 == 0
    again = Operated.at(tmp_path / "new")
    assert again.asks("trace", CAMPAIGN, "statistics.participants")[1][0]["total"] == 1250
    assert again.asks("verify")[:2][0] == 0
    assert load_settings(again.config).data == tmp_path / "new/data"


def test_a_restored_deployment_goes_on_where_the_backup_was_made(tmp_path):
    bot = deployed(tmp_path / "old")
    told = made(bot, tmp_path / "backups")
    bot.put(mail("baotou@kepu.example.cn", statistics("包头市科技局", 700), name="4"))
    bot.round()
    bot.asks_plain("restore", told["backup"], "--into", tmp_path / "new")
    again = Operated.at(tmp_path / "new")
    (tmp_path / "new/mail").symlink_to(tmp_path / "old/mail")
    again.round()
    with bot.office() as before, again.office() as after:
        ids = [{row.message_id for row in o.ledger.letters()} for o in (before, after)]
        assert ids[0] == ids[1]
        assert after.ledger.equation().complete


def test_a_backup_is_only_for_the_eyes_of_its_user(bot, tmp_path):
    told = made(bot, tmp_path / "backups", "--copy")
    modes = [p.stat().st_mode & 0o077 for p in (tmp_path / "backups").rglob("*")]
    assert modes
    assert not any(modes)
    assert not re.search("hunter2", str(told))


def test_links_and_copies_are_both_whole(bot, tmp_path):
    linked, copied = made(bot, tmp_path / "a"), made(bot, tmp_path / "b", "--copy")
    for told in (linked, copied):
        assert bot.asks("verify", told["backup"])[0] == 0


@pytest.mark.parametrize("what", ["ledger.db", "shoubiao.toml", "archive"])
def test_a_damaged_backup_is_not_believed_nor_restored(bot, tmp_path, what):
    told = made(bot, tmp_path / "backups", "--copy")
    place = tmp_path / "backups" / told["backup"].rsplit("/", 1)[1] / what
    place = next(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else place
    place.write_bytes(place.read_bytes()[:-1] + b"\0")
    status, (seen,), _ = bot.asks("verify", told["backup"])
    assert (status, seen["whole"]) == (1, False)
    status, _, err = bot.asks_plain("restore", told["backup"], "--into", tmp_path / "new")
    assert (status, "cannot be believed" in err) == (2, True)
    assert not (tmp_path / "new").exists()


def test_nothing_is_restored_over_anything(bot, tmp_path):
    told = made(bot, tmp_path / "backups")
    status, _, err = bot.asks_plain("restore", told["backup"], "--into", bot.home)
    assert (status, "is not empty" in err) == (2, True)


def test_no_backup_is_made_inside_what_it_copies(tmp_path):
    bot = Operated(tmp_path, 'campaigns = "campaigns"\n')
    shutil.copytree(SHIPPED / CAMPAIGN, tmp_path / "campaigns" / CAMPAIGN)
    status, _, err = bot.asks("backup", "-o", tmp_path / "campaigns" / "backups")
    assert (status, "keep backups elsewhere" in err) == (2, True)
    told = made(bot, tmp_path / "backups")
    assert bot.asks_plain("restore", told["backup"], "--into", tmp_path / "new")[0] == 0
    assert (tmp_path / "new/campaigns" / CAMPAIGN / "roster.xlsx").is_file()


def test_half_a_backup_is_no_backup(bot, tmp_path):
    half = tmp_path / "backups/shoubiao-20230607T000000Z.partial"
    half.mkdir(parents=True)
    status, _, err = bot.asks("verify", half)
    assert (status, "no finished backup" in err) == (2, True)
    made(bot, tmp_path / "backups", "--keep", 1)
    assert not half.exists()


def test_only_so_many_backups_are_kept(bot, tmp_path):
    place = tmp_path / "backups"
    for day in (1, 2, 3):
        old = place / f"shoubiao-2023060{day}T000000Z"
        old.mkdir(parents=True)
        (old / "manifest.json").write_text("{}")
    told = made(bot, place, "--keep", 2)
    assert len(told["deleted"]) == 2
    assert min(p.name for p in place.iterdir()) == "shoubiao-20230603T000000Z"


@pytest.mark.parametrize(
    "given",
    [
        'data = "/var/lib/shoubiao"\nlog = "json"\n[[accounts]]\naddress = "a@126.com"\n',
        '# data = "x"\ncampaigns="/srv/c" # ours\ndata = "data"\n',
        'ledger_url = "sqlite:////var/lib/x.db"\n[reading]\nchildren = 2\n',
        "",
        '[[accounts]]\naddress = "data@126.com"\ndata_of = "data"\n',
    ],
)
def test_restored_settings_name_no_folder_of_the_old_deployment(given):
    after, before = tomllib.loads(resettled(given)), tomllib.loads(given)
    assert after["data"] == "data"
    assert after.get("campaigns") == ("campaigns" if "campaigns" in before else None)
    assert "ledger_url" not in after
    kept = {k: v for k, v in before.items() if k not in {"data", "campaigns", "ledger_url"}}
    assert kept.items() <= after.items()


def test_a_ledger_on_a_server_is_dumped_without_its_password_on_the_command_line(tmp_path):
    ledger = Ledger("postgresql+psycopg://bot:hunter2@db.example.cn:5433/shoubiao")
    command, secrets = ledger.dump_command(tmp_path / "ledger.dump")
    assert command[0] == "pg_dump"
    assert "-Fc" in command
    assert "hunter2" not in " ".join(command)
    assert secrets == {"PGPASSWORD": "hunter2"}


def test_verify_finds_a_raw_mail_that_is_lost(tmp_path):
    bot = deployed(tmp_path)
    assert bot.asks("verify")[0] == 0
    victim = next((tmp_path / "data/archive").glob("??/*"))
    victim.unlink()
    status, (told,), _ = bot.asks("verify")
    assert (status, told["whole"]) == (1, False)
    assert "raw bytes" in told["faults"][0]


def test_a_campaign_is_kept_until_its_retention_is_over(tmp_path):
    bot = deployed(tmp_path, "keep_days = 20000\n")
    status, _, err = bot.says("purge", CAMPAIGN, "--yes")
    assert (status, "is kept until" in err) == (2, True)
    with bot.office() as office:
        assert all(row.purged_at is None for row in office.ledger.mails())


def test_a_purge_only_counts_until_it_is_told_to(tmp_path):
    bot = deployed(tmp_path, "keep_days = 0\n")
    before = dump(tmp_path / "data/ledger.db")
    status, (told,), _ = bot.asks("purge", CAMPAIGN)
    assert (status, told["mails"], told["held"], told["done"]) == (0, 3, 1, False)
    assert dump(tmp_path / "data/ledger.db") == before


def test_a_purge_leaves_numbers_and_standings_and_nothing_that_people_wrote(tmp_path):
    bot = deployed(tmp_path, "keep_days = 0\n")
    with bot.office() as office:
        standings = office.ledger.standings(CAMPAIGN)
        equation = office.ledger.equation()
    total = bot.asks("trace", CAMPAIGN, "statistics.participants")[1][0]
    assert bot.asks("purge", CAMPAIGN, "--yes")[0] == 0
    assert bot.asks("trace", CAMPAIGN, "statistics.participants")[1][0] == total
    with bot.office() as office:
        assert office.ledger.standings(CAMPAIGN) == standings
        assert office.ledger.equation() == equation
        assert [row.action for row in office.ledger.audits()] == ["purge"]
        assert list(office.archive.hashes()) == []
    left = b"".join(p.read_bytes() for p in (tmp_path / "data").glob("ledger.db*"))
    for trace in (
        STRANGER,
        "chifeng@kepu.example.cn",
        "统计表.docx",
        "约三五百",
        "school.example.cn",
    ):
        assert trace.encode() not in left, trace
    assert bot.asks("verify")[0] == 0
    assert bot.asks("purge", CAMPAIGN, "--yes")[1][0]["mails"] == 0


def copied(data):
    """Leave what an upgrade and a rehearsal leave beside the ledger."""
    (data / "rehearsal").mkdir()
    (data / "pages").rename(data / "rehearsal/pages")
    (data / "rehearsal/since").write_text("2023-06-01 2023-06-02", encoding="utf-8")
    for copy in ("ledger-0007-before-0008.db", "rehearsal/ledger.db"):
        shutil.copy(data / "ledger.db", data / copy)


def test_a_purge_reaches_the_rehearsal_and_the_ledgers_that_upgrades_kept(tmp_path):
    bot = deployed(tmp_path, "keep_days = 0\n")
    copied(tmp_path / "data")
    counted = bot.asks("purge", CAMPAIGN)[1][0]
    assert (counted["ledger_copies"], counted["rehearsal"]) == (1, True)
    assert (tmp_path / "data/rehearsal/ledger.db").exists()
    assert bot.asks("purge", CAMPAIGN, "--yes")[0] == 0
    left = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert not [path for path in left if STRANGER.encode() in path.read_bytes()]
    assert (tmp_path / "data/rehearsal/since").exists()
    again = bot.asks("purge", CAMPAIGN)[1][0]
    assert (again["ledger_copies"], again["rehearsal"]) == (0, False)


def test_no_purge_takes_the_folder_of_a_rehearsal_that_goes_on_nor_a_rehearsal_for_all(tmp_path):
    bot = deployed(tmp_path, "keep_days = 0\n")
    worker = Presence(tmp_path / "data/rehearsal/workers", "w1")
    worker.begin()
    status, _, err = bot.says("purge", CAMPAIGN, "--yes")
    worker.end()
    assert (status, "a rehearsal goes on" in err) == (2, True)
    bot.config.write_text("rehearse = true\n" + bot.config.read_text("utf-8"), encoding="utf-8")
    status, _, err = bot.says("purge", CAMPAIGN, "--yes")
    assert (status, "take out rehearse" in err) == (2, True)


def test_a_campaign_whose_folder_is_gone_can_still_be_forgotten(tmp_path):
    bot = deployed(tmp_path, 'keep_days = 0\ncampaigns = "all"\n', campaigns=True)
    shutil.rmtree(tmp_path / "all" / CAMPAIGN)
    assert list((tmp_path / "data/in-force").glob("*.zip"))
    status, (told,), _ = bot.asks("purge", CAMPAIGN, "--yes")
    assert (status, told["mails"], told["done"]) == (0, 3, True)
    assert not list((tmp_path / "data/in-force").glob(f"{CAMPAIGN}.*"))
    with bot.office() as office:
        assert all(row.purged_at is not None for row in office.ledger.mails(campaign=CAMPAIGN))
    assert bot.says("purge", "never-was", "--yes")[0] == 2


def test_a_ledger_loaded_after_a_restore_lets_go_of_the_old_workers_hand_once(bot, tmp_path):
    shutil.copytree(bot.home, tmp_path / "new")
    again = Operated.at(tmp_path / "new")
    (tmp_path / "new/data/restored").touch()
    with again.office() as office:
        now = office.clock.now()
        (held,) = office.ledger.held()
        assert office.ledger.retry_mail(held.id, "somebody", now)
        assert office.ledger.claim_mail("gone-1", now, timedelta(hours=1))
        assert office.ledger.claim_mail("new-1", now, timedelta(hours=1)) is None
        assert let_go_once(office)
        assert not let_go_once(office)
        assert office.ledger.claim_mail("new-1", now, timedelta(hours=1)).attempts == 1


def test_a_purged_mail_has_nothing_left_to_show_export_or_judge(tmp_path):
    bot = deployed(tmp_path, "keep_days = 0\n")
    bot.says("purge", CAMPAIGN, "--yes")
    status, (row,), _ = bot.asks("held", "show", 3)
    assert (status, row["raw"], row["from"]) == (0, None, None)
    status, _, err = bot.says("held", "export", 3)
    assert (status, "was purged" in err) == (2, True)
    status, _, err = bot.says("held", "assign", 3, "chifeng")
    assert (status, "purged" in err) == (2, True)


def test_the_workbook_of_a_purged_campaign_can_still_be_made(tmp_path):
    bot = deployed(tmp_path, "keep_days = 0\n")
    bot.says("purge", CAMPAIGN, "--yes")
    assert bot.says("export", CAMPAIGN, "-o", tmp_path / "r.xlsx")[0] == 0
