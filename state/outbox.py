"""The letters to send: stored bytes, one per occasion, each try a row.

A letter is queued → sending → sent, refused, rehearsed or withdrawn (nothing is left to say);
deferred and uncertain ones wait.
"sending" is committed before the courier connects, so a crash leaves a letter that nobody can
swear to: uncertain (RFC 1047; facts/reliability.md §0.3).
"""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, func, insert, or_, select, update

from state import rows
from state.columns import Instant, word, words
from state.engine import Database
from state.prepared import Prepared
from state.queueing import queue_letters
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
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from state.rows.letters import AttemptOutcome, NewLetter, QueuedLetter, Tried


SETTLED = frozenset({"sent", "refused", "rehearsed", "withdrawn"})
FARTHEST = timedelta(days=2)  # nothing is put off longer, unless the clock was wrong
LEAST = 1000  # below any letter's priority
LOST = "the worker was lost while sending"
c = letters.c
NOW = bindparam("now", type_=Instant)
TO_UNITS = ("receipt", "correction", "unrecognised", "reminder", "superior")
"""Kinds that wait while their campaign is paused (暂停), and until a person let the first go."""
SILENT = select(pauses.c.campaign).where(pauses.c.unit == "", PAUSED)
MAY_LEAVE = or_(c.kind.not_in(words(*TO_UNITS)), c.campaign.is_(None), c.campaign.not_in(SILENT))
URGENT = c.priority <= bindparam("least")
ITS = (WAITING, c.account == bindparam("its_account"))
IN_TURN = (c.priority, c.created_at, c.id)
LAPSED = and_(c.state == word("sending"), c.lease_until <= NOW)
FIND_LOST = Prepared(
    update(letters)
    .where(LEASED, c.state == "sending")  # so that only the few of its index are looked at
    .where(or_(c.lease_until <= NOW, c.worker == bindparam("lost_worker")))
    .values(state="uncertain", uncertain=c.uncertain + 1, lease_until=None, text=LOST)
    .values(not_before=bindparam("not_before"))
    .returning(c.id, c.worker)
)
ITS_ACCOUNT = select(c.account).where(c.id == bindparam("its_id")).scalar_subquery()
NOTE = Prepared(
    insert(attempts).values(account=ITS_ACCOUNT),
    "letter_id", "worker", "at", "outcome", "code", "text",
)  # fmt: skip
MINE = (c.id == bindparam("its_id"), c.worker == bindparam("its_worker"))
AT_IT = (*MINE, c.state.in_(words("sending", "uncertain")))
TOLD = ("state", "code", "text")
SETTLE = Prepared(update(letters).where(*AT_IT).values(lease_until=None), *TOLD, "settled_at")
PUT_OFF = update(letters).where(*AT_IT).values(lease_until=None)
DEFER = Prepared(PUT_OFF, *TOLD, "not_before")
DOUBT = Prepared(PUT_OFF.values(uncertain=c.uncertain + 1), *TOLD, "not_before")
COUNTED = attempts.c.outcome.in_(words("sent", "uncertain"))
SINCE = select(func.count()).where(attempts.c.at >= bindparam("since", type_=Instant), COUNTED)
SENT = Prepared(SINCE)
SENT_BY = Prepared(SINCE.where(attempts.c.account == bindparam("its_account")))
ITS_BYTES = select(letter_bytes.c.raw).where(letter_bytes.c.letter_id == c.id).correlate(letters)
COLUMNS: dict[str, Any] = {**c, "raw": ITS_BYTES.scalar_subquery()}


class Outbox(Database):
    """Letters, from their recording to a server's answer."""

    def record_letters(self, new: Iterable[NewLetter], now: datetime) -> list[int]:
        """Queue letters; one whose occasion already has a letter is left out."""
        with self.writing() as connection:
            return queue_letters(connection, new, now)

    def claim_letters(  # noqa: PLR0913, PLR0917 - whose, for whom, until when, and which
        self,
        account: str,
        worker: str,
        now: datetime,
        lease: timedelta,
        retry_uncertain: Collection[str] = (),
        least: int = LEAST,
        tried: Sequence[Tried] = (),
        most: int = 1,
    ) -> list[QueuedLetter]:
        """Claim the most urgent letters that may leave now; "sending" before this returns.

        Letters of the kinds in `retry_uncertain` are sent a second time, byte for byte, when
        the first try ended uncertain; others stay so until a person decides. Of these kinds
        alone as many as `most` are claimed: a crash calls all that are claimed uncertain.
        Letters less urgent than of priority `least` wait on. `tried` is what this worker's
        letters before came to, kept in the same transaction.
        """
        claim = {"its_account": account, "now": now, "least": least}
        claim |= {"worker": worker, "lease_until": now + lease}
        retried = frozenset(retry_uncertain)
        with self.writing() as connection:
            if not tried:  # else amid a session: what was lost was looked for when it began
                _find_lost(connection, now)
            for one in tried:
                _keep(connection, worker, now, one)
            row, claimed = _claim(retried).first(connection, claim), []
            while row is not None:
                claimed.append(rows.letters.QueuedLetter(*row))
                several = claimed[0].kind in retried and len(claimed) < most
                row = _claim_more(retried).first(connection, claim) if several else None
        return claimed

    def letter_waits(
        self,
        account: str,
        now: datetime,
        retry_uncertain: Collection[str] = (),
        least: int = LEAST,
    ) -> bool:
        """Say whether `claim_letters` would find one: look before a connection is opened."""
        asked = {"its_account": account, "now": now, "least": least}
        return bool(self.ask(_waits(frozenset(retry_uncertain)), asked))

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
        tried = rows.letters.Tried(letter_id, outcome, code, text, retry_at)
        with self.writing() as connection:
            return _keep(connection, worker, now, tried)

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
        return int(self.ask(SENT if account is None else SENT_BY, asked)[0][0])


def _ready(retried: Collection[str]) -> ColumnElement[bool]:
    """Match what waits to be sent, and of these kinds what one try has left uncertain."""
    again = and_(c.state == word("uncertain"), c.uncertain == 1, c.kind.in_(words(*retried)))
    fresh = c.state.in_(words("queued", "deferred"))
    return or_(fresh, again) if retried else fresh


def _ripe(ready: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(ready, c.not_before <= NOW, MAY_LEAVE, URGENT)


@cache
def _claim(retried: frozenset[str]) -> Prepared:
    return _most_urgent(_ready(retried))


@cache
def _claim_more(kinds: frozenset[str]) -> Prepared:
    return _most_urgent(and_(_ready(()), c.kind.in_(words(*kinds))))


def _most_urgent(ready: ColumnElement[bool]) -> Prepared:
    first = select(c.id).where(*ITS, _ripe(ready)).order_by(*IN_TURN).limit(1)
    its_id = first.with_for_update(skip_locked=True).scalar_subquery()
    taken: dict[str, Any] = {"worker": bindparam("worker"), "lease_until": bindparam("lease_until")}
    claim = update(letters).where(c.id == its_id, ready)
    claim = claim.values(state="sending", attempts=c.attempts + 1, **taken)
    told = (COLUMNS[field.name] for field in fields(rows.letters.QueuedLetter))
    return Prepared(claim.returning(*told))


@cache
def _waits(retried: frozenset[str]) -> Prepared:
    return Prepared(select(c.id).where(*ITS, or_(LAPSED, _ripe(_ready(retried)))).limit(1))


def _find_lost(connection: Connection, now: datetime, worker: str | None = None) -> None:
    """Call uncertain what was being sent when its lease ran out, or by a worker that is gone."""
    lost = {"now": now, "not_before": now, "lost_worker": worker}
    for letter_id, its_worker in FIND_LOST.rows(connection, lost):
        _note(connection, its_worker, now, rows.letters.Tried(letter_id, "uncertain", None, LOST))


def _keep(connection: Connection, worker: str, now: datetime, tried: Tried) -> bool:
    _note(connection, worker, now, tried)
    change = SETTLE if tried.outcome in SETTLED else DEFER
    row = {
        "its_id": tried.letter_id, "its_worker": worker, "state": tried.outcome,
        "code": tried.code, "text": tried.text,
        "settled_at": now, "not_before": tried.retry_at or now,
    }  # fmt: skip
    return (DOUBT if tried.outcome == "uncertain" else change).change(connection, row) > 0


def _note(connection: Connection, worker: str, now: datetime, tried: Tried) -> None:
    row = {"its_id": tried.letter_id, "letter_id": tried.letter_id, "worker": worker, "at": now}
    row |= {"outcome": tried.outcome, "code": tried.code, "text": tried.text}
    NOTE.change(connection, row)
