"""How a database is opened and written to, and the few places where databases differ."""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from state.kept import Kept
from state.prepared import Prepared
from state.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import ColumnElement

Names = tuple[str, ...]
Row = dict[str, Any]

PRAGMAS = (
    "PRAGMA busy_timeout = 30000",  # first, so that the switch to WAL waits too
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # NORMAL loses commits on power loss (facts/reliability.md §0.2)
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA wal_autocheckpoint = 4000",  # pages; the usual 1000 are twenty mails
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
        self._driver = self.engine.dialect.loaded_dbapi
        self._asking = Kept(self.engine)
        self._writer = Kept(self.engine.execution_options(write=True))
        self._turns = None if self.is_shared else Turns(self._writer)

    @property
    def is_shared(self) -> bool:
        """Whether workers on several machines may have it open."""
        return self.engine.dialect.name == "postgresql"

    def close(self) -> None:
        """Close all connections."""
        self._asking.close()
        self._writer.close()
        self.engine.dispose()

    def ask(self, question: Prepared, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Put one prepared question; return the rows that answer it."""
        with self._faults_named(), self._asking.one() as connection:
            rows = question.rows(connection, values)
            if self.is_shared:  # where a question begins a transaction
                connection.connection.rollback()
            return rows

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view."""
        with self._faults_named(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing, durable on return."""
        with self._faults_named():
            if self._turns is not None:
                with self._turns.writing() as connection:
                    yield connection
                return
            with self._writer.one() as connection, connection.begin():
                yield connection

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        """Tell the world's faults from ours, those that the driver raises itself too."""
        try:
            yield
        except self._driver.Error as raised:
            base = self._driver.Error
            alike = DBAPIError.instance(None, None, raised, base, hide_parameters=True)
            raise _named(alike) or alike from raised
        except (DBAPIError, PoolTimeoutError) as fault:
            named = _named(fault)
            if named is None:
                raise
            raise named from fault


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
    statement = _insert_new(connection.dialect.name, table, key, tuple(row))
    new = statement.first(connection, row)
    return None if new is None else int(new[0])


@lru_cache(maxsize=64)
def _insert_new(name: str, table: Table, key: Names, columns: Names) -> Prepared:
    """Compile once; SQLAlchemy 2.0 does not cache statements with ON CONFLICT."""
    kept = _insert(name)(table).on_conflict_do_nothing(index_elements=key)
    return Prepared(kept.returning(table.c.id), *columns)


def put(connection: Connection, table: Table, key: Row, row: Row, first: Row) -> None:
    """Set the columns of the row with this key; one that is new gets those in `first` too."""
    statement = _insert(connection.dialect.name)(table).values(**key, **row, **first)
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=row))


def insert_over(
    connection: Connection, table: Table, key: Row, row: Row, free: ColumnElement[bool]
) -> None:
    """Insert a row, or put it over the one with this key if that is `free`."""
    statement = _insert(connection.dialect.name)(table).values(**key, **row)
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=row, where=free))


def _insert(name: str) -> Any:
    """Return the INSERT of the database at hand; the other kind's is never loaded."""
    return import_module(f"sqlalchemy.dialects.{name}").insert


def take_turn(connection: Connection, what: str) -> None:
    """Wait for others that number versions of the same thing; SQLite writers are alone anyway."""
    if connection.dialect.name == "postgresql":
        wait = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")
        connection.execute(wait, {"what": what})


def _named(fault: BaseException) -> LedgerUnavailableError | None:
    """Name a fault of the world; None for our mistakes."""
    broken = isinstance(fault, DBAPIError) and fault.connection_invalidated
    corrupt = type(fault) is DatabaseError  # SQLite's file is none
    if broken or corrupt or isinstance(fault, OperationalError | PoolTimeoutError):
        return LedgerUnavailableError(str(getattr(fault, "orig", fault)))
    return None


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # pysqlite would begin too late; _begin_sqlite does it
    for pragma in PRAGMAS:
        connection.execute(pragma).close()


def _begin_sqlite(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    write = connection.get_execution_options().get("write", False)
    driver.execute("BEGIN IMMEDIATE" if write else "BEGIN").close()
