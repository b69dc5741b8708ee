"""Who reads which mail now: leases, and the count of tries that keeps one mail from stopping all.

Worker names must differ between threads: the name on a claim is what proves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, or_, select, update

from rules.outcome import Outcome
from state import rows
from state.columns import Instant
from state.engine import Database
from state.prepared import Prepared
from state.tables import UNDECIDED, mails

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from state.rows.mails import ClaimedMail

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
    m.content_key,
)
FREE = or_(m.lease_until.is_(None), m.lease_until <= bindparam("now", type_=Instant))
IN_LANE = m.lane.between(bindparam("first_lane"), bindparam("last_lane"))
RIPE = select(m.id).where(UNDECIDED, IN_LANE, FREE, m.attempts == bindparam("tried"))
FIRST = RIPE.order_by(m.lane, m.received_at, m.id).limit(1).with_for_update(skip_locked=True)
CLAIM = Prepared(
    update(mails)
    .where(m.id == FIRST.scalar_subquery(), UNDECIDED, FREE)
    .values(
        attempts=m.attempts + 1, worker=bindparam("worker"), lease_until=bindparam("lease_until")
    )
    .returning(*CLAIMED)
)
FREE_AT_ALL = Prepared(select(m.id).where(UNDECIDED, IN_LANE, FREE).limit(1))
WORN_OUT = update(mails).where(UNDECIDED, FREE, m.attempts >= bindparam("most"))


EVERY_LANE = range(1000)


@dataclass(frozen=True, slots=True)
class Claim:
    """Which mails a reader wants one of, and for how long it will have it."""

    lease: timedelta
    lanes: range = EVERY_LANE
    max_attempts: int = 3


class Claims(Database):
    """The undecided mails and their readers."""

    def claim_mail(
        self,
        worker: str,
        now: datetime,
        lease: timedelta,
        max_attempts: int = 3,
        lanes: range = EVERY_LANE,
    ) -> ClaimedMail | None:
        """Claim the mail of these lanes tried least, by lane, then by its receipt; this counts.

        A mail that ends its readers is so tried again behind the others. Once nothing can be
        claimed, mails that have had all their tries are held.
        """
        where = {"now": now, "first_lane": lanes[0], "last_lane": lanes[-1]}
        if not self.ask(FREE_AT_ALL, where):  # asked often: no lock is taken for nothing
            return None
        with self.writing() as connection:
            claimed = claim_one(connection, worker, now, Claim(lease, lanes, max_attempts))
            if claimed is None:
                _hold_exhausted(connection, now, max_attempts)
        return claimed

    def hand_over(self, mail_id: int, worker: str, lanes: range) -> bool:
        """Give a claim back, uncounted, to those who read these lanes; False if it was lost.

        The mail keeps its place in turn among those it waits with.
        """
        back: dict[str, Any] = {"worker": None, "lease_until": None, "attempts": m.attempts - 1}
        back["lane"] = m.lane % len(lanes) + lanes[0]
        change = update(mails).where(*claimed_by(mail_id, worker)).values(**back)
        with self.writing() as connection:
            return connection.execute(change).rowcount > 0

    def hold_mail(self, mail_id: int, worker: str, reason: str, cause: str, now: datetime) -> bool:
        """Leave a claimed mail to a person; False if the claim was lost."""
        held = _held(reason, now) | {"cause": cause}
        change = update(mails).where(*claimed_by(mail_id, worker)).values(**held)
        with self.writing() as connection:
            return connection.execute(change).rowcount > 0

    def release_mail(
        self,
        mail_id: int,
        worker: str,
        until: datetime | None = None,
        *,
        counted: bool = False,
        cause: str | None = None,
    ) -> bool:
        """Give a claim back, for nobody before `until`; `cause` is kept for whoever looks.

        A try that failed for the world's fault is not counted; one in which the reader died is.
        """
        left = m.attempts if counted else m.attempts - 1
        back: dict[str, Any] = {"worker": None, "lease_until": until, "attempts": left}
        back |= {} if cause is None else {"cause": cause}
        change = update(mails).where(*claimed_by(mail_id, worker)).values(**back)
        with self.writing() as connection:
            return connection.execute(change).rowcount > 0

    def release_worker(self, worker: str, *, counted: bool = True) -> int:
        """Give back every claim of a worker that is gone and of its threads (`worker-1`).

        What it held may be what ended it, so the tries count unless it left in good order.
        """
        left = m.attempts if counted else m.attempts - 1
        back = {"worker": None, "lease_until": None, "attempts": left}
        its = or_(m.worker == worker, m.worker.startswith(f"{worker}-", autoescape=True))
        with self.writing() as connection:
            return connection.execute(update(mails).where(UNDECIDED, its).values(**back)).rowcount


def claim_one(
    connection: Connection, worker: str, now: datetime, claim: Claim
) -> ClaimedMail | None:
    """Claim a mail in a transaction of the caller's, as `claim_mail` does."""
    first, last = claim.lanes[0], claim.lanes[-1]
    row = {"now": now, "first_lane": first, "last_lane": last, "worker": worker}
    row |= {"lease_until": now + claim.lease}
    for tried in range(claim.max_attempts):
        claimed = CLAIM.first(connection, row | {"tried": tried})
        if claimed is not None:
            return rows.mails.ClaimedMail(*claimed)
    return None


def claimed_by(mail_id: Any, worker: Any) -> tuple[ColumnElement[bool], ...]:
    """Match the undecided mail of this worker; its lease may have run out if nobody took it."""
    return (m.id == mail_id, UNDECIDED, m.worker == worker)


def _hold_exhausted(connection: Connection, now: datetime, max_attempts: int) -> None:
    held = _held("reading-failed", now) | {"now": now, "most": max_attempts}
    connection.execute(WORN_OUT, held)


def _held(reason: str, now: datetime) -> dict[str, Any]:
    return {
        "outcome": Outcome.HELD.value,
        "reason": reason,
        "decided_at": now,
        "worker": None,
        "lease_until": None,
    }
