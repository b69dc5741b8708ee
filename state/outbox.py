"""The letters to send: stored bytes, one per occasion, each try a row.

A letter is queued → sending → sent, refused, rehearsed or withdrawn (nothing is left to say);
deferred and uncertain ones wait.
"sending" is committed before the courier connects, so a crash leaves a letter that nobody can
swear to: uncertain (RFC 1047; facts/reliability.md §0.3).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, insert, or_, select, update

from state.columns import Instant, word, words
from state.engine import Database
from state.queueing import queue_letters
from state.rows import AttemptOutcome, QueuedLetter, Tried
from state.tables import (
    LEASED,
    PAUSED,
    UNDECIDED,
    WAITING,
    attempts,
    letter_bytes,
    letters,
    mails,
    pauses,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from state.rows import NewLetter

SETTLED = frozenset({"sent", "refused", "rehearsed", "withdrawn"})
FARTHEST = timedelta(days=2)  # nothing is put off longer, unless the clock was wrong
LEAST = 1000  # below any letter's priority
LOST = "the worker was lost while sending"
c = letters.c
QUEUED = tuple(c[name] for name in QueuedLetter.__dataclass_fields__ if name != "raw")
NOW = bindparam("now", type_=Instant)
READY = or_(
    c.state.in_(words("queued", "deferred")),
    and_(
        c.state == word("uncertain"),
        c.uncertain == 1,
        c.kind.in_(bindparam("retried", expanding=True)),
    ),
)
TO_UNITS = ("receipt", "correction", "unrecognised", "reminder", "superior")
"""Kinds that wait while their campaign is paused (暂停), and until a person let the first go."""
SILENT = select(pauses.c.campaign).where(pauses.c.unit == "", PAUSED)
MAY_LEAVE = or_(c.kind.not_in(words(*TO_UNITS)), c.campaign.is_(None), c.campaign.not_in(SILENT))
URGENT = c.priority <= bindparam("least")
RIPE_NOW = and_(READY, c.not_before <= NOW, MAY_LEAVE, URGENT)
RIPE = select(c.id).where(WAITING, c.account == bindparam("its_account"), RIPE_NOW)
FIRST = RIPE.order_by(c.priority, c.created_at, c.id).limit(1).with_for_update(skip_locked=True)
CLAIM = (
    update(letters)
    .where(c.id == FIRST.scalar_subquery(), READY)
    .values(state="sending", attempts=c.attempts + 1)
    .values(worker=bindparam("worker"), lease_until=bindparam("lease_until"))
    .returning(*QUEUED)
)
LAPSED = and_(c.state == word("sending"), c.lease_until <= NOW)
FIND_LOST = (
    update(letters)
    .where(LEASED, c.state == "sending")  # so that only the few of its index are looked at
    .where(or_(c.lease_until <= NOW, c.worker == bindparam("lost_worker")))
    .values(state="uncertain", uncertain=c.uncertain + 1, lease_until=None, text=LOST)
    .values(not_before=bindparam("not_before"))
    .returning(c.id, c.worker)
)
ITS_ACCOUNT = select(c.account).where(c.id == bindparam("its_id")).scalar_subquery()
NOTE = insert(attempts).values(account=ITS_ACCOUNT)
MINE = (c.id == bindparam("its_id"), c.worker == bindparam("its_worker"))
TRIED = update(letters).where(*MINE, c.state.in_(("sending", "uncertain"))).values(lease_until=None)
DOUBTED = TRIED.values(uncertain=c.uncertain + 1)
COUNTED = attempts.c.outcome.in_(("sent", "uncertain"))
SENT = select(func.count()).where(attempts.c.at >= bindparam("since", type_=Instant), COUNTED)
SENT_BY = SENT.where(attempts.c.account == bindparam("its_account"))
WAITS = select(c.id).where(c.account == bindparam("its_account"))
WAITS = WAITS.where(WAITING, or_(LAPSED, RIPE_NOW)).limit(1)
RAW = select(letter_bytes.c.raw).where(letter_bytes.c.letter_id == bindparam("its_id"))


class Outbox(Database):
    """Letters, from their recording to a server's answer."""

    def record_letters(self, new: Iterable[NewLetter], now: datetime) -> list[int]:
        """Queue letters; one whose occasion already has a letter is left out."""
        with self.writing() as connection:
            return queue_letters(connection, new, now)

    def claim_letter(  # noqa: PLR0913, PLR0917 - whose, for whom, until when, and which
        self,
        account: str,
        worker: str,
        now: datetime,
        lease: timedelta,
        retry_uncertain: Collection[str] = (),
        least: int = LEAST,
        tried: Tried | None = None,
    ) -> QueuedLetter | None:
        """Claim the most urgent letter that may leave now; it is "sending" before this returns.

        Letters of the kinds in `retry_uncertain` are sent a second time, byte for byte, when
        the first try ended uncertain; others stay so until a person decides. Letters less
        urgent than of priority `least` wait on. `tried` is what this worker's letter before
        came to, kept in the same transaction.
        """
        claim = {"its_account": account, "now": now, "retried": list(retry_uncertain)}
        claim["least"] = least
        claim |= {"worker": worker, "lease_until": now + lease}
        with self.writing() as connection:
            if tried is None:
                _find_lost(connection, now)
            else:  # in the midst of a session: what was lost was looked for when it began
                _keep(connection, worker, now, tried)
            row = connection.execute(CLAIM, claim).mappings().first()
            if row is None:
                return None
            raw = connection.scalars(RAW, {"its_id": row["id"]}).one()
        return QueuedLetter(**row, raw=raw)

    def letter_waits(
        self,
        account: str,
        now: datetime,
        retry_uncertain: Collection[str] = (),
        least: int = LEAST,
    ) -> bool:
        """Say whether `claim_letter` would find one: look before a connection is opened."""
        asked = {"its_account": account, "now": now, "retried": list(retry_uncertain)}
        asked["least"] = least
        with self.reading() as connection:
            return connection.execute(WAITS, asked).first() is not None

    def lose_worker(self, worker: str, now: datetime) -> None:
        """Call uncertain what a worker that is gone was sending, without waiting for its lease."""
        with self.writing() as connection:
            _find_lost(connection, now, worker)

    def record_attempt(  # noqa: PLR0913, PLR0917 - what one try finds out
        self,
        letter_id: int,
        worker: str,
        now: datetime,
        outcome: AttemptOutcome,
        code: int | None = None,
        text: str = "",
        retry_at: datetime | None = None,
    ) -> bool:
        """Keep what came of a try; False if another worker has the letter by now."""
        with self.writing() as connection:
            return _keep(connection, worker, now, Tried(letter_id, outcome, code, text, retry_at))

    def release_letter(self, letter_id: int, worker: str, not_before: datetime) -> bool:
        """Give a letter back of which no byte has left, uncounted: no connection, no budget."""
        mine = (c.id == letter_id, c.worker == worker, c.state == "sending")
        back = {"state": "queued", "worker": None, "lease_until": None}
        change = update(letters).where(*mine)
        waiting = change.values(**back, attempts=c.attempts - 1, not_before=not_before)
        with self.writing() as connection:
            return connection.execute(waiting).rowcount > 0

    def set_back(self, now: datetime) -> int:
        """Let letters and mails go on that wait for an instant more than two days ahead."""
        far = now + FARTHEST
        waits = update(letters).where(WAITING, c.not_before > far).values(not_before=now)
        sending = update(letters).where(c.state == "sending", c.lease_until > far)
        leased = update(mails).where(UNDECIDED, mails.c.lease_until > far)
        with self.writing() as connection:
            return sum(
                connection.execute(change).rowcount
                for change in (
                    waits,
                    sending.values(lease_until=now),
                    leased.values(lease_until=None),
                )
            )

    def sent_since(self, account: str | None, since: datetime) -> int:
        """How many letters a provider will have counted: sent, or perhaps sent.

        Without an account, those of all of them.
        """
        asked = {"since": since, "its_account": account}
        with self.reading() as connection:
            return connection.scalar(SENT if account is None else SENT_BY, asked) or 0


def _find_lost(connection: Connection, now: datetime, worker: str | None = None) -> None:
    """Call uncertain what was being sent when its lease ran out, or by a worker that is gone."""
    lost = {"now": now, "not_before": now, "lost_worker": worker}
    for row in connection.execute(FIND_LOST, lost).all():
        _note(connection, row.worker, now, Tried(row.id, "uncertain", None, LOST))


def _keep(connection: Connection, worker: str, now: datetime, tried: Tried) -> bool:
    _note(connection, worker, now, tried)
    settled = tried.outcome in SETTLED
    row = {"settled_at": now} if settled else {"not_before": tried.retry_at or now}
    told = {"state": tried.outcome, "code": tried.code, "text": tried.text}
    change = DOUBTED if tried.outcome == "uncertain" else TRIED
    mine = {"its_id": tried.letter_id, "its_worker": worker}
    return connection.execute(change, mine | row | told).rowcount > 0


def _note(connection: Connection, worker: str, now: datetime, tried: Tried) -> None:
    row = {"its_id": tried.letter_id, "letter_id": tried.letter_id, "worker": worker, "at": now}
    row |= {"outcome": tried.outcome, "code": tried.code, "text": tried.text}
    connection.execute(NOTE, row)
