"""What goes when a campaign's retention is over, people's data, and what stays: counts."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, and_, cast, delete, func, literal, or_, select, update

from state import rows
from state.acts import forget_acts
from state.engine import Database
from state.report import write_audit
from state.rosters import forget_rosters
from state.tables import (
    arrivals,
    attempts,
    audits,
    files,
    letter_bytes,
    letters,
    mails,
    recipients,
    submissions,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from rules.finding import Finding
    from rules.reading import FieldReading, Reading
    from state.rows.accounts import PurgeCount

m = mails.c
FORGOTTEN: dict[str, Any] = {
    "message_id": None, "subject": None, "sender_address": None, "sender_name": None,
    "references": None, "findings": None, "candidates": None,
}  # fmt: skip
CHUNK = 400  # older SQLite takes 999 parameters
SPENT: dict[str, Any] = {
    "recipients": (), "subject": "", "text": None,
    "subject_key": literal("purged:") + cast(letters.c.id, Text),  # it may name the recipient
}  # fmt: skip


class Purging(Database):
    """Campaigns whose mails nobody may keep any longer."""

    def purgeable(
        self, campaign: str, boxes: Sequence[str], since: datetime, until: datetime
    ) -> PurgeCount:
        """Count what `purge` would take, changing nothing."""
        with self.reading() as connection:
            return _counted(connection, _whose(campaign, boxes, since, until), campaign)

    def last_received(self, campaign: str) -> datetime | None:
        """Return when the last mail came that belongs to a campaign; None if none does."""
        query = select(func.max(m.received_at)).where(m.campaign == campaign)
        with self.reading() as connection:
            last: datetime | None = connection.scalar(query)
        return last

    def purge(  # noqa: PLR0913, PLR0917 - whose mails of which days, and who says so when
        self,
        campaign: str,
        boxes: Sequence[str],
        since: datetime,
        until: datetime,
        actor: str,
        now: datetime,
    ) -> PurgeCount:
        """Forget what people wrote, in one transaction; numbers, standings and counts stay.

        Mails that no campaign claimed go with it when they came into its mailboxes in its days.
        Undecided mails and letters that still wait stay as they are.
        """
        which = _whose(campaign, boxes, since, until)
        with self.writing() as connection:
            count = _counted(connection, which, campaign)
            ids = list(connection.scalars(select(m.id).where(which)))
            for start in range(0, len(ids), CHUNK):
                _forget_mails(connection, ids[start : start + CHUNK], now)
            _forget_letters(connection, campaign, ids)
            forget_acts(connection, campaign)
            forget_rosters(connection, campaign)
            said = f"{campaign}: {count.mails} mails, {count.letters} letters"
            write_audit(connection, actor, "purge", said, now)
        return count

    def purged_hashes(self) -> set[str]:
        """Return the contents that only purged mails had: they may leave the archive."""
        gone = m.purged_at.is_not(None)
        own = select(m.raw_sha256, m.purged_at)
        shown = select(arrivals.c.raw_sha256, m.purged_at).join_from(arrivals, mails)
        with self.reading() as connection:
            purged = {row[0] for q in (own, shown) for row in connection.execute(q.where(gone))}
            kept = {
                row[0]
                for q in (own, shown)
                for row in connection.execute(q.where(m.purged_at.is_(None)))
            }
        return purged - kept

    def shrink(self) -> bool:
        """Leave nothing of deleted rows in an SQLite file; False when it is too busy for that."""
        if self.engine.dialect.name != "sqlite":
            return True
        raw = self.engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM").close()
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        except sqlite3.Error:
            return False
        finally:
            raw.close()
        return True


def _whose(
    campaign: str, boxes: Sequence[str], since: datetime, until: datetime
) -> ColumnElement[bool]:
    unclaimed = and_(
        m.campaign.is_(None), m.mailbox.in_(list(boxes)), m.received_at >= since,
        m.received_at < until,
    )  # fmt: skip
    ended = (m.outcome.is_not(None), m.purged_at.is_(None))
    return and_(*ended, or_(m.campaign == campaign, unclaimed))


def _counted(connection: Connection, which: ColumnElement[bool], campaign: str) -> PurgeCount:
    mail = connection.execute(select(func.count(), func.sum(m.size)).where(which)).one()
    written = select(func.count()).select_from(letters.join(letter_bytes))
    its = (letters.c.settled_at.is_not(None), _written(campaign, which))
    held = select(func.count()).where(which, m.outcome == "held").select_from(mails)
    return rows.accounts.PurgeCount(
        mails=mail[0], bytes=int(mail[1] or 0), letters=connection.scalar(written.where(*its)) or 0,
        held=connection.scalar(held) or 0,
    )  # fmt: skip


def _written(campaign: str, which: ColumnElement[bool]) -> ColumnElement[bool]:
    answered = letters.c.mail_id.in_(select(m.id).where(which))
    return or_(letters.c.campaign == campaign, answered)


def _forget_mails(connection: Connection, ids: Sequence[int], now: datetime) -> None:
    gone = {**FORGOTTEN, "purged_at": now}
    connection.execute(update(mails).where(m.id.in_(ids)).values(**gone))
    nameless = update(files).where(files.c.mail_id.in_(ids)).values(name="", path=())
    connection.execute(nameless)
    _forget_submissions(connection, ids)
    _forget_words(connection, frozenset(ids))


def _forget_submissions(connection: Connection, ids: Sequence[int]) -> None:
    query = select(submissions).where(submissions.c.mail_id.in_(ids))
    for row in connection.execute(query).mappings().all():
        bare = {
            "files": tuple(replace(file, name="") for file in row["files"]),
            "readings": tuple(_numbers_only(reading) for reading in row["readings"]),
            "findings": tuple(_bare_finding(finding) for finding in row["findings"]),
        }
        its = submissions.c.id == row["id"]
        connection.execute(update(submissions).where(its).values(**bare))


def _forget_words(connection: Connection, ids: frozenset[int]) -> None:
    """Leave of what a person wrote into the audit only which mail it was about."""
    said = audits.c.action == "settle-mail"
    for row in connection.execute(select(audits).where(said)).mappings().all():
        number = row["detail"].partition(" ")[0]
        if number.isdigit() and int(number) in ids:
            its = audits.c.id == row["id"]
            connection.execute(update(audits).where(its).values(detail=number))


def _forget_letters(connection: Connection, campaign: str, ids: Sequence[int]) -> None:
    """Keep that a letter was written and when; not what it said, nor to whom."""
    chunks = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
    answers = (letters.c.mail_id.in_(chunk) for chunk in chunks)
    for where in (letters.c.campaign == campaign, *answers):
        ended = and_(where, letters.c.settled_at.is_not(None))
        which = select(letters.c.id).where(ended)
        connection.execute(delete(letter_bytes).where(letter_bytes.c.letter_id.in_(which)))
        connection.execute(delete(recipients).where(recipients.c.letter_id.in_(which)))
        silent = update(attempts).where(attempts.c.letter_id.in_(which))
        connection.execute(silent.values(text=""))
        connection.execute(update(letters).where(ended).values(**SPENT))


def _numbers_only(reading: Reading) -> Reading:
    fields = tuple(_number_only(answer) for answer in reading.fields)
    extra = tuple(replace(one, raw="") for one in reading.extra if _is_number(one.value))
    return replace(reading, fields=fields, extra=extra, remarks=())


def _number_only(answer: FieldReading) -> FieldReading:
    value = answer.value if _is_number(answer.value) else None
    return replace(answer, value=value, raw="", given_unit=None)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _bare_finding(finding: Finding) -> Finding:
    return replace(finding, raw=None, file=None, details={})
