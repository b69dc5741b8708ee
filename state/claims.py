"""Who reads which mail now: leases, and the count of tries that keeps one mail from stopping all.

Worker names must differ between threads: the name on a claim is what proves it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, update

from rules.decision import Outcome
from state.engine import Database
from state.rows import ClaimedMail
from state.tables import UNDECIDED, mails

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy import ColumnElement, Connection

m = mails.c
CLAIMED = (
    m.id.label("mail_id"),
    m.raw_sha256,
    m.mailbox,
    m.folder,
    m.received_at,
    m.attempts,
    m.answerable,
    m.assigned_campaign,
    m.assigned_unit,
)


class Claims(Database):
    """The undecided mails and their readers."""

    def claim_mail(
        self, worker: str, now: datetime, lease: timedelta, max_attempts: int = 3
    ) -> ClaimedMail | None:
        """Claim the undecided mail received first; the try is counted before this returns.

        Once nothing can be claimed, mails that have had all their tries are held.
        """
        free = _unclaimed(now)
        ripe = select(m.id).where(UNDECIDED, free, m.attempts < max_attempts)
        first = ripe.order_by(m.received_at, m.id).limit(1).with_for_update(skip_locked=True)
        change = update(mails).where(m.id == first.scalar_subquery(), UNDECIDED, free)
        claim = {"worker": worker, "lease_until": now + lease, "attempts": m.attempts + 1}
        with self.writing() as connection:
            statement = change.values(**claim).returning(*CLAIMED)
            row = connection.execute(statement).mappings().first()
            if row is None:
                _hold_exhausted(connection, now, max_attempts)
        return ClaimedMail(**row) if row else None

    def hold_exhausted(self, now: datetime, max_attempts: int = 3) -> list[int]:
        """Hold the mails that have had all their tries; return their ids."""
        with self.writing() as connection:
            return _hold_exhausted(connection, now, max_attempts)

    def hold_mail(self, mail_id: int, worker: str, reason: str, cause: str, now: datetime) -> bool:
        """Leave a claimed mail to a person; False if the claim was lost."""
        held = _held(reason, now) | {"cause": cause}
        change = update(mails).where(*claimed_by(mail_id, worker)).values(**held)
        with self.writing() as connection:
            return connection.execute(change).rowcount > 0

    def release_mail(self, mail_id: int, worker: str, until: datetime | None = None) -> bool:
        """Give a claim back without counting it, for nobody before `until`: the world's fault."""
        back = {"worker": None, "lease_until": until, "attempts": m.attempts - 1}
        change = update(mails).where(*claimed_by(mail_id, worker)).values(**back)
        with self.writing() as connection:
            return connection.execute(change).rowcount > 0


def claimed_by(mail_id: int, worker: str) -> tuple[ColumnElement[bool], ...]:
    """Match the undecided mail of this worker; its lease may have run out if nobody took it."""
    return (m.id == mail_id, UNDECIDED, m.worker == worker)


def _unclaimed(now: datetime) -> ColumnElement[bool]:
    return or_(m.lease_until.is_(None), m.lease_until <= now)


def _hold_exhausted(connection: Connection, now: datetime, max_attempts: int) -> list[int]:
    worn_out = (UNDECIDED, _unclaimed(now), m.attempts >= max_attempts)
    held = _held("reading-failed", now)
    return list(connection.scalars(update(mails).where(*worn_out).values(**held).returning(m.id)))


def _held(reason: str, now: datetime) -> dict[str, Any]:
    return {
        "outcome": Outcome.HELD.value,
        "reason": reason,
        "decided_at": now,
        "worker": None,
        "lease_until": None,
    }
