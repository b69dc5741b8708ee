"""The worker: one thread per mailbox, readers, couriers, and ticks; or one round of it all."""

from __future__ import annotations

import asyncio
import random
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from apscheduler.schedulers.background import BackgroundScheduler

from bot.breaker import fingerprint
from bot.chasing import chase, note_skipped
from bot.delivery import deliver
from bot.digesting import report
from bot.intake import take_in
from bot.judging import judge_next
from bot.log import get_log
from bot.mailboxes import Folders, LoginRefused, Mailbox, WorldFault, open_mailbox
from bot.remembering import LedgerHistory

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.office import Office
    from bot.options import Account

log = get_log("worker")
PATROL_SECONDS = 2.0  # how long readers and couriers rest when there is nothing to do
BATCH = 200  # mails taken in per poll, so that no mailbox keeps the others waiting


class Worker:
    """Runs an office. `run` until a signal, `run_once` for one whole round."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._boxes = [(a, open_mailbox(a, office.clock)) for a in office.settings.accounts]
        self._history = LedgerHistory(office)
        self._stop = threading.Event()

    # one round

    def run_once(self, folders: Folders = Folders.ALL) -> None:
        """Poll every mailbox, judge what came, ask the calendar, send what may leave."""
        for account, box in self._boxes:
            while self.poll(account, box, folders):
                self.judge_all()
        self.judge_all()
        self.tick()
        for account, _ in self._boxes:
            self.send(account)

    def close(self) -> None:
        """Let go of the mailboxes."""
        for _, box in self._boxes:
            box.close()

    def poll(self, account: Account, box: Mailbox, folders: Folders) -> int:
        """Take in up to a batch of new mails; 0 when there were none or the door is shut."""
        now = self.office.clock.now()
        secret = account.password.get_secret_value() if account.password else ""
        mark = fingerprint(account.username, secret)
        breaker = self.office.breakers[account.address]
        if not breaker.allows(now, mark):
            return 0
        try:
            taken = take_in(self.office, box, folders, BATCH)
        except LoginRefused as refused:
            self.office.breakers[account.address] = breaker.refused(now, mark)
            log.exception("login-refused", cause=str(refused))
            return 0
        except (WorldFault, OSError) as fault:
            self.office.breakers[account.address] = breaker.faulted(now, random.random())  # noqa: S311 - jitter
            log.warning("poll-failed", cause=str(fault))
            return 0
        self.office.breakers[account.address] = breaker.succeeded()
        return taken.arrivals

    def judge_all(self) -> None:
        """Judge until nothing is left that may be claimed."""
        size = self.office.settings.reading.children
        with ThreadPoolExecutor(size) as readers:
            done = [readers.submit(self._judge_until_idle, n) for n in range(size)]
        for judged in done:
            judged.result()

    def _judge_until_idle(self, number: int) -> None:
        name = f"{self.office.worker}-{number}"
        while not self._stop.is_set() and judge_next(self.office, self._history, name):
            pass

    def tick(self) -> None:
        """Ask the calendar what is due now; whatever was done already stays done once."""
        for job in (note_skipped, chase, report):
            try:
                job(self.office)
            except Exception as fault:  # one job's fault must not stop the others
                log.exception("tick-failed", job=job.__name__, cause=type(fault).__name__)

    def send(self, account: Account) -> None:
        """Send until nothing may leave any more."""
        while asyncio.run(deliver(self.office, account)) and not self._stop.is_set():
            pass

    # until a signal

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; a mail in hand is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        scheduler = BackgroundScheduler(timezone=self.office.settings.timezone)
        scheduler.add_job(self.tick, "cron", second=0, max_instances=1, coalesce=True)
        threads = [threading.Thread(target=self._patrol, args=(job,)) for job in self._jobs()]
        for thread in threads:
            thread.start()
        scheduler.start()
        self.tick()
        log.info("started", mailboxes=len(self._boxes), campaigns=len(self.office.campaigns))
        self._stop.wait()
        scheduler.shutdown(wait=True)
        for thread in threads:
            thread.join()
        self.close()
        log.info("stopped")

    def stop(self) -> None:
        """Ask the worker to stop."""
        self._stop.set()

    def _jobs(self) -> list[Callable[[], float]]:
        jobs: list[Callable[[], float]] = [self._round(a, b) for a, b in self._boxes]
        jobs += [self._reader(n) for n in range(self.office.settings.reading.children)]
        jobs += [self._sender(account) for account, _ in self._boxes if account.smtp]
        return jobs

    def _patrol(self, job: Callable[[], float]) -> None:
        """Do a job again and again, resting as long as it says; its faults are logged."""
        while not self._stop.is_set():
            try:
                rest = job()
            except Exception as fault:  # the worker goes on
                log.exception("job-failed", cause=type(fault).__name__)
                rest = PATROL_SECONDS * 5
            self._stop.wait(rest)

    def _round(self, account: Account, box: Mailbox) -> Callable[[], float]:
        looked: list[float] = []

        def once() -> float:
            now = self.office.clock.now().timestamp()
            side = not looked or now - looked[-1] >= account.junk_every
            brought = self.poll(account, box, Folders.ALL if side else Folders.INBOX)
            if side:
                looked[:] = [now]
            return 0.0 if brought >= BATCH else account.poll_seconds

        return once

    def _reader(self, number: int) -> Callable[[], float]:
        def once() -> float:
            self._judge_until_idle(number)
            return PATROL_SECONDS

        return once

    def _sender(self, account: Account) -> Callable[[], float]:
        def once() -> float:
            self.send(account)
            return PATROL_SECONDS

        return once
