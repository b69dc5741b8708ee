"""What each folder held when it was last looked at, against which arrivals are counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, true, update

from state.engine import Database, put
from state.tables import arrivals, polls

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

EDGE = timedelta(days=2)  # SEARCH SINCE counts days in the server's zone (facts/mail.md §1.6)
CHUNK = 500  # older SQLite takes 999 parameters


class Polls(Database):
    """The last look at each folder."""

    def record_poll(  # noqa: PLR0913, PLR0917 - what one poll finds out
        self,
        mailbox: str,
        folder: str,
        uidvalidity: int,
        on_server: Collection[int] | int,
        last_uid: int | None,
        now: datetime,
        since: datetime | None = None,
    ) -> None:
        """Remember what the folder holds of the mail that is looked at.

        A collection is every UID there (every one since `since`, if given): recorded UIDs not
        in it are gone. A number counts the same mails when nothing else has changed.
        """
        place = {"mailbox": mailbox, "folder": folder}
        row = {"uidvalidity": uidvalidity, "last_uid": last_uid, "polled_at": now}
        with self.writing() as connection:
            if isinstance(on_server, int):
                older = _older(connection, mailbox, folder) if since else 0
                row |= {"on_server": on_server + older}
            else:
                older = _compare(connection, (mailbox, folder, uidvalidity), on_server, since, now)
                row |= {"on_server": len(set(on_server)) + older, "older": older, "listed_at": now}
            put(connection, polls, place, row, {"first_polled_at": now})

    def first_contact(self, mailbox: str) -> datetime | None:
        """When the mailbox was first polled; None if never."""
        query = select(func.min(polls.c.first_polled_at)).where(polls.c.mailbox == mailbox)
        with self.reading() as connection:
            first: datetime | None = connection.scalar(query)
        return first


def _compare(
    connection: Connection,
    place: tuple[Any, ...],
    shown: Collection[int],
    since: datetime | None,
    now: datetime,
) -> int:
    """Mark what is gone; return how many of the absent may only be too old for the search."""
    a = arrivals.c
    here = (a.mailbox == place[0], a.folder == place[1], a.gone_at.is_(None))
    renumbered = (*here, a.uidvalidity != place[2])
    connection.execute(update(arrivals).where(*renumbered).values(gone_at=now))
    asked = true() if since is None else a.received_at >= since + EDGE
    present = connection.execute(select(a.id, a.uid, asked.label("asked")).where(*here))
    known = frozenset(shown)
    absent = [(row.id, row.asked) for row in present if row.uid not in known]
    gone = [row_id for row_id, was_asked in absent if was_asked]
    _mark_gone(connection, gone, now)
    return len(absent) - len(gone)


def _older(connection: Connection, mailbox: str, folder: str) -> int:
    here = (polls.c.mailbox == mailbox, polls.c.folder == folder)
    return connection.scalar(select(polls.c.older).where(*here)) or 0


def _mark_gone(connection: Connection, gone: Sequence[int], now: datetime) -> None:
    for start in range(0, len(gone), CHUNK):
        change = update(arrivals).where(arrivals.c.id.in_(gone[start : start + CHUNK]))
        connection.execute(change.values(gone_at=now))
