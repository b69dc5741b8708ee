"""T2: two workers killed again and again, at random, while they work through many mails."""

from __future__ import annotations

import random
import time
from collections import Counter

from state.archive import Archive
from tests.faults.people import form_mail, mail, units
from tests.faults.scene import BOX, scene
from tests.faults.warm import Warm

MOMENTS = (0.005, 1.0)  # seconds
FORMS = 100  # of the mails; the others are words, from units and from strangers
MOST_HELD = 0.005  # of the mails: those in hand at three kills, as promise P4 has it


def run(tally, full):
    """Kill one of the two workers at a time; each is started again at once."""
    mails, kills = (2000, 1000) if full else (30, 4)
    with tally.point(f"{kills} kills over {mails} mails"), scene(forms=0) as stage:
        _post(stage, mails)
        _kill(stage, kills)
        started = time.monotonic()
        stage.settle()
        tally.note(f"{kills} kills; all was well again {time.monotonic() - started:.0f} s later")
        _check(tally, stage, mails)


def _post(stage, count):
    stage.imap.mails.clear()
    names = units()
    for number in range(count):
        if number % (count // min(FORMS, count // 2)) == 0:
            raw = form_mail(names[number % len(names)], number, to=BOX)
        else:
            sender = f"who{number}@else.example.net"
            raw = mail(sender, f"优惠{number}", "代开发票", name=f"n{number}", to=BOX)
        stage.imap.put(raw)
    stage.posted = count


def _kill(stage, kills):
    rng = random.Random(11)
    workers = [Warm(stage.bot.folder / "log") for _ in range(2)]
    try:
        for worker in workers:
            worker.start(*stage.arguments)
        for _ in range(kills):
            time.sleep(rng.uniform(*MOMENTS))
            worker = rng.choice(workers)
            worker.kill()
            worker.start(*stage.arguments)
    finally:
        for worker in workers:
            worker.close()


def _check(tally, stage, mails):
    archive = Archive(stage.bot.folder / "data" / "archive")
    with stage.ledger() as ledger:
        rows, equation, letters = ledger.mails(), ledger.equation(BOX), ledger.letters()
    assert len(rows) == mails, f"{len(rows)} rows for {mails} mails"
    assert all(archive.verify(row.raw_sha256) for row in rows)
    assert equation.complete, equation
    assert not equation.pending, equation
    held = sum(row.reason == "reading-failed" for row in rows)
    assert held <= max(1, mails * MOST_HELD), f"{held} mails held because of kills"
    taken = Counter(one.raw for one in stage.smtp.letters)
    assert max(taken.values(), default=0) <= 2
    names = Counter(raw.partition(b"Message-ID: ")[2].partition(b"\r\n")[0] for raw in taken)
    assert all(count == 1 for count in names.values()), "one letter in two wordings"
    states = Counter(row.state for row in letters)
    assert set(states) <= {"sent", "uncertain"}, states
    missing = [r for r in letters if r.message_id.encode() not in names and r.state == "sent"]
    assert not missing, "called sent, never taken"
    tally.note(f"{held} mails held, letters {dict(states)}, {sum(taken.values())} copies taken")
