"""A process that has the bot's code loaded and forks for each round, so that a start costs little.

What is forked is the command itself, from its first look at the settings on. Run as a program,
it reads one request a line and answers with the process's number, then with how it ended.
"""

from __future__ import annotations

import importlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from bot.watch.pulse import Pulse
from tests.story.deployment import ROOT, end

EVERYTHING = "everything"


class Warm:
    """Starts rounds one after the other; `pid` is the one that runs."""

    def __init__(self, log):
        self._log, self._place, self.pid = log, log.with_suffix(".thread"), None
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.warm"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answers = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def start(self, *arguments, traced=""):
        """Begin `shoubiao ARGUMENTS`; what is `traced` waits for its tracer.

        That is EVERYTHING, or the thread of a job, by how the job's name begins.
        """
        self._place.unlink(missing_ok=True)
        place = str(self._place)
        request = {"arguments": arguments, "log": str(self._log), "traced": traced, "place": place}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        self.pid = self._answers.get(timeout=60)

    def wait(self, seconds):
        """Return how the round ended: its exit code, or minus the signal."""
        try:
            code = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError(f"no end after {seconds} s") from None
        self.pid = None
        return code

    def thread(self, seconds=20):
        """Return the number of the job's thread that waits for its tracer; None if none came."""
        for _ in range(seconds * 100):
            with suppress(OSError, ValueError):
                return int(self._place.read_text())
            if not self._answers.empty():  # it has ended
                break
            time.sleep(0.01)
        return None

    def kill(self):
        """End the round that runs, if one does, as kill -9 would."""
        if self.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.wait(60)

    def close(self):
        self.kill()
        self._process.stdin.close()
        end(self._process)
        self._process.stdout.close()

    def _listen(self):
        for line in self._process.stdout:
            self._answers.put(int(line))


def main():
    """Serve until stdin ends; what the first round has loaded, the next ones find loaded."""
    _load(("bot.__main__", "bot.commands.work"))
    for line in sys.stdin:
        told, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            _round(json.loads(line), tell)
        os.close(tell)
        _say(pid)
        _, status = os.waitpid(pid, 0)
        with os.fdopen(told) as names:
            _load(names.read().split())
        _say(os.waitstatus_to_exitcode(status))


def _round(request, tell):
    """Be the command, in a forked process; never returns."""
    os.setsid()
    log = os.open(request["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    silence = os.open(os.devnull, os.O_RDONLY)
    for number, descriptor in enumerate((silence, log, log)):
        os.dup2(descriptor, number)
    if request["traced"] == EVERYTHING:
        _wait_for_tracer("/proc/self/status")
    elif request["traced"]:
        _announce(request["traced"], Path(request["place"]))
    sys.argv = ["shoubiao", *request["arguments"]]
    code = 0
    try:
        importlib.import_module("bot.__main__").app()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1
    if not request["traced"]:
        os.write(tell, " ".join(sys.modules).encode()[:60_000])
    os._exit(code)


def _wait_for_tracer(status):
    while "TracerPid:\t0\n" in Path(status).read_text():
        time.sleep(0.01)


def _announce(job, place):
    """Let the first thread that begins a job of this name wait for a tracer of its own."""
    busy, announced = Pulse.busy, []

    def begin(self, name, *more):
        if name.startswith(job) and not announced:
            announced.append(name)
            thread = threading.get_native_id()
            place.write_text(str(thread))
            _wait_for_tracer(f"/proc/self/task/{thread}/status")
        return busy(self, name, *more)

    Pulse.busy = begin


def _load(names):
    for name in names:
        if name not in sys.modules:
            with suppress(Exception):  # what cannot be loaded by name is loaded by who needs it
                importlib.import_module(name)


def _say(number):
    print(number, flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
