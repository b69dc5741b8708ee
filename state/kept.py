"""Connections that stay at hand from one use to the next: taking one costs more than asking."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine


class Kept:
    """An engine's connections without a transaction; the one used last is taken first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: list[Connection] = []

    def take(self) -> Connection:
        """Take a connection; no other thread has it."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._engine.connect()

    def keep(self, connection: Connection) -> None:
        """Give back a connection whose transaction is over."""
        self._idle.append(connection)

    def drop(self, connection: Connection) -> None:
        """Give back a connection that has met a fault, which the others may have met too."""
        connection.close()
        self.close()

    @contextmanager
    def one(self) -> Iterator[Connection]:
        """Take a connection to the end of the block."""
        connection = self.take()
        try:
            yield connection
        except BaseException:
            self.drop(connection)
            raise
        self.keep(connection)

    def close(self) -> None:
        """Close those that nobody has taken."""
        while self._idle:
            self._idle.pop().close()
