"""Letters that wait until a person lets them go, and what a person said of them.

A kind of letter of a campaign is trusted once so many of it were let go: the others go too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from state import rows
from state.columns import select_row
from state.engine import Database
from state.refused import ActRefusedError
from state.report import write_audit
from state.tables import WAITING, letters

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from state.rows.letters import LetterRow, NewLetter


WAITS, UNWANTED = "waiting-approval", "unwanted"
c = letters.c


class Approvals(Database):
    """What is said of waiting letters outside an order by mail: by an operator, or by time."""

    def approved(self, campaign: str, kind: str) -> int:
        """How many letters of a kind a person has let go."""
        with self.reading() as connection:
            return _approved(connection, campaign, kind)

    def approve_letters(
        self, ids: Collection[int], actor: str, now: datetime, enough: int
    ) -> tuple[int, ...]:
        """Let waiting or unwanted letters go, and those behind them; return which went."""
        with self.writing() as connection:
            gone = approve(connection, ids, now, enough)
            write_audit(connection, actor, "approve-letters", _numbers(gone), now)
        return gone

    def refuse_letters(self, ids: Collection[int], actor: str, now: datetime) -> tuple[int, ...]:
        """Keep waiting letters back for good; return which are."""
        with self.writing() as connection:
            kept = refuse(connection, ids, now)
            write_audit(connection, actor, "refuse-letters", _numbers(kept), now)
        return kept

    def waiting(self, campaign: str | None = None) -> list[LetterRow]:
        """Return the letters that wait for a person, in order of their numbers."""
        its = () if campaign is None else (c.campaign == campaign,)
        query = (
            select_row(rows.letters.LetterRow, letters)
            .where(WAITING, c.state == WAITS, *its)
            .order_by(c.id)
        )
        with self.reading() as connection:
            return [rows.letters.LetterRow(**row) for row in connection.execute(query).mappings()]

    def withdraw_waiting(self, letter_id: int, now: datetime, why: str) -> bool:
        """Take back a waiting letter that would be wrong by now; its occasion is free again."""
        with self.writing() as connection:
            return withdraw(connection, letter_id, now, why)


def first_state(connection: Connection, letter: NewLetter) -> str:
    """Return how a new letter begins: queued, or waiting for a person."""
    if letter.approvals == 0 or letter.campaign is None:
        return "queued"
    trusted = _approved(connection, letter.campaign, letter.kind) >= letter.approvals
    return "queued" if trusted else WAITS


def approve(
    connection: Connection, ids: Collection[int], now: datetime, enough: int
) -> tuple[int, ...]:
    """Let letters go, and all of a kind of which `enough` have gone; ActRefusedError if none."""
    wanted = (c.id.in_(list(ids)), c.state.in_((WAITS, UNWANTED)))
    kinds = connection.execute(select(c.campaign, c.kind).where(*wanted).distinct()).all()
    gone = _go(connection, now, *wanted)
    if not gone:
        raise ActRefusedError("nothing-waits")
    for campaign, kind in kinds:
        if _approved(connection, campaign, kind) >= enough:
            behind = (c.campaign == campaign, c.kind == kind, c.state == WAITS)
            gone = (*gone, *_go(connection, now, *behind))
    return gone


def withdraw(connection: Connection, letter_id: int, now: datetime, why: str) -> bool:
    """Take back a waiting letter, so that another may be written in its place."""
    waits = (c.id == letter_id, c.state == WAITS)
    freed = c.period + f"~{letter_id}"
    ended = {"state": "withdrawn", "settled_at": now, "text": why, "period": freed}
    return connection.execute(update(letters).where(*waits).values(**ended)).rowcount > 0


def refuse(connection: Connection, ids: Collection[int], now: datetime) -> tuple[int, ...]:
    """Keep letters back for good; ActRefusedError if none of them waits."""
    waits = (c.id.in_(list(ids)), c.state == WAITS)
    change = update(letters).where(*waits).values(state=UNWANTED, settled_at=now)
    kept = tuple(connection.scalars(change.returning(c.id)))
    if not kept:
        raise ActRefusedError("nothing-waits")
    return kept


def _go(connection: Connection, now: datetime, *which: ColumnElement[bool]) -> tuple[int, ...]:
    free = {"state": "queued", "not_before": now, "approved_at": now, "settled_at": None}
    change = update(letters).where(*which).values(**free).returning(c.id)
    return tuple(sorted(connection.scalars(change)))


def _approved(connection: Connection, campaign: str | None, kind: str) -> int:
    of_kind = (c.campaign == campaign, c.kind == kind, c.approved_at.is_not(None))
    return connection.scalar(select(func.count()).select_from(letters).where(*of_kind)) or 0


def _numbers(ids: Collection[int]) -> str:
    return ",".join(map(str, ids))
