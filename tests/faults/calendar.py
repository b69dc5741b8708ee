"""T5: reminders are due, several workers start and are killed around the hour; each leaves once."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from bot.clock import SimulatedClock
from bot.office import open_office
from bot.worker import Worker
from rules.calendar import due_day
from rules.standing import dues_of
from tests.faults.desk import account, desk
from tests.faults.people import MAILBOX, campaign
from tests.servers.smtp_script import ScriptedSmtp

DUE = datetime(2023, 6, 14, 1, tzinfo=UTC)  # 09:00 in China, one day before 15 June
WORKERS = 4
MINUTES = (0, 0.05, 20, 40, 61)  # the letters are spread over the first hour


def run(tally, full):
    """Meet the hour with four workers, after an outage, at the ends of days and years."""
    workers = WORKERS if full else 2
    for seconds in range(-2, 3) if full else (0,):
        with tally.point(f"{workers} workers at T{seconds:+d} s"), _stage() as (opened, smtp):
            for minutes in MINUTES if full else MINUTES[-1:]:
                _together(opened, DUE + timedelta(minutes=minutes, seconds=seconds), workers)
            _check(smtp, once=True)
    with tally.point("an outage of a day: the reminder of that day is left out"), _stage() as two:
        opened, smtp = two
        opened.clock.set(DUE - timedelta(hours=1))
        opened.worker.run_once()
        opened.clock.set(DUE + timedelta(hours=23))
        opened.worker.run_once()
        _check(smtp, once=False)
    with (
        tally.point("a worker that starts again every minute of the day"),
        _stage() as (opened, smtp),
    ):
        for hour in range(0, 10, 1 if full else 4):
            _together(opened, DUE + timedelta(hours=hour), workers=1)
        _check(smtp, once=True)


def _together(opened, at, workers=WORKERS):
    """Let so many workers of their own tick and send at the same instant."""
    offices = [open_office(opened.office.settings, SimulatedClock(at)) for _ in range(workers)]
    started = [threading.Thread(target=_work, args=(office,)) for office in offices]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join(120)
    for office in offices:
        office.__exit__(None, None, None)


def _work(office):
    worker = Worker(office)
    worker.run_once()
    worker.close()


def _check(smtp, *, once):
    reminders = Counter(
        letter.raw.partition(b"Message-ID: <")[2].partition(b">")[0]
        for letter in smtp.letters
        if b"Message-ID: <reminder." in letter.raw
    )
    owing = sum(bool(unit.addresses) and _owes(unit) for unit in campaign().roster.units)
    assert set(reminders.values()) <= {1}, "a reminder left twice"
    if once:
        assert len(reminders) == owing, f"{len(reminders)} reminders for {owing} units"
    else:
        assert not reminders, f"{len(reminders)} reminders a day late"


def _owes(unit):
    """Whether something of the unit's is due the day after the hour."""
    day = campaign().day_of(DUE) + timedelta(days=1)
    return any(due_day(one.requirement, unit) == day for one in dues_of(campaign(), unit, {}))


@contextmanager
def _stage():
    with (
        ScriptedSmtp() as smtp,
        desk(account(MAILBOX, smtp=smtp.port), campaigns="shipped") as opened,
    ):
        yield opened, smtp
