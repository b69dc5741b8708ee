"""What a process and its children cost while they run: seconds, CPU, peak resident memory."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from dataclasses import dataclass, field

import psutil

EVERY = 0.05  # seconds between two looks at memory


@dataclass
class Cost:
    """Of one run; `worker` and `child` are the greatest resident sizes seen, in MiB.

    `own_cpu` is the worker's without its children's.
    """

    started: float = field(default_factory=time.monotonic)
    ended: float = 0.0
    cpu: float = 0.0
    own_cpu: float = 0.0
    worker: float = 0.0
    child: float = 0.0
    exit_code: int = 0


def measure(process):
    """Wait for a process and return its cost; CPU counts the children it has waited for."""
    cost, over = Cost(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, cost, over))
    watcher.start()
    _, status, used = os.wait4(process.pid, 0)
    cost.ended = time.monotonic()
    over.set()
    watcher.join()
    process.returncode = cost.exit_code = os.waitstatus_to_exitcode(status)
    cost.cpu = used.ru_utime + used.ru_stime
    return cost


def _watch(pid, cost, over):
    while not over.wait(EVERY):
        with contextlib.suppress(psutil.Error):
            worker = psutil.Process(pid)
            cost.worker = max(cost.worker, _mib(worker))
            times = worker.cpu_times()
            cost.own_cpu = times.user + times.system
            for child in worker.children(recursive=True):
                cost.child = max(cost.child, _mib(child))


def _mib(process):
    return process.memory_info().rss / 2**20
