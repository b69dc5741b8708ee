"""How a database is opened and written to, and the few places where databases differ."""

from __future__ import annotations

import threading
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Dialect, Executable

Names = tuple[str, ...]
Row = dict[str, Any]

PRAGMAS = (
    "PRAGMA busy_timeout = 30000",  # first, so that the switch to WAL waits too
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # NORMAL loses commits on power loss (facts/reliability.md §0.2)
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_size_limit = 67108864",
)

KEPT_ALIVE = {  # a server that has gone without a word is noticed within a minute or two
    "connect_timeout": 15, "keepalives_idle": 30, "keepalives_interval": 10,
    "keepalives_count": 3, "tcp_user_timeout": 60_000,
}  # fmt: skip


class LedgerUnavailableError(OSError):
    """The world's fault: the database is full, locked, unreachable or failing. Try later."""


class Database:
    """An engine and its two kinds of transaction. Each call of a method is one of them."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self._writer = self.engine.execution_options(write=True)
        # Threads of one process queue here instead of polling SQLite's single write lock.
        alone = self.engine.dialect.name == "sqlite"
        self._turn = threading.Lock() if alone else nullcontext()

    @property
    def is_shared(self) -> bool:
        """Whether workers on several machines may have it open."""
        return self.engine.dialect.name == "postgresql"

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view."""
        with _faults_named(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing, durable on return."""
        with _faults_named(), self._turn, self._writer.begin() as connection:
            yield connection


def file_of(url: str) -> Path | None:
    """Return the file of an SQLite ledger; None where a server keeps it."""
    parts = make_url(url)
    on_disk = parts.get_backend_name() == "sqlite" and parts.database
    return Path(parts.database) if on_disk and parts.database else None


def open_engine(url: str) -> Engine:
    """Make an engine that keeps parameters (people's data) out of its error texts."""
    alive = KEPT_ALIVE if make_url(url).get_backend_name() == "postgresql" else {}
    engine = create_engine(
        url, hide_parameters=True, pool_size=8, max_overflow=56, connect_args=alive
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def insert_new(connection: Connection, table: Table, key: Names, row: Row) -> int | None:
    """Insert a row unless one with this key stands; return the new id, None if it stood."""
    statement = _insert_new(connection.dialect, table, key, tuple(row))
    return connection.execute(statement, row).scalar()


@lru_cache(maxsize=64)
def _insert_new(dialect: Dialect, table: Table, key: Names, columns: Names) -> Executable:
    """Compile here, once: SQLAlchemy 2.0 does not cache statements with ON CONFLICT."""
    kept = _insert(dialect)(table).on_conflict_do_nothing(index_elements=key)
    return cast(
        "Executable", kept.returning(table.c.id).compile(None, dialect, column_keys=columns)
    )


def put(connection: Connection, table: Table, key: Row, row: Row, first: Row) -> None:
    """Set the columns of the row with this key; one that is new gets those in `first` too."""
    statement = _insert(connection.dialect)(table).values(**key, **row, **first)
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=row))


def insert_over(
    connection: Connection, table: Table, key: Row, row: Row, free: ColumnElement[bool]
) -> None:
    """Insert a row, or put it over the one with this key if that is `free`."""
    statement = _insert(connection.dialect)(table).values(**key, **row)
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=row, where=free))


def _insert(dialect: Dialect) -> Any:
    return postgresql.insert if dialect.name == "postgresql" else sqlite.insert


def take_turn(connection: Connection, what: str) -> None:
    """Wait for others that number versions of the same thing; SQLite writers are alone anyway."""
    if connection.dialect.name == "postgresql":
        wait = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")
        connection.execute(wait, {"what": what})


@contextmanager
def _faults_named() -> Iterator[None]:
    try:
        yield
    except (OperationalError, PoolTimeoutError) as fault:
        raise LedgerUnavailableError(_cause(fault)) from fault
    except DBAPIError as fault:
        if fault.connection_invalidated or type(fault) is DatabaseError:  # SQLite: corrupt file
            raise LedgerUnavailableError(_cause(fault)) from fault
        raise


def _cause(fault: Exception) -> str:
    return str(getattr(fault, "orig", fault))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # pysqlite would begin too late; _begin_sqlite does it
    for pragma in PRAGMAS:
        connection.execute(pragma).close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("write", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("BEGIN").close()  # touches no file: asked often, and has no fault to name
