"""An admin edits a campaign while the worker runs: it takes effect, or a letter says why not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import default

import pytest

from bot.demo.post_office import PostOffice
from rules.folder.load import SHIPPED
from tests.story.deployment import ROOT, end
from tests.story.sixth_notice import MAILBOX
from tests.story.test_new_notice import PASSWORD, Office

ADMIN = "admin@example.cn"
PATIENCE = 240  # seconds for anything that is awaited, on a busy machine
FOLDER = "2023-taiyuan"


def awaited(seen):
    """Return what `seen` returns as soon as it is something."""
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        if found := seen():
            return found
        time.sleep(0.2)
    raise AssertionError("it never came")


def replaced(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def post_office():
    with PostOffice({MAILBOX: PASSWORD}, lambda: datetime.now(UTC)) as opened:
        yield opened


@pytest.fixture
def office(tmp_path, post_office):
    made = Office(tmp_path, post_office)
    shutil.copytree(SHIPPED / FOLDER, tmp_path / "campaigns" / FOLDER)
    settings = tmp_path / "shoubiao.toml"
    replaced(settings, 'data = "data"\n', f'data = "data"\nadmin = ["{ADMIN}"]\nlog = "json"\n')
    return made


@pytest.fixture
def running(office):
    log = office.folder / "log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "-c", "shoubiao.toml"],
            cwd=office.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stream,
        )
    try:
        yield log
    finally:
        end(process)


def test_a_broken_edit_is_told_by_mail_and_a_mended_one_takes_effect(office, running, post_office):
    campaign = office.folder / "campaigns" / FOLDER / "campaign.yaml"
    awaited((office.folder / f"data/in-force/{FOLDER}.zip").exists)
    replaced(campaign, "due: 2023-06-10", "due: 2023-06-31")

    def letters():
        return [one.raw for one in post_office.delivered if one.recipient == ADMIN]

    (raw, *more) = awaited(letters)
    letter = BytesParser(policy=default).parsebytes(raw)
    text = letter.get_body(("plain",)).get_content()
    assert more == []
    assert "campaign.yaml" in text
    assert "“2023-06-31”不是日期" in text
    assert "仍按改动前的内容收表" in text

    replaced(campaign, "due: 2023-06-31", "due: 2023-06-12")
    awaited(lambda: b"campaign-loaded" in running.read_bytes())
    assert len(letters()) == 1
