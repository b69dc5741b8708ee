"""A worker that was killed is known to be gone at once, one that lives is left alone."""

from __future__ import annotations

import subprocess
import sys

from bot.watch.presence import Presence

HOLD = """
import sys, pathlib
from bot.watch.presence import Presence
Presence(pathlib.Path(sys.argv[1]), sys.argv[2]).begin()
print("here", flush=True)
sys.stdin.read()
"""


def holder(folder, name):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"here\n"
    return process


def kill(process):
    process.kill()
    process.communicate()


def test_a_killed_worker_is_gone_and_is_told_once(tmp_path):
    kill(holder(tmp_path, "first"))
    mine = Presence(tmp_path, "second")
    mine.begin()
    assert list(mine.gone()) == ["first"]
    assert list(mine.gone()) == []


def test_a_worker_that_lives_is_not_gone(tmp_path):
    process = holder(tmp_path, "first")
    mine = Presence(tmp_path, "second")
    mine.begin()
    assert list(mine.gone()) == []
    kill(process)
    assert list(mine.gone()) == ["first"]


def test_who_fails_to_take_over_leaves_it_to_the_next(tmp_path):
    kill(holder(tmp_path, "first"))
    clumsy = Presence(tmp_path, "clumsy").gone()
    assert next(clumsy) == "first"
    assert list(Presence(tmp_path, "other").gone()) == []  # clumsy is at it
    clumsy.close()
    assert list(Presence(tmp_path, "other").gone()) == ["first"]


def test_a_worker_that_leaves_in_good_order_leaves_nothing(tmp_path):
    mine = Presence(tmp_path / "workers", "mine")
    mine.begin()
    mine.begin()
    mine.end()
    mine.end()
    assert list((tmp_path / "workers").iterdir()) == []


def test_a_worker_never_takes_itself_for_gone(tmp_path):
    mine = Presence(tmp_path, "mine")
    mine.begin()
    assert list(mine.gone()) == []
