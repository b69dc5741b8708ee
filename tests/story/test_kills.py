"""kill -9 at any moment: nothing is lost, nothing is said twice in other words."""

from __future__ import annotations

import contextlib
import random
import subprocess
import time
from collections import Counter

import pytest

from tests.story.conftest import FULL
from tests.story.deployment import end
from tests.story.stage import check_ledger, check_mails

MAILS, KILLS = (2000, 100) if FULL else (200, 10)
MOMENTS = (0.05, 1.5)  # seconds; what a start takes is a second of it


@pytest.mark.parametrize("seed", range(1, 4) if FULL else [1])
def test_a_worker_killed_again_and_again_loses_nothing(stage, seed):
    """Half of the kills come after the start, at random; half after the worker began to work."""
    stage.post_mailbag(MAILS, seed)
    rng = random.Random(seed)
    for number in range(KILLS):
        kill_one(stage, rng.uniform(*MOMENTS), working=number % 2 == 1)
    assert stage.bot.once() == 0
    check_mails(stage, killed=True)
    check_ledger(stage)
    check_letters_after_kills(stage)


def test_a_worker_killed_among_its_letters_leaves_each_letter_sent_or_known_to_be_uncertain(stage):
    stage.post_mailbag(60)
    rng = random.Random(7)
    for _ in range(10):
        kill_one(stage, rng.uniform(0, 0.15), after_letter=True)
    assert stage.bot.once() == 0
    check_mails(stage, killed=True)
    check_ledger(stage)
    check_letters_after_kills(stage)


def test_what_a_killed_worker_had_in_hand_is_taken_over_at_once(stage):
    stage.post_mailbag(34)
    caught = any(kill_one_at_work(stage) for _ in range(20))
    assert caught, "it was never killed with mails in hand"
    assert stage.bot.once() == 0
    assert not claimed(stage)
    check_mails(stage, killed=True)
    assert list((stage.bot.folder / "data" / "workers").iterdir()) == []


def kill_one_at_work(stage):
    """Start a worker, kill it as soon as it has mails in hand, and say whether it still had."""
    worker = stage.bot.start("run", "--once")
    wait_until(lambda: claimed(stage), worker)
    end(worker)
    return claimed(stage)


def kill_one(stage, seconds, *, working=False, after_letter=False):
    """Start a worker and kill it so long after its start, its first log line or first letter."""
    lines, letters = log_size(stage), len(stage.sink.accepted)
    worker = stage.bot.start("run", "--once")
    if working:
        wait_until(lambda: log_size(stage) > lines, worker)
    if after_letter:
        wait_until(lambda: len(stage.sink.accepted) > letters, worker)
    with contextlib.suppress(subprocess.TimeoutExpired):
        worker.wait(seconds)
    end(worker)


def wait_until(happened, process):
    """Look often, until it has happened or the process has ended."""
    while not happened() and process.poll() is None:
        time.sleep(0.002)


def claimed(stage):
    if not stage.bot.ledger.exists():
        return []
    with contextlib.suppress(Exception):
        return stage.bot.rows("SELECT id FROM mails WHERE lease_until IS NOT NULL")
    return []


def log_size(stage):
    log = stage.bot.folder / "log"
    return log.stat().st_size if log.exists() else 0


def check_letters_after_kills(stage):
    """At most two equal copies of each letter, and none missing that is not uncertain."""
    answers = stage.answers()
    states = {row["message_id"]: row for row in stage.bot.rows("SELECT * FROM letters")}
    copies = Counter(letter.message_id for letter in stage.sink.accepted)
    assert max(copies.values()) <= 2
    for mail in stage.posted:
        letters = answers.pop(mail.message_id, [])
        names = {letter.message_id for letter in letters}
        assert len(names) <= bool(mail.answer), mail.sort
        assert len({letter.raw for letter in letters}) <= 1
        assert all(states[name]["state"] in {"sent", "uncertain"} for name in names)
    assert not answers
    assert {row["state"] for row in states.values()} <= {"sent", "uncertain"}
    unseen = [row for name, row in states.items() if name not in copies]
    assert all(row["state"] == "uncertain" for row in unseen), unseen
