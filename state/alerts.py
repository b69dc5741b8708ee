"""Which troubles are open, so that each is told once, whatever is restarted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from state import rows
from state.engine import Database, take_turn
from state.tables import OPEN, alerts

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Select

    from state.rows.accounts import AlertRow

a = alerts.c


class Alerts(Database):
    """Troubles by kind and by what they are about."""

    def open_alert(self, kind: str, subject: str, reason: str, now: datetime) -> AlertRow:
        """Return the open trouble of this kind and subject; it is opened if there is none."""
        with self.writing() as connection:
            take_turn(connection, "alerts")
            found = _open(connection, kind, subject)
            if found is not None:
                return found
            row = {"kind": kind, "subject": subject, "reason": reason, "opened_at": now}
            connection.execute(insert(alerts), row)
            return rows.accounts.AlertRow(
                **connection.execute(_asked(kind, subject)).mappings().one()
            )

    def open_alerts(self, kind: str | None = None) -> list[AlertRow]:
        """Return the troubles that are not over, oldest first."""
        query = select(alerts).where(OPEN).order_by(a.id)
        if kind is not None:
            query = query.where(a.kind == kind)
        with self.reading() as connection:
            return [rows.accounts.AlertRow(**row) for row in connection.execute(query).mappings()]

    def open_alert_of(self, kind: str, subject: str) -> AlertRow | None:
        """Return the open trouble of this kind and subject, if there is one."""
        with self.reading() as connection:
            return _open(connection, kind, subject)

    def close_alert(self, alert_id: int, now: datetime) -> bool:
        """Call a trouble over; False if it was already."""
        change = update(alerts).where(a.id == alert_id, OPEN).values(closed_at=now)
        with self.writing() as connection:
            return connection.execute(change).rowcount > 0


def _asked(kind: str, subject: str) -> Select[Any]:
    return select(alerts).where(a.kind == kind, a.subject == subject, OPEN)


def _open(connection: Connection, kind: str, subject: str) -> AlertRow | None:
    row = connection.execute(_asked(kind, subject)).mappings().first()
    return rows.accounts.AlertRow(**row) if row else None
