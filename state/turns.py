"""Threads that write to one SQLite file: one after another, and who waits joins the same commit.

A commit waits for the disk (synchronous=FULL), some milliseconds in which nobody else can write.
So whoever has waited goes on in the open transaction, behind a savepoint of its own, and the last
one commits for all. Nobody returns before what it wrote is on disk.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from state.kept import Kept

MOST = 8  # parts of one transaction: the first of them is not kept waiting for more


class Turns:
    """Who writes now."""

    def __init__(self, connections: Kept) -> None:
        self._connections = connections
        self._turn = threading.Lock()
        self._waiting: deque[None] = deque()
        self._open: _Joined | None = None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing; durable on return, with what others wrote in the same transaction."""
        joined = self._begin()
        try:
            with joined.part() as connection:
                yield connection
        finally:
            self._end(joined)
        joined.over.wait()
        if joined.fault is not None:
            raise joined.fault

    def _begin(self) -> _Joined:
        self._waiting.append(None)
        self._turn.acquire()
        self._waiting.pop()
        try:
            self._open = self._open or _Joined(self._connections)
        except BaseException:
            self._turn.release()
            raise
        return self._open

    def _end(self, joined: _Joined) -> None:
        """Leave the transaction to whoever waits, or end it."""
        try:
            if not (self._waiting and 0 < joined.parts < MOST):
                self._open = None
                joined.end()
        finally:
            self._turn.release()


class _Joined:
    """One transaction of some threads."""

    def __init__(self, connections: Kept) -> None:
        self._connections, self._connection = connections, connections.take()
        try:
            self._transaction = self._connection.begin()
        except BaseException:
            connections.drop(self._connection)
            raise
        self._driver: Any = self._connection.connection.dbapi_connection
        self.parts = 0  # that are whole
        self.fault: BaseException | None = None  # that nobody's part has outlived
        self.over = threading.Event()

    @contextmanager
    def part(self) -> Iterator[Connection]:
        """Write one thread's part; if that fails, the others' stand."""
        if self.parts:
            self._driver.execute("SAVEPOINT part").close()
        try:
            yield self._connection
        except BaseException as fault:
            self._undo(fault)
            raise
        self.parts += 1

    def end(self) -> None:
        """Commit the parts that are whole."""
        try:
            if self.parts:
                self._transaction.commit()
            else:
                self._transaction.rollback()
            self._connections.keep(self._connection)
        except BaseException as fault:  # noqa: BLE001 - raised in every thread with a part in it
            self.fault = self.fault or fault
            self._connections.drop(self._connection)
        finally:
            self.over.set()

    def _undo(self, fault: BaseException) -> None:
        """Undo a part; a full disk may have undone the whole transaction."""
        try:
            if self.parts:
                self._driver.execute("ROLLBACK TO part").close()
        except BaseException:  # noqa: BLE001 - as above
            self.parts, self.fault = 0, fault
