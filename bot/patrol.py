"""How a worker does things again and again: a patrol a thread, and the ticks of the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.log import get_log
from bot.mailboxes.base import Folders
from bot.mails.polling import BATCH
from bot.watch.company import BEAT

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from bot.mails.polling import Poller
    from bot.office import Office

    Job = Callable[[], float]

log = get_log("worker")
REST = 2.0  # seconds that readers and couriers rest when there is nothing to do
REST_AFTER_FAULT = 10.0


def patrol(job: Job, stop: threading.Event) -> None:
    """Do a job again and again until `stop`, resting as long as it says; its faults are logged."""
    while not stop.is_set():
        try:
            rest = job()
        except Exception as fault:  # the worker goes on
            log.exception("job-failed", cause=type(fault).__name__)
            rest = REST_AFTER_FAULT
        stop.wait(rest)


def again(work: Callable[[], None]) -> Job:
    """Return the job of one who works until nothing is left, and rests."""

    def once() -> float:
        work()
        return REST

    return once


def rounds(office: Office, box: Poller, is_ours: Callable[[], bool]) -> Job:
    """Return the job of polling a mailbox: its inbox each time, its other folders now and then."""
    looked: list[float] = []
    account = box.account

    def once() -> float:
        now = office.clock.now().timestamp()
        side = not looked or now - looked[-1] >= account.junk_every
        with office.pulse.busy(f"poll {account.address}", box.break_off):
            if not is_ours():
                return min(BEAT, account.poll_seconds)
            brought = box.poll(Folders.ALL if side else Folders.INBOX)
        if side:
            looked[:] = [now]
        return 0.0 if brought >= BATCH else account.poll_seconds

    return once


def background(timezone: str) -> BackgroundScheduler:
    """Return a scheduler that does one thing at a time, late rather than not at all."""
    return BackgroundScheduler(
        timezone=timezone,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
    )
