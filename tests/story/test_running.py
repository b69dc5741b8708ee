"""The worker that runs until a signal: what it answers meanwhile, and how it stops."""

from __future__ import annotations

import signal
import sys
import time

import pytest

from tests.servers.dovecot import USERS
from tests.story.deployment import COMMAND
from tests.story.mailbag import bomb, mailbag
from tests.story.stage import check_ledger, check_mails, on_stage

STOPS_WITHIN = 240  # seconds from SIGTERM, on a busy machine: far less than a server's ten minutes
PATIENCE = 240  # seconds for anything that is awaited
UNHURRIED = """
import bot.worker
bot.worker.LEAVE_SECONDS = 120
from bot.__main__ import main
main()
"""  # a machine that pauses must not be what leaves something half done


class Running:
    """A worker that runs; leaving the block stops it with SIGTERM."""

    def __init__(self, stage, number=signal.SIGTERM, program=COMMAND):
        self._stage, self._number, self._program = stage, number, program

    def __enter__(self):
        self.process = self._stage.bot.start("run", program=self._program)
        return self

    def __exit__(self, *_):
        try:
            self.stop()
        finally:
            self.process.kill()
            self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(self._number)
        assert self.process.wait(STOPS_WITHIN) == 0


def awaited(seen):
    """Return what `seen` returns as soon as it is something."""
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        if found := seen():
            return found
        time.sleep(0.05)
    raise AssertionError("it never came")


def answered(stage, *mails):
    return all(stage.answers().get(mail.message_id) for mail in mails)


def test_mail_that_comes_while_the_worker_runs_is_answered(stage):
    early, late = (m for m in mailbag(stage.campaign, USERS[0], 3) if m.sort == "statistics")
    stage.post(early)
    with Running(stage):
        awaited(lambda: answered(stage, early))
        stage.post(late)
        awaited(lambda: answered(stage, late))
    check_mails(stage)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_signal_ends_the_worker_soon_with_nothing_half_done(stage, number):
    stage.post_mailbag(102)
    with Running(stage, number, (sys.executable, "-c", UNHURRIED)):
        awaited(lambda: stage.sink.accepted)
    claims = stage.bot.rows("SELECT id FROM mails WHERE lease_until IS NOT NULL")
    sending = stage.bot.rows("SELECT id FROM letters WHERE state NOT IN ('queued', 'sent')")
    assert claims == sending == []
    tried = stage.bot.rows("SELECT id FROM mails WHERE outcome IS NULL AND attempts > 0")
    assert tried == []
    assert stage.bot.once() == 0
    check_mails(stage)
    check_ledger(stage)
    assert all(len(letters) == 1 for letters in stage.answers().values())


def test_a_signal_ends_a_worker_whose_mail_server_has_gone_silent(tmp_path):
    """The letter in flight is uncertain from then on, and a person can see it."""
    with on_stage(tmp_path / "bot") as stage:
        stage.sink.fall_silent()
        stage.post_mailbag(1)
        with Running(stage):
            awaited(lambda: stage.sink.heard("DATA"))
        (letter,) = stage.bot.rows("SELECT state FROM letters")
        assert letter["state"] == "uncertain"


def test_a_mail_that_ends_its_reader_three_times_is_held_and_the_others_go_on(tmp_path):
    reading = "[reading]\nwall_seconds = 20\nmemory_mb = 64\n"
    with on_stage(tmp_path / "bot", reading) as stage:
        stage.post(bomb(stage.campaign, USERS[0]))
        stage.post_mailbag(10)
        with Running(stage):
            awaited(lambda: stage.bot.says("held")[1] and all_decided(stage))
        check_mails(stage)
        held = {row["id"]: row for row in stage.bot.rows("SELECT * FROM mails")}
        (bombed,) = [row for row in held.values() if row["message_id"] is None]
        assert (bombed["reason"], bombed["attempts"]) == ("reading-failed", 3)


def all_decided(stage):
    return not stage.bot.rows("SELECT id FROM mails WHERE outcome IS NULL")
