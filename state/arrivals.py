"""Where and when mailboxes showed mails: each showing once, equal content one mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, or_, select, update

from state import rows
from state.engine import Database, insert_new
from state.prepared import Prepared
from state.tables import arrivals, mails

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from state.rows.mails import LabelRow, NewArrival, RecordedArrival

MENDED = Prepared(select(mails.c.id).where(mails.c.mended_key == bindparam("its_key")))
PLACE = ("mailbox", "folder", "uidvalidity", "uid")


class Arrivals(Database):
    """What the mailboxes have shown so far."""

    def known_uids(
        self, mailbox: str, folder: str, uidvalidity: int, at_least: int = 0
    ) -> set[int]:
        """Return the recorded UIDs from `at_least` on, without those gone from the server.

        A number that was gone and is shown again may be another mail's, so it is to be fetched.
        """
        a = arrivals.c
        here = (a.mailbox == mailbox, a.folder == folder, a.uidvalidity == uidvalidity)
        query = select(a.uid).where(*here, a.uid >= at_least, a.gone_at.is_(None))
        with self.reading() as connection:
            return set(connection.scalars(query))

    def labels(
        self, mailbox: str, folder: str, uidvalidity: int, uids: Collection[int]
    ) -> list[LabelRow]:
        """Return when the mails with these UIDs were received, and their sizes."""
        a = arrivals.c
        here = (a.mailbox == mailbox, a.folder == folder, a.uidvalidity == uidvalidity)
        query = select(a.uid, a.received_at, mails.c.size).join_from(arrivals, mails)
        query = query.where(*here, a.uid.in_(list(uids)), a.gone_at.is_(None))
        with self.reading() as connection:
            return [rows.mails.LabelRow(**row) for row in connection.execute(query).mappings()]

    def decided_since(self, mailbox: str, since: datetime) -> list[tuple[str, int]]:
        """Return (folder, UID) of the mailbox's mails that ended since then."""
        a = arrivals.c
        ended = (a.mailbox == mailbox, a.gone_at.is_(None), mails.c.decided_at >= since)
        query = select(a.folder, a.uid).join_from(arrivals, mails).where(*ended).order_by(a.id)
        with self.reading() as connection:
            return [(row.folder, row.uid) for row in connection.execute(query)]

    def record_arrivals(
        self, arrivals: Iterable[NewArrival], now: datetime
    ) -> tuple[RecordedArrival, ...]:
        """Record several showings with one sync."""
        with self.writing() as connection:
            return tuple(_record(connection, arrival, now) for arrival in arrivals)


def _record(connection: Connection, new: NewArrival, now: datetime) -> RecordedArrival:
    mended = MENDED.first(connection, {"its_key": new.content_key})
    if mended is not None:  # the mended copy of a mail is that mail
        _place(connection, new, mended[0], now, is_new=False)
        return rows.mails.RecordedArrival(mended[0], is_new_mail=False)
    mail_id = insert_new(connection, mails, ("content_key",), _mail(new, now))
    is_new = mail_id is not None
    if mail_id is None:
        query = select(mails.c.id).where(mails.c.content_key == new.content_key)
        mail_id = connection.scalars(query).one()
    _place(connection, new, mail_id, now, is_new=is_new)
    return rows.mails.RecordedArrival(mail_id, is_new_mail=is_new)


def _place(
    connection: Connection, new: NewArrival, mail_id: int, now: datetime, *, is_new: bool
) -> None:
    row = _arrival(new, mail_id, now)
    if insert_new(connection, arrivals, PLACE, row) is None:
        if _shown_again(connection, new, mail_id):
            return
        _free_number(connection, new, now)
        insert_new(connection, arrivals, PLACE, row)
    if not is_new:
        _mark_seen_again(connection, new, mail_id)


def _shown_again(connection: Connection, new: NewArrival, mail_id: int) -> bool:
    change = update(arrivals).where(*_at(new), arrivals.c.mail_id == mail_id)
    return connection.execute(change.values(gone_at=None)).rowcount > 0


def _free_number(connection: Connection, new: NewArrival, now: datetime) -> None:
    """Let go of a UID that the server has given to another mail (facts/mail.md §2.1)."""
    gone = func.coalesce(arrivals.c.gone_at, now)
    connection.execute(update(arrivals).where(*_at(new)).values(uid=None, gone_at=gone))


def _mark_seen_again(connection: Connection, new: NewArrival, mail_id: int) -> None:
    """When a mail's number in a folder has changed, count the newer showing only."""
    a = arrivals.c
    earlier = (
        select(a.id)
        .where(a.mail_id == mail_id, a.mailbox == new.mailbox, a.folder == new.folder)
        .where(or_(a.uidvalidity != new.uidvalidity, a.gone_at.is_not(None)))
        .where(a.seen_again.is_(False))
        .order_by(a.id)
        .limit(1)
    )
    change = update(arrivals).where(a.id == earlier.scalar_subquery())
    connection.execute(change.values(seen_again=True))


def _at(new: NewArrival) -> tuple[Any, ...]:
    return tuple(arrivals.c[name] == getattr(new, name) for name in PLACE)


def _mail(new: NewArrival, now: datetime) -> dict[str, Any]:
    return {
        "content_key": new.content_key,
        "raw_sha256": new.raw_sha256,
        "size": new.size,
        "mailbox": new.mailbox,
        "folder": new.folder,
        "received_at": new.received_at,
        "recorded_at": now,
        "answerable": new.answerable,
        "lane": new.lane,
    }


def _arrival(new: NewArrival, mail_id: int, now: datetime) -> dict[str, Any]:
    return {
        "mail_id": mail_id,
        "mailbox": new.mailbox,
        "folder": new.folder,
        "uidvalidity": new.uidvalidity,
        "uid": new.uid,
        "received_at": new.received_at,
        "raw_sha256": new.raw_sha256,
        "recorded_at": now,
    }
