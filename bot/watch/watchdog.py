"""The watchdog: a heartbeat while every job gets on; a job that does not is ended and begun anew.

First what a job waits for is broken off, which it takes for a fault of the network. If that does
not help, the process begins again in place (exec): like kill -9 that loses nothing, and a mail
that hung its reader has used up a try. When not even this thread gets on (a library that holds
the interpreter), a timer outside of it ends the process, for the service manager to start again.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import socket
import sys
import threading
from typing import TYPE_CHECKING, Any

from bot.log import get_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.clock import Clock
    from bot.watch.pulse import Job, Pulse

log = get_log("watching")
LONGEST_LOOK = 10.0  # seconds between two looks
GRACE = 60.0  # seconds a job has to fail in after it was broken off
RESTARTS = "SHOUBIAO_RESTARTS"


class Watchdog:
    """Looks after the jobs of one pulse in a thread of its own, from `start` until `stop`.

    The heartbeat is the file `path`; without one there is none.
    """

    def __init__(
        self,
        pulse: Pulse,
        clock: Clock,
        path: Path | None,
        seconds: float,
        restart: Callable[[], None] | None = None,
    ) -> None:
        self._pulse, self._clock = pulse, clock
        self._path = path
        self._seconds = seconds
        self._grace = min(GRACE, seconds)
        self._restart = restart or begin_again
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True, name="watchdog")
        self.restarts = int(os.environ.get(RESTARTS, "0"))

    def start(self) -> None:
        """Begin to watch."""
        self._beat()
        _tell_manager("READY=1")
        self._thread.start()

    def stop(self) -> None:
        """Watch no more; whoever asks for the heartbeat is told that this was in good order."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        faulthandler.cancel_dump_traceback_later()
        _tell_manager("STOPPING=1")
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def look(self) -> None:
        """Break off or begin again what is stuck; beat if nothing is beyond help."""
        for job in self._pulse.still(self._seconds):
            self._help(job)
        self._beat()

    def put_off_the_end(self, seconds: float) -> None:
        """Have this process end in so many seconds, whatever holds it, unless called again."""
        faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__ or sys.stderr)

    def _watch(self) -> None:
        while not self._stop.wait(min(LONGEST_LOOK, self._seconds / 4)):
            try:
                self.look()
            except OSError as fault:  # a full disk must not end the watch
                log.warning("not-watched", cause=type(fault).__name__)

    def _help(self, job: Job) -> None:
        now = self._pulse.now()
        if job.broken_at is None:
            log.error("stuck", job=job.name, seconds=round(self._seconds))
            job.broken_at = now
            with contextlib.suppress(Exception):
                job.break_off()
        elif now - job.broken_at >= self._grace:
            log.critical("restarting", job=job.name, restarts=self.restarts + 1)
            self._restart()

    def _beat(self) -> None:
        """Put off the outer timer, and write who lives and how long each job has been silent."""
        self.put_off_the_end(self._seconds + 2 * self._grace)
        _tell_manager("WATCHDOG=1")
        if self._path is None:
            return
        told: dict[str, Any] = {
            "at": self._clock.now().isoformat(),
            "pid": os.getpid(),
            "restarts": self.restarts,
            "limit": self._seconds,
            "untold": sorted(self._pulse.untold),
            "silent": {name: round(age, 1) for name, age in self._pulse.ages().items()},
        }
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = self._path.with_name(f"{self._path.name}.new")
        beside.write_text(json.dumps(told), encoding="utf-8")
        beside.replace(self._path)


def begin_again() -> None:
    """Replace this process by a fresh one of the same command; never returns."""
    os.environ[RESTARTS] = str(int(os.environ.get(RESTARTS, "0")) + 1)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - our own command


def give_up() -> None:
    """End this process: a round of its own is begun again by whoever began it."""
    os._exit(1)


def _tell_manager(state: str) -> None:
    """Tell systemd, if it started us (sd_notify(3)); nobody else listens there."""
    path = os.environ.get("NOTIFY_SOCKET", "")
    if not path:
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.connect("\0" + path[1:] if path.startswith("@") else path)
        line.sendall(state.encode())
