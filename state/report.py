"""What the ledger says about itself: the equation, the mails, who did what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, and_, bindparam, false, func, insert, select, type_coerce

from state import rows
from state.columns import select_row
from state.engine import Database, insert_over, put
from state.prepared import Prepared
from state.tables import arrivals, audits, facts, files, mails, polls

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select

    from state.rows.accounts import AuditRow, Equation
    from state.rows.mails import ArrivalRow, FileRow, MailRow

m = mails.c
LAST_AUDIT = Prepared(select(func.max(audits.c.id)))
RECALLED = Prepared(select(facts.c.value).where(facts.c.key == bindparam("its_key")))
OUTCOMES = ("accepted", "returned", "ignored", "held")


class Report(Database):
    """Questions about everything."""

    def equation(self, mailbox: str | None = None) -> Equation:
        """Count every arrival through its mail, and the servers' mails against the arrivals."""
        with self.reading() as connection:
            counted = _count(connection, mailbox)
            on_server, unaccounted = _on_server(connection, mailbox)
        return rows.accounts.Equation(**counted, on_server=on_server, unaccounted=unaccounted)

    def unaccounted(self, mailbox: str) -> int:
        """Count the mails that the mailbox's folders hold and that have no row: asked often."""
        with self.reading() as connection:
            return _on_server(connection, mailbox)[1]

    def mails(
        self,
        *,
        campaign: str | None = None,
        outcome: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> list[MailRow]:
        """Return mails received in [since, until), in order; `outcome` may be "pending"."""
        query = _mails().order_by(m.received_at, m.id)
        if campaign is not None:
            query = query.where(m.campaign == campaign)
        if outcome is not None:
            query = query.where(m.outcome == (None if outcome == "pending" else outcome))
        if since is not None:
            query = query.where(m.received_at >= since)
        if until is not None:
            query = query.where(m.received_at < until)
        return self._mails(query)

    def held(self) -> list[MailRow]:
        """Return the mails that wait for a person."""
        return self.mails(outcome="held")

    def mails_with(self, campaign: str, code: str) -> list[MailRow]:
        """Return a campaign's mails of a known unit with a finding of this code, in order."""
        told = type_coerce(m.findings, Text).like(f'%"{code}"%')
        query = _mails().where(m.campaign == campaign, m.unit.is_not(None), told)
        return self._mails(query.order_by(m.received_at, m.id))

    def heard_of(self, campaign: str) -> set[str]:
        """Return the units that have written at all, in whatever mail."""
        query = select(m.unit).where(m.campaign == campaign, m.unit.is_not(None)).distinct()
        with self.reading() as connection:
            return {unit for unit in connection.scalars(query) if unit}

    def mail(self, mail_id: int) -> MailRow | None:
        """Return one mail."""
        return next(iter(self._mails(_mails().where(m.id == mail_id))), None)

    def files_of(self, mail_id: int) -> list[FileRow]:
        """Return the files of one mail, in its order."""
        query = select(files).where(files.c.mail_id == mail_id).order_by(files.c.position)
        with self.reading() as connection:
            return [rows.mails.FileRow(**row) for row in connection.execute(query).mappings()]

    def arrivals_of(self, mail_id: int) -> list[ArrivalRow]:
        """Return every showing of one mail, the first first."""
        query = select_row(rows.mails.ArrivalRow, arrivals)
        query = query.where(arrivals.c.mail_id == mail_id).order_by(arrivals.c.id)
        with self.reading() as connection:
            return [rows.mails.ArrivalRow(**row) for row in connection.execute(query).mappings()]

    def audit(self, actor: str, action: str, detail: str, now: datetime) -> None:
        """Keep who did what."""
        with self.writing() as connection:
            write_audit(connection, actor, action, detail, now)

    def audits(self) -> list[AuditRow]:
        """Return who did what, in order."""
        with self.reading() as connection:
            found = connection.execute(select(audits).order_by(audits.c.id)).mappings()
            return [rows.accounts.AuditRow(**row) for row in found]

    def last_audit(self) -> int:
        """Return the number of the latest act of a person; 0 when there was none."""
        return self.ask(LAST_AUDIT, {})[0][0] or 0

    def remember(self, key: str, value: str) -> None:
        """Keep a small fact, such as when the last digest was made."""
        with self.writing() as connection:
            put(connection, facts, {"key": key}, {"value": value}, {})

    def remember_first(self, key: str, value: str) -> None:
        """Keep a fact unless there is one already under this key."""
        with self.writing() as connection:
            insert_over(connection, facts, {"key": key}, {"value": value}, false())

    def recall(self, key: str) -> str | None:
        """Return the fact kept under this key."""
        known = self.ask(RECALLED, {"its_key": key})
        return known[0][0] if known else None

    def _mails(self, query: Select[Any]) -> list[MailRow]:
        with self.reading() as connection:
            return [rows.mails.MailRow(**row) for row in connection.execute(query).mappings()]


def write_audit(
    connection: Connection, actor: str, action: str, detail: str, now: datetime
) -> None:
    """Keep who did what, in a transaction of the caller's."""
    row = {"at": now, "actor": actor, "action": action, "detail": detail}
    connection.execute(insert(audits), row)


def _mails() -> Select[Any]:
    return select_row(rows.mails.MailRow, mails)


def _count(connection: Connection, mailbox: str | None) -> dict[str, int]:
    a = arrivals.c
    counted = (a.seen_again.is_(False), *_in(a.mailbox, mailbox))
    query = select(m.outcome, func.count()).join_from(arrivals, mails).where(*counted)
    by = {row[0] or "pending": row[1] for row in connection.execute(query.group_by(m.outcome))}
    distinct = connection.scalar(select(func.count(a.mail_id.distinct())).where(*counted))
    ended = {outcome: by.get(outcome, 0) for outcome in (*OUTCOMES, "pending")}
    return {"arrivals": sum(by.values()), "mails": distinct or 0, **ended}


def _on_server(connection: Connection, mailbox: str | None) -> tuple[int, int]:
    """How many mails the folders hold, and how many of them have no arrival."""
    a, p = arrivals.c, polls.c
    same = and_(
        a.mailbox == p.mailbox,
        a.folder == p.folder,
        a.uidvalidity == p.uidvalidity,
        a.gone_at.is_(None),
    )
    query = select(p.on_server, func.count(a.id)).join_from(polls, arrivals, same, isouter=True)
    per_folder = query.where(*_in(p.mailbox, mailbox)).group_by(p.mailbox, p.folder)
    folders = connection.execute(per_folder).all()
    return sum(row[0] for row in folders), sum(max(0, row[0] - row[1]) for row in folders)


def _in(column: ColumnElement[str], mailbox: str | None) -> tuple[ColumnElement[bool], ...]:
    return () if mailbox is None else (column == mailbox,)
