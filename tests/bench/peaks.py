"""The greatest resident memory of a process and of each it starts, as the kernel kept it."""

from __future__ import annotations

import contextlib
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

import psutil

EVERY = 0.02  # seconds between two looks; the kernel's own mark (VmHWM) misses nothing between


@dataclass
class Peaks:
    """Of one run, in MiB: the process itself, its children by the module they run."""

    own: float = 0.0
    children: dict = field(default_factory=dict)
    cpu: float = 0.0
    exit_code: int = 0


def peaks_of(process):
    """Wait for a process and return its peaks."""
    peaks, over = Peaks(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peaks, over))
    watcher.start()
    _, status, used = os.wait4(process.pid, 0)
    over.set()
    watcher.join()
    process.returncode = peaks.exit_code = os.waitstatus_to_exitcode(status)
    peaks.cpu = used.ru_utime + used.ru_stime
    return peaks


def high_water(pid):
    """Return the greatest resident size of a process so far, in MiB; 0 when it is gone."""
    with contextlib.suppress(OSError, IndexError):
        text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        return int(text.split("VmHWM:")[1].split()[0]) / 1024
    return 0.0


def _watch(pid, peaks, over):
    while not over.wait(EVERY):
        peaks.own = max(peaks.own, high_water(pid))
        with contextlib.suppress(psutil.Error):
            for child in psutil.Process(pid).children(recursive=True):
                name = " ".join(child.cmdline()[1:3]).strip() or child.name()
                peaks.children[name] = max(peaks.children.get(name, 0), high_water(child.pid))
