"""Every command works on raw mails in a bucket as in a folder, and its outages lose none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.checkup.remembered import bucket
from bot.checkup.scene import Scene
from bot.clock import Clock
from bot.settings import load_settings
from bot.watch.bucket import ALERT, watch_bucket
from state import objects
from tests.servers.fault_proxy import FaultProxy
from tests.servers.objects import KEYS, NAME
from tests.servers.objects import objects as an_object_store
from tests.unit.operated import Operated, mail, statistics

CAMPAIGN = "2023-neimenggu"
STRANGER = "teacher@school.example.cn"


@pytest.fixture(scope="module")
def store():
    with an_object_store() as bucket:
        yield bucket


@pytest.fixture
def settings(store, tmp_path, monkeypatch):
    """Return settings that keep raw mails in the store, under a prefix of the test's own."""
    monkeypatch.setenv("SHOUBIAO_S3__ACCESS_KEY", KEYS["access_key"])
    (tmp_path / "secret").write_text(KEYS["secret_key"] + "\n")
    monkeypatch.setenv("SHOUBIAO_S3__SECRET_KEY_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("SHOUBIAO_S3__ENDPOINT", store.endpoint)
    monkeypatch.setenv("SHOUBIAO_COMMAND_KEY", "invented-command-key")
    waits = {"init_backoff": timedelta(milliseconds=10), "max_backoff": timedelta(milliseconds=50)}
    monkeypatch.setattr(objects, "RETRY", objects.RETRY | {"backoff": waits})
    return f'keep_days = 0\narchive = "s3://{NAME}/{tmp_path.name}"\n'


def deployed(home, settings):
    bot = Operated(home, settings)
    bot.put(mail("chifeng@kepu.example.cn", statistics("赤峰市科技局", "1,250"), name="1"))
    bot.put(mail("ordos@kepu.example.cn", statistics("鄂尔多斯市科学技术局", "约三五百"), name="2"))
    bot.put(mail(STRANGER, statistics("我们单位", 900), name="3"))
    bot.round()
    return bot


def test_the_commands_work_on_raw_mails_in_a_bucket(settings, tmp_path):
    bot = deployed(tmp_path / "one", settings)
    assert not (tmp_path / "one/data/archive").exists()
    _, lines, _ = bot.asks("trace", CAMPAIGN, "statistics.participants")
    assert (lines[0]["total"], lines[1]["mail"]["intact"]) == (1250, True)
    assert lines[1]["mail"]["raw"].startswith(f"s3://{NAME}/{tmp_path.name}/")
    status, (whole,), _ = bot.asks("verify")
    assert (status, whole["archived"], whole["spare"]) == (0, 3, 0)
    assert bot.says("export", CAMPAIGN, "-o", tmp_path / "r.xlsx")[0] == 0
    _held_and_mended(bot, tmp_path)
    _kept_and_restored(bot, tmp_path)
    assert bot.asks("purge", CAMPAIGN, "--yes")[0] == 0
    with bot.office() as office:
        assert list(office.archive.hashes()) == []
    assert list((tmp_path / "one/data/incoming").iterdir()) == []


def test_doctor_tries_the_bucket_and_leaves_nothing_in_it(settings, tmp_path, monkeypatch):
    bot = Operated(tmp_path / "one", settings)
    (seen,) = list(bucket(scene(bot)))
    assert (seen.code, seen.mark) == ("bucket.works", "fine")
    with bot.office() as office:
        assert list(office.archive.hashes()) == []
    monkeypatch.setenv("SHOUBIAO_ARCHIVE", "s3://never-made/raw")
    (seen,) = list(bucket(scene(bot)))
    assert (seen.code, seen.mark) == ("bucket.fails", "broken")


def scene(bot):
    return Scene(load_settings(bot.config), Clock())


def _held_and_mended(bot, tmp_path):
    out = tmp_path / "out"
    assert bot.says("held", "export", 3, "-o", out)[0] == 0
    assert (out / "mail-0003.eml").read_bytes() == mail(
        STRANGER, statistics("我们单位", 900), name="3"
    )
    mended = mail(STRANGER, statistics("包头市科技局", 900), name="3")
    (out / "mail-0003.eml").write_bytes(mended)
    assert bot.says("held", "import", out / "mail-0003.eml")[0] == 0
    bot.round()
    with bot.office() as office:
        assert office.ledger.mail(3).outcome == "accepted"


def _kept_and_restored(bot, tmp_path):
    first = bot.asks("backup", "-o", tmp_path / "backups")[1][0]
    assert (first["whole"], first["archived"]) == (True, 4)
    assert bot.asks("verify", first["backup"])[0] == 0
    status, (done,), _ = bot.asks_plain("restore", first["backup"], "--into", tmp_path / "new")
    assert (status, any("empty bucket" in line for line in done["todo"])) == (0, True)
    assert load_settings(tmp_path / "new/shoubiao.toml").archive is None
    again = Operated.at(tmp_path / "new")
    assert again.asks("verify")[0] == 0
    assert again.asks("trace", CAMPAIGN, "statistics.participants")[1][0]["total"] == 2150


def test_while_the_bucket_is_away_mails_wait_on_the_server_and_the_operator_is_told(
    settings, store, tmp_path, monkeypatch
):
    with FaultProxy(int(store.endpoint.rpartition(":")[2]), "cut", after=0) as proxy:
        monkeypatch.setenv("SHOUBIAO_S3__ENDPOINT", f"http://127.0.0.1:{proxy.port}")
        bot = deployed(tmp_path / "one", settings)
        with bot.office() as office:
            assert office.ledger.mails() == []
            (told,) = office.ledger.open_alerts()
            assert told.kind == ALERT
        proxy.after = None
        bot.round()
        with bot.office() as office:
            assert sorted(row.outcome for row in office.ledger.mails()) == [
                "accepted", "held", "returned",
            ]  # fmt: skip
            assert watch_bucket(office) == 0
            assert office.ledger.open_alerts() == []
