"""The worker: one thread per mailbox, readers, couriers, and ticks; or one round of it all."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.campaigns.agreement import watch_agreement
from bot.campaigns.reloading import reload
from bot.keeping.restoring import let_go_once
from bot.log import get_log
from bot.mailboxes.base import Folders
from bot.mails.ahead import Ahead
from bot.mails.judging import judge_next, name_held
from bot.mails.polling import Poller
from bot.mails.remembering import LedgerHistory
from bot.outbox.approvals import ask, look_over
from bot.outbox.delivery import deliver, has_letters
from bot.patrol import again, background, patrol, rounds
from bot.reading.readers import watch_readers
from bot.reading.slow import SLOW, Lane
from bot.rehearsal.pages import show
from bot.reminders.chasing import chase, note_skipped
from bot.reports.digesting import report
from bot.stage import Stage, never
from bot.watch.bucket import watch_bucket
from bot.watch.company import Company, take_over
from bot.watch.missing import watch_missing
from bot.watch.presence import WORKERS, Presence
from bot.watch.setback import heed_setback
from bot.watch.silence import watch_polls

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.office import Office
    from bot.settings import Account

log = get_log("worker")
HALF_WRITTEN = timedelta(hours=1)  # a file of the archive still incoming after that is a crash's
SLOW_LOOK = 0.25  # seconds between two looks for what has been handed over
LEAVE_SECONDS = 7.0  # for what is in hand when a signal comes; what then runs on is left undone


class Worker:
    """Runs an office. `run` until a signal, `run_once` for one whole round."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._stop = threading.Event()
        accounts = office.settings.accounts
        self._boxes = [Poller(office, account, self._stop.is_set) for account in accounts]
        self._history = LedgerHistory(office)
        self._company = Company(office)
        self._presence = Presence(office.settings.data / WORKERS, office.worker)
        self._awake_since: datetime | None = None

    # one round

    def run_once(self, folders: Folders = Folders.ALL) -> None:
        """Poll every mailbox, judge what comes, send what may leave, ask the calendar."""
        self._begin()
        accounts = [box.account for box in self._boxes if box.account.smtp]
        intake = Stage([partial(self._empty, box, folders) for box in self._boxes])
        judging = Stage([partial(self._judge_until_idle, n) for n in self._readers()], intake)
        slow = Stage([partial(self._judge_slowly, lane) for lane in SLOW], judging, SLOW_LOOK)
        more = lambda: slow.runs  # noqa: E731 - a name for what three stages ask
        posting = Stage([partial(self.send, account, more) for account in accounts], slow)
        for stage in (intake, judging, slow, posting):
            stage.finish()
        with self.office.pulse.busy("tick"):
            self.tick()
        for account in accounts:
            self.send(account)

    def close(self) -> None:
        """Let go of the mailboxes and of whatever is still in hand."""
        for box in self._boxes:
            box.close()
        self.office.ledger.release_worker(self.office.worker, counted=False)
        self.office.ledger.lose_worker(self.office.worker, self.office.clock.now())
        self._company.end()
        self._presence.end()

    @property
    def heartbeat(self) -> Path:
        """Where this worker leaves its heartbeat."""
        return self._presence.heartbeat

    def heed_signals(self) -> None:
        """Stop at SIGTERM and SIGINT instead of dying of them."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())

    def _begin(self) -> None:
        """Be known to live, and take over from those who do not any more."""
        self._presence.begin()
        if let_go_once(self.office):
            log.warning("let-go", cause="restored")
        for worker in self._presence.gone():
            take_over(self.office, worker)
        self._company.begin()
        self.office.archive.sweep(self.office.clock.now() - HALF_WRITTEN)

    def _empty(self, box: Poller, folders: Folders) -> None:
        with self.office.pulse.busy(f"poll {box.account.address}", box.break_off):
            while not self._stop.is_set() and self._polls(box) and box.poll(folders):
                pass

    def _polls(self, box: Poller) -> bool:
        """Say whether the mailbox is this worker's; one that is not is let go of."""
        mine = self._company.alone(f"poll {box.account.address}")
        if not mine:
            box.close()
        return mine

    def _sends(self, account: Account) -> bool:
        """Say whether this worker sends for an account: its budget and pauses are for one."""
        return self._company.alone(f"send {account.address}")

    def _readers(self) -> range:
        """One thread more than reading processes: it judges while they read."""
        return range(self.office.settings.reading.children + 1)

    def _judge_until_idle(self, number: int | str, lane: Lane = Lane.QUICK) -> None:
        name, history = f"{self.office.worker}-{number}", self._history
        ahead = Ahead(lambda: not self._stop.is_set())
        with self.office.pulse.busy(f"judge {number}"):
            try:
                while ahead.goes_on() and judge_next(self.office, history, name, lane, ahead):
                    self.office.pulse.beat()
            finally:
                ahead.give_back(self.office, name)

    def _judge_slowly(self, lane: Lane) -> None:
        self._judge_until_idle(lane.name.lower(), lane)

    def tick(self) -> None:
        """Ask the calendar what is due now; whatever was done already stays done once."""
        first = (reload, heed_setback, note_skipped)  # which notes the instant of this tick
        last = (
            watch_readers,
            watch_bucket,
            watch_agreement,
            watch_missing,
            self._watch_polls,
            show,
        )
        for job in (*first, look_over, chase, ask, name_held, report, *last):
            try:
                self.office.pulse.beat()
                done = job(self.office)
                if done:
                    log.info("ticked", job=job.__name__.strip("_"), count=done)
            except Exception as fault:  # one job's fault must not stop the others
                log.exception("tick-failed", job=job.__name__, cause=type(fault).__name__)

    def _watch_polls(self, office: Office) -> int:
        return watch_polls(office, self._awake_since)

    def send(self, account: Account, more_coming: Callable[[], bool] = never) -> None:
        """Send until nothing may leave any more."""
        stopping = self._stop.is_set
        with self.office.pulse.busy(f"send {account.address}"):
            while has_letters(self.office, account) and self._sends(account):
                settled = asyncio.run(deliver(self.office, account, stopping, more_coming))
                self.office.pulse.beat()
                if stopping() or not settled:
                    break

    # until a signal

    def run(self) -> None:
        """Work until `stop` or a heeded signal; what is in hand is finished if that is soon."""
        self._begin()
        scheduler = background(self.office.settings.timezone)
        scheduler.add_job(self._minute, "cron", second=0)
        scheduler.add_job(self._look, "cron", second="20,40")
        jobs = self._jobs()
        threads = [threading.Thread(target=patrol, args=(j, self._stop), daemon=True) for j in jobs]
        for thread in threads:
            thread.start()
        scheduler.start()
        self._awake_since = self.office.clock.now()
        with self.office.pulse.busy("tick"):
            self.tick()
        log.info("started", mailboxes=len(self._boxes), campaigns=len(self.office.campaigns))
        self._stop.wait()
        scheduler.shutdown(wait=False)
        log.info("stopped", undone=self._leave(threads))

    def _leave(self, threads: Sequence[threading.Thread]) -> int:
        """Wait a moment for the threads; return how many are still at something."""
        last = time.monotonic() + LEAVE_SECONDS
        for thread in threads:
            thread.join(max(0.0, last - time.monotonic()))
        return sum(thread.is_alive() for thread in threads)

    def _minute(self) -> None:
        with self.office.pulse.busy("tick"):
            self._begin()
            self.tick()

    def _look(self) -> None:
        """See edits of campaigns between the minutes too: who saves one waits for it."""
        with self.office.pulse.busy("look"):
            reload(self.office)

    def stop(self) -> None:
        """Ask the worker to stop."""
        self._stop.set()

    @property
    def is_stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def _jobs(self) -> list[Callable[[], float]]:
        jobs = [rounds(self.office, box, partial(self._polls, box)) for box in self._boxes]
        jobs += [again(partial(self._judge_until_idle, n)) for n in self._readers()]
        jobs += [again(partial(self._judge_slowly, lane)) for lane in SLOW]
        jobs += [again(partial(self.send, box.account)) for box in self._boxes if box.account.smtp]
        return jobs
