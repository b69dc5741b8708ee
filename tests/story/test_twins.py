"""Two workers on one data folder: what is due leaves once."""

from __future__ import annotations

import signal
from collections import Counter

from tests.story.conftest import FULL
from tests.story.deployment import end
from tests.story.stage import check_ledger, check_letters, check_mails, on_stage

WORKERS = 4 if FULL else 2
DUE_TODAY = {
    "due": 3,
    "at": "00:00",
    "digest_to": "[coordinator@example.cn]",
    "coordinators": "[second@example.cn]",
}


def work_together(stage, workers=WORKERS):
    """Let several workers work one round at the same time."""
    started = [stage.bot.start("run", "--once") for _ in range(workers)]
    try:
        assert [worker.wait(240) for worker in started] == [0] * workers
    finally:
        for worker in started:
            end(worker, signal.SIGKILL)


def test_a_reminder_and_a_digest_leave_once_although_two_workers_find_them_due(tmp_path):
    with on_stage(tmp_path / "bot", **DUE_TODAY) as stage:
        work_together(stage)
        work_together(stage)
        kinds = Counter(letter.kind for letter in stage.sink.accepted)
        units = [unit for unit in stage.campaign.roster.units if unit.addresses]
        addressed = sum(len(unit.addresses) for unit in units)
        assert kinds == {"reminder": addressed, "digest": 2}
        names = {letter.message_id for letter in stage.sink.accepted}
        assert len(names) == len(stage.sink.accepted)
        check_ledger(stage)


def test_two_workers_share_the_mails_and_answer_each_once(stage):
    stage.post_mailbag(200 if FULL else 68)
    work_together(stage)
    check_mails(stage)
    check_letters(stage)
    check_ledger(stage)
