"""Four workers on four machines, one of them killed: no mail twice, no letter twice, none lost."""

from __future__ import annotations

import signal
import time
from collections import Counter

from tests.story.deployment import end
from tests.story.machines import machines
from tests.story.stage import ANSWERS, check_headers

DUE_TODAY = {
    "due": 3,
    "at": "00:00",
    "digest_to": "[coordinator@example.cn]",
    "coordinators": "[second@example.cn]",
}
MAILS = 16


def wait_until(true, seconds=200):
    last = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < last
        time.sleep(0.2)


def test_four_machines_share_the_work_and_what_one_had_in_hand_when_it_was_killed(tmp_path):
    with machines(tmp_path, 4, **DUE_TODAY) as its:
        its.stage.post_mailbag(MAILS)
        workers = [its.start(n, beat=2.0, life=10.0) for n in range(4)]
        try:
            wait_until(lambda: len(its.stage.sink.accepted) >= 3)
            killed = holder(its, workers)
            end(killed, signal.SIGKILL)
            its.stage.post_mailbag(4, seed=2)
            wait_until(lambda: is_done(its) and were_taken_over(its))
            workers.remove(killed)
            assert [end(worker, signal.SIGTERM) for worker in workers] == [0, 0, 0]
        finally:
            for worker in workers:
                end(worker, signal.SIGKILL)
        check_mails(its)
        check_letters(its)
        assert its.ledger.leases_of("") == []


def holder(its, workers):
    """Return the worker that looks into the first mailbox."""
    names = {its.named(worker): worker for worker in workers if worker.poll() is None}
    return next(names[name] for name in names if its.ledger.leases_of(name, "poll"))


def were_taken_over(its):
    return any(line["event"] == "took-over" for bot in its.bots for line in bot.log())


def is_done(its):
    mails = its.ledger.mails()
    waiting = [
        row for row in its.ledger.letters() if row.state in {"queued", "sending", "deferred"}
    ]
    return len(mails) == len(its.stage.posted) and all(r.outcome for r in mails) and not waiting


def check_mails(its):
    rows = {row.message_id: row for row in its.ledger.mails()}
    assert len(its.ledger.mails()) == len(its.stage.posted)
    for mail in its.stage.posted:
        row = rows.get(mail.message_id, rows.get(None))
        assert row.outcome in mail.outcomes, mail.sort
        assert its.ledger.equation().complete


def check_letters(its):
    """Each occasion has one letter; what was in hand at the kill may have left twice, the same."""
    letters = its.ledger.letters(limit=10_000)
    occasions = Counter((row.kind, row.subject_key, row.period) for row in letters)
    assert set(occasions.values()) == {1}
    assert {"reminder", "digest"} <= {row.kind for row in letters}
    left = Counter(letter.message_id for letter in its.stage.sink.accepted)
    assert sum(left.values()) - len(left) <= 1
    raws = {(letter.message_id, letter.raw) for letter in its.stage.sink.accepted}
    sent = {row.message_id for row in letters if row.state == "sent"}
    doubtful = {row.message_id for row in letters if row.state == "uncertain"}
    assert len(raws) == len(left)
    assert sent <= set(left) <= sent | doubtful
    assert len(doubtful) <= 1  # in hand at the kill, and no answer: a person decides
    for answer in (one for one in its.stage.sink.accepted if one.kind in ANSWERS):
        check_headers(answer)
