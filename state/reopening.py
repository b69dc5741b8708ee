"""What people decide about mails: read again, for a unit, from a mended copy, or dealt with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, update

from rules.outcome import Outcome
from state.approvals import withdraw
from state.engine import Database
from state.report import write_audit
from state.tables import mails, submissions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from state.rows.mails import MailHeaders


m = mails.c
AFRESH: dict[str, Any] = {"outcome": None, "reason": None, "cause": None, "attempts": 0}


class Reopening(Database):
    """Each act of a person is one transaction with its audit row."""

    def reopen_mail(
        self,
        mail_id: int,
        actor: str,
        now: datetime,
        campaign: str | None = None,
        unit: str | None = None,
    ) -> bool:
        """Let a decided mail be read again, perhaps for the unit a person names.

        Its submissions are withdrawn. False if it is still undecided.
        """
        said = {"assigned_campaign": campaign, "assigned_unit": unit}
        act = (actor, "reopen-mail", f"{mail_id} {campaign} {unit}")
        return self._reopen(mail_id, now, act, said)

    def retry_mail(self, mail_id: int, actor: str, now: datetime) -> bool:
        """Let a decided mail be read again as it is; to whom it was assigned stands."""
        return self._reopen(mail_id, now, (actor, "retry-mail", str(mail_id)), {})

    def answer_anew(self, mail_id: int, letter_id: int, now: datetime) -> bool:
        """Take back a waiting answer that is out of date, and let its mail be judged again."""
        act = ("worker", "answer-anew", str(mail_id))
        with self.writing() as connection:
            taken = withdraw(connection, letter_id, now, "stale")
            return taken and _judge_again(connection, mail_id, now, act, {})

    def mend_mail(  # noqa: PLR0913, PLR0917 - who puts which bytes in place of which mail
        self,
        mail_id: int,
        actor: str,
        now: datetime,
        raw_sha256: str,
        content_key: str,
        size: int,
    ) -> bool:
        """Read a mail again from a copy that a person mended; it stays the same mail.

        What the mailbox showed is still in `arrivals`. The copy's content, when a mailbox shows
        it one day, is this mail too. False if the mail is undecided.
        """
        copy = {"raw_sha256": raw_sha256, "mended_key": content_key, "size": size}
        return self._reopen(mail_id, now, (actor, "mend-mail", f"{mail_id} {raw_sha256}"), copy)

    def settle_mail(self, mail_id: int, actor: str, now: datetime, why: str) -> bool:
        """Call a held mail dealt with by a person; False if it is not held."""
        with self.writing() as connection:
            if not settle(connection, mail_id, now):
                return False
            write_audit(connection, actor, "settle-mail", f"{mail_id} {why}".strip(), now)
            return True

    def mail_of_content(self, content_key: str) -> int | None:
        """Return the mail that has this content, itself or as its mended copy."""
        has = or_(m.content_key == content_key, m.mended_key == content_key)
        with self.reading() as connection:
            return connection.scalar(select(m.id).where(has).limit(1))

    def nameless_held(self) -> list[tuple[int, str]]:
        """Return (mail, hash of its bytes) of held mails whose headers nobody has read."""
        query = select(m.id, m.raw_sha256).where(
            m.outcome == Outcome.HELD.value, m.subject.is_(None), m.purged_at.is_(None)
        )
        with self.reading() as connection:
            return [(row.id, row.raw_sha256) for row in connection.execute(query)]

    def note_headers(self, mail_id: int, headers: MailHeaders) -> None:
        """Keep what a mail's headers say where no reader lived to tell."""
        nameless = (m.id == mail_id, m.subject.is_(None))
        with self.writing() as connection:
            connection.execute(update(mails).where(*nameless).values(**headers_row(headers)))

    def _reopen(
        self, mail_id: int, now: datetime, act: tuple[str, str, str], changes: dict[str, Any]
    ) -> bool:
        with self.writing() as connection:
            return _judge_again(connection, mail_id, now, act, changes)


def settle(connection: Connection, mail_id: int, now: datetime) -> bool:
    """Let a held mail be ignored, as dealt with; False if it is not held."""
    held = (m.id == mail_id, m.outcome == Outcome.HELD.value)
    ended = {"outcome": Outcome.IGNORED.value, "reason": "handled", "decided_at": now}
    return bool(connection.execute(update(mails).where(*held).values(**ended)).rowcount)


def _judge_again(
    connection: Connection,
    mail_id: int,
    now: datetime,
    act: tuple[str, str, str],
    changes: dict[str, Any],
) -> bool:
    """Let a decided mail be judged again, its submissions withdrawn; False if it is undecided."""
    decided = (m.id == mail_id, m.outcome.is_not(None), m.purged_at.is_(None))
    change = update(mails).where(*decided).values(**AFRESH, **changes)
    if not connection.execute(change).rowcount:
        return False
    _withdraw(connection, submissions.c.mail_id == mail_id, now)
    write_audit(connection, *act, now)
    return True


def headers_row(headers: MailHeaders) -> dict[str, Any]:
    """Return headers as the columns of a mail."""
    address = headers.sender_address
    return {
        "message_id": headers.message_id,
        "subject": headers.subject,
        "sender_address": address and address.lower(),
        "sender_name": headers.sender_name,
        "automatic": headers.automatic,
        "references": headers.references,
    }


def _withdraw(connection: Connection, which: ColumnElement[bool], now: datetime) -> int:
    standing = (which, submissions.c.withdrawn_at.is_(None))
    change = update(submissions).where(*standing).values(withdrawn_at=now)
    return connection.execute(change).rowcount
