"""Which versions of a campaign's roster there were, which is in force, which is only proposed."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from state import rows
from state.columns import select_row
from state.engine import Database, take_turn
from state.refused import ActRefusedError
from state.tables import rosters

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select

    from state.rows.acts import RosterBefore
    from state.rows.rosters import NewRoster, RosterRow


r = rosters.c
ADOPTED = r.adopted_at.is_not(None)


class Rosters(Database):
    """Versions of rosters, numbered by campaign; in force is the one adopted last."""

    def record_roster(self, new: NewRoster, now: datetime) -> RosterRow:
        """Keep a version that stands in the campaign's folder: it is in force from now on."""
        with self.writing() as connection:
            take_turn(connection, f"rosters:{new.campaign}")
            before = in_force(connection, new.campaign)
            if before is not None and before.sha256 == _sha256(new.data):
                return before  # another worker was first
            row_id = insert_roster(connection, new, now, adopted=now, written=now)
            return _only(connection, r.id == row_id)

    def propose_roster(self, new: NewRoster, now: datetime) -> RosterRow:
        """Keep a version that waits for an order; the same one of the same mail is not repeated."""
        its = (r.mail_id == new.mail_id, r.sha256 == _sha256(new.data), r.base == new.base)
        with self.writing() as connection:
            known = connection.scalar(select(r.id).where(*its)) if new.mail_id else None
            row_id = known or insert_roster(connection, new, now)
            return _only(connection, r.id == row_id)

    def roster_in_force(self, campaign: str) -> RosterRow | None:
        """Return the version in force; None before the first was recorded."""
        with self.reading() as connection:
            return in_force(connection, campaign)

    def roster_version(self, campaign: str, number: int) -> RosterRow | None:
        """Return a version by its number, proposed ones too."""
        with self.reading() as connection:
            return _one(connection, r.campaign == campaign, r.number == number)

    def rosters(self, campaign: str) -> list[RosterRow]:
        """Return all versions of a campaign's roster, the first first."""
        query = (
            select_row(rows.rosters.RosterRow, rosters)
            .where(r.campaign == campaign)
            .order_by(r.number)
        )
        with self.reading() as connection:
            return [rows.rosters.RosterRow(**row) for row in connection.execute(query).mappings()]

    def roster_data(self, row_id: int) -> bytes:
        """Return the workbook of a version; empty once it is purged."""
        with self.reading() as connection:
            return connection.scalar(select(r.data).where(r.id == row_id)) or b""

    def unwritten_roster(self, campaign: str) -> RosterRow | None:
        """Return the version in force if roster.xlsx does not hold it yet."""
        row = self.roster_in_force(campaign)
        return row if row is not None and row.written_at is None else None

    def roster_written(self, row_id: int, now: datetime) -> None:
        """Keep that roster.xlsx holds the version."""
        with self.writing() as connection:
            connection.execute(update(rosters).where(r.id == row_id).values(written_at=now))


def insert_roster(
    connection: Connection,
    new: NewRoster,
    now: datetime,
    adopted: datetime | None = None,
    written: datetime | None = None,
) -> int:
    """Insert a version under its campaign's next number; return its id."""
    take_turn(connection, f"rosters:{new.campaign}")
    row = asdict(new) | {
        "changes": new.changes, "number": _next(connection, new.campaign),
        "sha256": _sha256(new.data), "at": now, "adopted_at": adopted, "written_at": written,
        "turn": _turn(connection, new.campaign) if adopted else None,
    }  # fmt: skip
    made = connection.execute(insert(rosters).returning(r.id), row)
    return int(made.scalar_one())


def adopt(
    connection: Connection, campaign: str, number: int, now: datetime
) -> tuple[RosterBefore, ...]:
    """Put a proposed version in force; return which one was before, if any was."""
    take_turn(connection, f"rosters:{campaign}")
    before = in_force(connection, campaign)
    its = (r.campaign == campaign, r.number == number, r.adopted_at.is_(None))
    changed = (
        update(rosters)
        .where(*its)
        .values(adopted_at=now, turn=_turn(connection, campaign))
        .returning(r.id)
    )
    adopted = connection.scalar(changed)
    if adopted is None:
        raise ActRefusedError("spent")
    return (rows.acts.RosterBefore(adopted, before.id),) if before else ()


def take_back(connection: Connection, change: RosterBefore, actor: str, now: datetime) -> None:
    """Put the earlier version in force again, unless the roster has changed since."""
    gone = _only(connection, r.id == change.adopted)
    current = in_force(connection, gone.campaign)
    if current is None or current.id != change.adopted:
        raise ActRefusedError("moved")
    old = connection.execute(select(rosters).where(r.id == change.before)).mappings().one()
    row = {name: old[name] for name in ("campaign", "sha256", "data")} | {
        "number": _next(connection, gone.campaign), "at": now, "actor": actor, "how": "undo",
        "base": "", "changes": (), "adopted_at": now, "turn": _turn(connection, gone.campaign),
    }  # fmt: skip
    connection.execute(insert(rosters), row)


def in_force(connection: Connection, campaign: str) -> RosterRow | None:
    """Return the version of a campaign that was adopted last."""
    query = select_row(rows.rosters.RosterRow, rosters).where(r.campaign == campaign, ADOPTED)
    last = query.order_by(r.turn.desc()).limit(1)
    row = connection.execute(last).mappings().first()
    return rows.rosters.RosterRow(**row) if row else None


def forget_rosters(connection: Connection, campaign: str) -> None:
    """Leave of a campaign's versions only that there were some, and when."""
    bare: dict[str, Any] = {"data": b"", "changes": (), "actor": ""}
    connection.execute(update(rosters).where(r.campaign == campaign).values(**bare))


def _turn(connection: Connection, campaign: str) -> int:
    last = connection.scalar(select(func.max(r.turn)).where(r.campaign == campaign))
    return (last or 0) + 1


def _next(connection: Connection, campaign: str) -> int:
    last = connection.scalar(select(func.max(r.number)).where(r.campaign == campaign))
    return (last or 0) + 1


def _one(connection: Connection, *which: ColumnElement[bool]) -> RosterRow | None:
    query: Select[Any] = select_row(rows.rosters.RosterRow, rosters).where(*which)
    row = connection.execute(query).mappings().first()
    return rows.rosters.RosterRow(**row) if row else None


def _only(connection: Connection, *which: ColumnElement[bool]) -> RosterRow:
    row = _one(connection, *which)
    if row is None:
        raise LookupError("no such version of a roster")
    return row


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
