"""Which job each thread is at, and when it last got on: what a watchdog looks at."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def nothing() -> None:
    """Have nothing to break off."""


@dataclass
class Job:
    """One run of one job. `since` and `at` are seconds of the monotonic clock.

    `break_off` may be called from any thread, and makes the job fail if it waits for a server.
    """

    name: str
    since: float
    at: float
    break_off: Callable[[], None] = nothing
    broken_at: float | None = None


class Pulse:
    """The jobs at work. A job that waits for something beats when it gets on with it."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.now = monotonic
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()
        self.untold: set[str] = set()  # troubles that nobody could be told of

    @contextmanager
    def busy(self, name: str, break_off: Callable[[], None] = nothing) -> Iterator[None]:
        """Be at a job until the end of the block; a job within a job is part of it."""
        thread, now = threading.get_ident(), self.now()
        with self._lock:
            before = self._jobs.get(thread)
            self._jobs[thread] = before or Job(name, now, now, break_off)
        try:
            yield
        finally:
            if before is None:
                with self._lock:
                    self._jobs.pop(thread, None)

    def beat(self) -> None:
        """Say that this thread's job gets on."""
        job = self._jobs.get(threading.get_ident())
        if job is not None:
            job.at, job.broken_at = self.now(), None

    def still(self, seconds: float) -> list[Job]:
        """Return the jobs that have not got on for so long."""
        now = self.now()
        with self._lock:
            return [job for job in self._jobs.values() if now - job.at >= seconds]

    def ages(self) -> dict[str, float]:
        """Return job → seconds since it last got on, of the jobs at work."""
        now = self.now()
        with self._lock:
            return {job.name: now - job.at for job in self._jobs.values()}
