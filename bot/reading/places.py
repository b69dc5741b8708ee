"""So many reading processes and no more: started when needed or ahead, asked in turn, ended."""

from __future__ import annotations

import contextlib
import queue
import threading
from typing import TYPE_CHECKING, Any

from bot.reading.child_process import START_SECONDS, ReaderNotStartedError, ReadingFailed, begin

if TYPE_CHECKING:
    from bot.reading.child_process import Child

Told = tuple[str, str]  # campaigns: a name that changes with them, and they as JSON


class Places:
    """`size` places for processes of one command; any thread may ask, and waits its turn."""

    def __init__(self, size: int, command: tuple[str, ...], wall_seconds: float) -> None:
        self._command = command
        self._wall_seconds = wall_seconds
        self._closed = False
        self._free: queue.LifoQueue[Child | None] = queue.LifoQueue()
        for _ in range(size):
            self._free.put(None)

    def ask(
        self,
        request: dict[str, Any],
        expected: bytes,
        seconds: float | None = None,
        told: Told | None = None,
    ) -> bytes:
        """Return the answer's content if it is of the kind `expected`, ReadingFailed if not.

        ReaderNotStartedError when no process could begin.
        """
        kind, content = self._asked(self._free.get(), request, seconds, told)
        if kind == expected:
            return content
        raise ReadingFailed(content.decode("utf-8", "replace") if kind == b"E" else "garbage")

    def make_ready(self, told: Told) -> None:
        """Start every process that does not run, and tell it the campaigns; wait for none."""
        for child in self._idle():
            threading.Thread(target=self._rouse, args=(child, told), daemon=True).start()

    def close(self) -> None:
        """End the idle processes now, the busy ones when they answer."""
        self._closed = True
        for child in self._idle():
            if child is not None:
                child.end()
            self._free.put(None)

    def _rouse(self, child: Child | None, told: Told) -> None:
        with contextlib.suppress(ReadingFailed, ReaderNotStartedError):
            self._asked(child, {"op": "peak"}, START_SECONDS, told)

    def _asked(
        self, child: Child | None, request: dict[str, Any], seconds: float | None, told: Told | None
    ) -> tuple[bytes, bytes]:
        """Ask the process of a place that was taken, and free the place."""
        kept: Child | None = None
        try:
            child = child if child is not None and child.alive() else self._replace(child)
            if told is not None and not child.tell(*told):
                request = {**request, "op": "read"}  # who judges the mail looks for forms then
            answer = child.ask(request, seconds or self._wall_seconds)
            kept = child
        finally:
            self._put_back(child, kept)
        return answer

    def _idle(self) -> list[Child | None]:
        """Take every place that is free."""
        idle: list[Child | None] = []
        with contextlib.suppress(queue.Empty):
            while True:
                idle.append(self._free.get_nowait())
        return idle

    def _replace(self, old: Child | None) -> Child:
        if old is not None:
            old.end()
        return begin(self._command)

    def _put_back(self, used: Child | None, kept: Child | None) -> None:
        """Free the place; a process that failed, is worn out or comes home late is ended."""
        if kept is not None and (self._closed or kept.worn_out):
            kept = None
        if kept is None and used is not None:
            used.end()
        self._free.put(kept)
