"""What people ordered by mail, carried out once and taken back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from rules.rosters.amending import Amendment, Change
from state import rows
from state.columns import select_row
from state.engine import Database, insert_new
from state.refused import ActRefusedError
from state.report import write_audit
from state.tables import AMENDS, PAUSED, acts, amendments, audits, pauses

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from state.rows.acts import ActRow, NewAct


ACTION = "command-"  # before the verb, in an audit row
ADDRESSES = (Change.ADDRESS.value, Change.NOT_ADDRESS.value)


class Acts(Database):
    """Orders, and what is in force because of them. `record_decision` carries them out."""

    def act_of_code(self, code: str) -> ActRow | None:
        """Return the act that spent a code."""
        return self._act(acts.c.code == code)

    def act_of_mail(self, mail_id: int) -> ActRow | None:
        """Return the act that a mail ordered: people know it by the mail's number."""
        return self._act(acts.c.mail_id == mail_id)

    def acts(self, campaign: str, since: datetime | None = None) -> list[ActRow]:
        """Return a campaign's acts in order."""
        query = (
            select_row(rows.acts.ActRow, acts)
            .where(acts.c.campaign == campaign)
            .order_by(acts.c.id)
        )
        if since is not None:
            query = query.where(acts.c.at >= since)
        with self.reading() as connection:
            return [rows.acts.ActRow(**row) for row in connection.execute(query).mappings()]

    def amendments(self, campaign: str) -> tuple[Amendment, ...]:
        """Return what amends a campaign's roster, in the order it was said."""
        mine = (amendments.c.campaign == campaign, AMENDS)
        query = select(amendments).where(*mine).order_by(amendments.c.id)
        with self.reading() as connection:
            return tuple(
                Amendment(row.campaign, row.unit, Change(row.change), row.requirement, row.value)
                for row in connection.execute(query)
            )

    def paused(self, campaign: str) -> dict[str, datetime]:
        """Return the units that are sent no reminders, and since when.

        "" stands for all that the campaign sends to units.
        """
        query = select(pauses.c.unit, acts.c.at).join_from(
            pauses, acts, pauses.c.act_id == acts.c.id
        )
        with self.reading() as connection:
            found = connection.execute(query.where(pauses.c.campaign == campaign, PAUSED))
            return {row.unit: row.at for row in found}

    def _act(self, which: ColumnElement[bool]) -> ActRow | None:
        with self.reading() as connection:
            row = (
                connection.execute(select_row(rows.acts.ActRow, acts).where(which))
                .mappings()
                .first()
            )
        return rows.acts.ActRow(**row) if row else None


def forget_acts(connection: Connection, campaign: str) -> None:
    """Leave of a campaign's acts what was ordered and when; not by whom, nor whose mail it was."""
    its, bare = acts.c.campaign == campaign, rows.acts.Before()
    connection.execute(update(acts).where(its).values(actor="", code=None, before=bare))
    named = (amendments.c.campaign == campaign, amendments.c.change.in_(ADDRESSES))
    connection.execute(delete(amendments).where(*named))
    ordered = audits.c.action.startswith(ACTION, autoescape=True)
    mine = audits.c.detail.startswith(f"{campaign} ", autoescape=True)
    connection.execute(update(audits).where(ordered, mine).values(actor=""))


def carry_out(connection: Connection, act: NewAct, mail_id: int | None, now: datetime) -> int:
    """Do what was ordered in a transaction of the caller's; return the act's id.

    Raises ActRefusedError, and nothing may be committed then.
    """
    from state.effects import apply_effect  # noqa: PLC0415 - seldom is anything ordered

    its, before = acts.c.mail_id == mail_id, rows.acts.Before()
    if mail_id is not None and connection.execute(select(acts.c.id).where(its)).first():
        raise ActRefusedError("spent")
    row = {
        "mail_id": mail_id, "at": now, "actor": act.actor, "campaign": act.campaign,
        "verb": act.verb, "said": act.said, "code": act.code, "before": before,
    }  # fmt: skip
    act_id = insert_new(connection, acts, ("code",), row)
    if act_id is None:
        raise ActRefusedError("spent")
    for effect in act.effects:
        before = apply_effect(connection, effect, before, act_id, now)
    connection.execute(update(acts).where(acts.c.id == act_id).values(before=before))
    detail = f"{act.campaign} {mail_id or ''} {act.said}"
    write_audit(connection, act.actor, f"{ACTION}{act.verb}", detail, now)
    return act_id
