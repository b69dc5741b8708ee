"""Which database the fault tests run on: SQLite, a file each, or a PostgreSQL server of theirs."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from state.ledger import Ledger
from tests.servers.postgres import create, drop, postgres

KINDS = ("SQLite", "PostgreSQL")
_SERVERS = []  # none: SQLite
_EMPTY = []  # one migrated SQLite ledger, copied for each test
_NUMBERS = itertools.count(1)


@contextmanager
def on(kind):
    """Let the tests in this block run on a database of this kind."""
    if kind == KINDS[0]:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="postgres-") as name, postgres(Path(name)) as server:
        _migrated(create(server, "migrated"))
        _SERVERS.append(server)
        try:
            yield
        finally:
            _SERVERS.clear()


def server():
    """Return the URL of the PostgreSQL server in use, None on SQLite."""
    return _SERVERS[0] if _SERVERS else None


def kind():
    """Return the name of the kind of database in use."""
    return KINDS[bool(_SERVERS)]


@contextmanager
def fresh_ledger(folder):
    """Make an empty, migrated ledger of one test's own, and give its URL."""
    if server() is None:
        shutil.copy(_empty(), folder / "ledger.db")
        yield f"sqlite:///{folder}/ledger.db"
        return
    name = f"desk{next(_NUMBERS)}"
    yield create(server(), name, "migrated")
    drop(server(), name)


def _empty():
    if not _EMPTY:
        path = Path(tempfile.mkdtemp(prefix="ledger-")) / "ledger.db"
        _migrated(f"sqlite:///{path}")
        _EMPTY.append(path)
    return _EMPTY[0]


def _migrated(url):
    ledger = Ledger(url)
    ledger.migrate()
    ledger.close()
