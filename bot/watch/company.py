"""Workers on several machines, that share a ledger: who lives, and what each does alone.

Each beats in the ledger, by the ledger's clock. Who has been silent for half a minute is taken
over from: its mails are free, the letter it was sending is uncertain, its mailboxes are looked
into by others. On one machine (SQLite) the kernel's locks do that at once, and nothing is alone.
"""

from __future__ import annotations

import math
import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.clock import SharedClock
from bot.log import get_log

if TYPE_CHECKING:
    from bot.office import Office

log = get_log("company")
BEAT = 10.0  # seconds
LIFE = timedelta(seconds=30)
"""A killed worker is taken over from within LIFE and a BEAT, plus what the database takes."""


class Company:
    """One worker among the others; nothing of it does anything where the ledger is not shared."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._beaten: float | None = None  # by the monotonic clock
        self._others: frozenset[str] = frozenset()
        self._leave: set[str] = set()  # jobs that another worker may have

    def begin(self) -> None:
        """Be known to live from now on; repeating is harmless."""
        if self._office.ledger.is_shared and self._thread is None:
            self.beat()
            self._thread = threading.Thread(target=self._go_on, daemon=True, name="company")
            self._thread.start()

    def end(self) -> None:
        """Leave in good order: what this worker did alone is free."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()
            self._office.ledger.forget_worker(self._office.worker)

    def alone(self, job: str) -> bool:
        """Say whether this worker may do a job that one worker does at a time.

        Asked before each turn of the job: a job that another worker could take is let go then.
        """
        office = self._office
        if not office.ledger.is_shared:
            return True
        if job in self._leave:
            self._leave.discard(job)
            office.ledger.give_lease(job, office.worker)
            return False
        return office.ledger.take_lease(job, office.worker, office.clock.now())

    def beat(self) -> None:
        """Tell the others that this worker lives, and take over from those who do not.

        Who has just come, or was late himself, is patient: it may be the database that was
        silent, and the others are about to beat too.
        """
        office = self._office
        if isinstance(office.clock, SharedClock):
            office.clock.follow()
        now, before = office.clock.now(), self._beaten
        campaigns = office.shelf.fingerprints if office.shelf else {}
        office.ledger.beat(office.worker, office.machine, now, LIFE, campaigns)
        self._beaten = time.monotonic()
        regular = before is not None and self._beaten - before < 2 * BEAT
        for worker in office.ledger.silent_workers(now if regular else now - LIFE):
            take_over(office, worker)
        self._share(frozenset(row.name for row in office.ledger.living_workers(now)))

    def _go_on(self) -> None:
        while not self._over.wait(BEAT):
            try:
                self.beat()
            except Exception as fault:  # the next beat may succeed
                log.exception("not-beaten", cause=type(fault).__name__)

    def _share(self, others: frozenset[str]) -> None:
        """When workers come, mark what this one has beyond its share of mailboxes and senders."""
        if others > self._others and self._others:
            for kind in ("poll", "send"):
                mine = self._office.ledger.leases_of(self._office.worker, kind)
                share = math.ceil(len(self._office.settings.accounts) / len(others))
                self._leave.update(mine[share:])
        self._others = others


def take_over(office: Office, worker: str) -> None:
    """Free what a worker that is gone had in hand."""
    mails = office.ledger.release_worker(worker)
    office.ledger.lose_worker(worker, office.clock.now())
    office.ledger.forget_worker(worker)
    log.warning("took-over", worker=worker, mails=mails)
