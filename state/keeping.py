"""What keeps the ledger over the years: copies while it is written to, and proofs it is whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, inspect, select, text, union, update

from state.engine import Database, LedgerUnavailableError
from state.tables import UNDECIDED, arrivals, letter_bytes, letters, mails, submissions

if TYPE_CHECKING:
    from datetime import datetime

WHOLE = "ok"


class Keeping(Database):
    """The ledger as a thing that is copied, checked and counted."""

    @property
    def file(self) -> Path | None:
        """The file of an SQLite ledger; None for a database on a server."""
        name = self.engine.url.database
        return Path(name) if self.engine.dialect.name == "sqlite" and name else None

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy of an SQLite ledger, whoever is writing to it meanwhile.

        One step of SQLite's backup API reads one snapshot; in WAL mode it hinders no writer.
        The copy is one file, without a log beside it.
        """
        if self.file is None:
            raise TypeError("only an SQLite ledger is a file")
        try:
            with (
                closing(sqlite3.connect(self.file, timeout=30)) as source,
                closing(sqlite3.connect(target)) as copy,
            ):
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as fault:
            raise LedgerUnavailableError(str(fault)) from fault

    def dump_command(self, target: Path) -> tuple[list[str], dict[str, str]]:
        """Return the command that dumps a PostgreSQL ledger, and the environment it needs.

        The password is in the environment: everybody on the machine can read command lines.
        """
        url = self.engine.url
        named = (("-h", url.host), ("-p", url.port), ("-U", url.username), ("-d", url.database))
        options = [word for flag, value in named if value for word in (flag, str(value))]
        secrets = {"PGPASSWORD": str(url.password)} if url.password else {}
        return ["pg_dump", "-Fc", "-f", str(target), *options], secrets

    def let_go(self, now: datetime) -> None:
        """Free what a worker had in hand when this ledger was copied: none of it lives here.

        Its mails are read as if for the first time; a letter it was sending may have left.
        """
        back = {"worker": None, "lease_until": None, "attempts": mails.c.attempts - 1}
        leased = (UNDECIDED, mails.c.lease_until.is_not(None), mails.c.worker.is_not(None))
        sending = letters.c.state == "sending"
        perhaps = {"state": "uncertain", "uncertain": letters.c.uncertain + 1, "not_before": now}
        with self.writing() as connection:
            connection.execute(update(mails).where(*leased).values(**back))
            connection.execute(update(letters).where(sending).values(**perhaps, lease_until=None))

    def faults(self) -> list[str]:
        """Return what is wrong with the database itself; nothing is fine."""
        found: list[str] = []
        with self.reading() as connection:
            if self.engine.dialect.name == "sqlite":
                told = connection.execute(text("PRAGMA integrity_check(20)")).scalars()
                found += [line for line in told if line != WHOLE]
                keys = connection.execute(text("PRAGMA foreign_key_check")).all()
                found += [f"{row[0]}: row {row[1]} has no {row[2]}" for row in keys[:20]]
            unsent = select(func.count()).select_from(letters.outerjoin(letter_bytes))
            waits = (letters.c.settled_at.is_(None), letter_bytes.c.letter_id.is_(None))
            lost = connection.scalar(unsent.where(*waits)) or 0
        return [*found, *([f"{lost} waiting letters have no bytes"] if lost else [])]

    def kept_hashes(self) -> dict[str, int]:
        """Return what the archive must hold: hash → the mail it belongs to."""
        kept = mails.c.purged_at.is_(None)
        own = select(mails.c.raw_sha256, mails.c.id).where(kept)
        shown = select(arrivals.c.raw_sha256, arrivals.c.mail_id).join_from(arrivals, mails)
        with self.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(union(own, shown.where(kept)))}

    def counts(self) -> dict[str, int]:
        """Return how many rows of each kind there are, to compare a copy with."""
        tables = (mails, arrivals, submissions, letters)
        with self.reading() as connection:
            return {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in tables
            }

    def revision(self) -> str:
        """Return the revision of the tables."""
        with self.reading() as connection:
            return str(connection.scalar(text("SELECT version_num FROM alembic_version")))

    def has_tables(self) -> bool:
        """Say whether the ledger was ever brought into being; looking does not do it."""
        with self.reading() as connection:
            return inspect(connection).has_table("alembic_version")
