"""One reading process and its two pipes: asked, waited for, and killed with all it started."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import struct
import subprocess
import time
from pathlib import Path
from typing import Any

import parsers
from bot.log import get_log

log = get_log("readers")
MAX_ANSWER = 96 << 20  # bytes; a marked copy may carry pictures
MAX_REQUESTS = 2_000  # then a child makes room for a fresh one
START_SECONDS = 60  # for a process to answer at all, on a busy machine
DEATH_SECONDS = 10  # from the end of its pipes to its status
GRACE_SECONDS = 5  # a child ends itself so long after its parent should have ended it

_LENGTH = struct.Struct(">I")


class ReadingFailed(Exception):  # noqa: N818 - what happened to a mail, as bot and log say it
    """No answer about a mail; `cause` is for the log and holds nothing of its content."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class ReaderNotStartedError(OSError):
    """The world's fault: no process could begin (no memory, no room for one); no mail's fault."""


def begin(command: tuple[str, ...]) -> Child:
    """Start a process and hear it answer, so that what fails later is a mail's doing."""
    try:
        child = Child(command)
    except OSError as fault:
        raise ReaderNotStartedError(f"{type(fault).__name__} {fault.errno}") from fault
    try:
        child.ask({"op": "peak"}, START_SECONDS)
    except ReadingFailed as failure:
        child.end()
        raise ReaderNotStartedError(failure.cause) from failure
    return child


class Child:
    """One process and its two pipes."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._requests = 0
        self._process = subprocess.Popen(  # noqa: S603 - our own module, fixed arguments
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
            bufsize=0,
        )
        self.worn_out = False
        self._told: str | None = None

    def alive(self) -> bool:
        """Whether it runs and can be asked."""
        return self._process.poll() is None

    def tell(self, name: str, campaigns: str) -> bool:
        """Let it know the campaigns of this name, if it does not; False if it makes nothing of it.

        ReaderNotStartedError when it did not live to say so.
        """
        if name == self._told:
            return True
        try:
            kind, cause = self.ask({"op": "campaigns", "campaigns": campaigns}, START_SECONDS)
        except ReadingFailed as failure:
            raise ReaderNotStartedError(failure.cause) from failure
        if kind != b"J":
            log.error("campaigns-not-told", cause=cause.decode("utf-8", "replace"))
            return False
        self._told = name
        return True

    def ask(self, request: dict[str, Any], seconds: float) -> tuple[bytes, bytes]:
        """Return the answer's kind and content; ReadingFailed when none comes in time."""
        deadline = time.monotonic() + seconds
        body = json.dumps({**request, "seconds": seconds + GRACE_SECONDS}).encode()
        try:
            self._write(_LENGTH.pack(len(body)) + body, deadline)
            answer = self._frame(deadline)
        except OSError as error:
            raise ReadingFailed(self._death()) from error
        self._requests += 1
        self.worn_out = self._requests >= MAX_REQUESTS or answer == b"Eout of memory"
        return answer[:1], answer[1:]

    def end(self) -> None:
        """Kill it and whatever it started, and take its exit status."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self._process.returncode is None:  # else its number may be another's by now
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _write(self, data: bytes, deadline: float) -> None:
        pipe = self._pipe(self._process.stdin)
        os.set_blocking(pipe, False)
        while data:
            _wait(pipe, select.POLLOUT, deadline)
            data = data[os.write(pipe, data) :]

    def _frame(self, deadline: float) -> bytes:
        length = _LENGTH.unpack(self._exactly(_LENGTH.size, deadline))[0]
        if not 1 <= length <= MAX_ANSWER:
            raise ReadingFailed("garbage")
        return self._exactly(length, deadline)

    def _exactly(self, length: int, deadline: float) -> bytes:
        pipe = self._pipe(self._process.stdout)
        chunks: list[bytes] = []
        while length:
            _wait(pipe, select.POLLIN, deadline)
            chunk = os.read(pipe, min(length, 1 << 20))
            if not chunk:
                raise ReadingFailed(self._death())
            chunks.append(chunk)
            length -= len(chunk)
        return b"".join(chunks)

    def _death(self) -> str:
        """Say how it ended; its pipes close a moment before its status can be taken."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=DEATH_SECONDS)
        code = self._process.returncode
        return f"died: signal {-code}" if code is not None and code < 0 else f"died: exit {code}"

    @staticmethod
    def _pipe(pipe: Any) -> int:
        return int(pipe.fileno())


def _wait(pipe: int, event: int, deadline: float) -> None:
    """Wait for a pipe; ReadingFailed("timeout") at the deadline."""
    poll = select.poll()
    poll.register(pipe, event)
    remaining = deadline - time.monotonic()
    if remaining <= 0 or not poll.poll(remaining * 1000):
        raise ReadingFailed("timeout")


def _environment() -> dict[str, str]:
    """Nothing of ours but the way to the code: passwords stay with the parent."""
    house = str(Path(parsers.__file__).parent.parent)
    return {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "PYTHONPATH": house,
        "MALLOC_ARENA_MAX": "2",  # threads that recognise text would each keep what they used
        "OPENBLAS_NUM_THREADS": "1",
        "PYDANTIC_DISABLE_PLUGINS": "__all__",  # else every installed package is asked for some
    }
