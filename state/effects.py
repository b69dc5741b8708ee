"""How each effect of an order changes the tables, and how an order is taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, or_, select, update

from rules.rosters.amending import Change
from state.approvals import approve, refuse
from state.refused import ActRefusedError
from state.reopening import settle
from state.rosters import adopt, take_back
from state.rows.acts import (
    Absorb,
    Adopt,
    Amend,
    Before,
    Effect,
    MailBefore,
    Pause,
    Refuse,
    Release,
    Reopen,
    Resume,
    Settle,
    Undo,
    Withdraw,
)
from state.tables import AMENDS, PAUSED, acts, amendments, mails, pauses, submissions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from rules.rosters.amending import Amendment

m, s = mails.c, submissions.c
SNAPSHOT = tuple(name for name in MailBefore.__dataclass_fields__ if name != "submissions")
FINAL = "undo"  # the verb of acts that are not taken back themselves


def apply_effect(
    connection: Connection, effect: Effect, before: Before, act_id: int, now: datetime
) -> Before:
    """Carry out one effect; return how what it changed was before, added to `before`."""
    match effect:
        case Reopen() | Settle():
            return replace(before, mails=(*before.mails, _end(connection, effect, now)))
        case Withdraw(ids):
            gone = _withdraw(connection, ids, now)
            return replace(before, submissions=(*before.submissions, *gone))
        case Amend(new):
            for one in new:
                _amend(connection, one, act_id)
        case Absorb(campaign):
            its = (amendments.c.campaign == campaign, AMENDS)
            connection.execute(update(amendments).where(*its).values(ended_by=act_id))
        case Adopt(campaign, number):
            changed = adopt(connection, campaign, number, now)
            return replace(before, rosters=(*before.rosters, *changed))
        case Pause() | Resume():
            _rest(connection, effect, act_id)
        case Release() | Refuse():
            _look_at(connection, effect, now)
        case Undo(undone):
            _undo(connection, undone, act_id, now)
    return before


def _end(connection: Connection, effect: Reopen | Settle, now: datetime) -> MailBefore:
    """Let a mail's decision be undone or ended; return how it was."""
    if isinstance(effect, Reopen):
        return _reopen(connection, effect, now)
    return _settle(connection, effect, now)


def _reopen(connection: Connection, effect: Reopen, now: datetime) -> MailBefore:
    """As Reopening.reopen_mail does, remembering how it was."""
    row = _snapshot(connection, effect.mail_id)
    standing = select(s.id).where(s.mail_id == effect.mail_id, s.withdrawn_at.is_(None))
    ids = tuple(connection.scalars(standing.order_by(s.id)))
    afresh: dict[str, Any] = {"outcome": None, "reason": None, "cause": None, "attempts": 0}
    if effect.unit is not None:
        afresh |= {"assigned_campaign": effect.campaign, "assigned_unit": effect.unit}
    connection.execute(update(mails).where(m.id == effect.mail_id).values(**afresh))
    if ids:
        _withdraw(connection, ids, now)
    return MailBefore(**row, submissions=ids)


def _snapshot(connection: Connection, mail_id: int) -> Mapping[str, Any]:
    """Return how a decided mail is."""
    which = (m.id == mail_id, m.outcome.is_not(None), m.purged_at.is_(None))
    query = select(*(m[name] for name in SNAPSHOT)).where(*which)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise ActRefusedError("not-decided")
    return dict(row)


def _settle(connection: Connection, effect: Settle, now: datetime) -> MailBefore:
    """As Reopening.settle_mail does, remembering how it was."""
    row = _snapshot(connection, effect.mail_id)
    if not settle(connection, effect.mail_id, now):
        raise ActRefusedError("not-held")
    return MailBefore(**row)


def _withdraw(connection: Connection, ids: Collection[int], now: datetime) -> tuple[int, ...]:
    which = (s.id.in_(list(ids)), s.withdrawn_at.is_(None))
    gone = tuple(connection.scalars(select(s.id).where(*which).order_by(s.id)))
    if not gone:
        raise ActRefusedError("nothing")
    connection.execute(update(submissions).where(s.id.in_(gone)).values(withdrawn_at=now))
    return gone


def _restore(connection: Connection, ids: Collection[int]) -> None:
    connection.execute(update(submissions).where(s.id.in_(list(ids))).values(withdrawn_at=None))


def _amend(connection: Connection, one: Amendment, act_id: int) -> None:
    a = amendments.c
    same = [a.campaign == one.campaign, a.unit == one.unit, a.requirement == one.requirement]
    if one.change in {Change.ADDRESS, Change.NOT_ADDRESS}:
        either = (Change.ADDRESS.value, Change.NOT_ADDRESS.value)
        same += [a.change.in_(either), a.value == one.value]
    else:
        same.append(a.change == one.change.value)
    connection.execute(update(amendments).where(*same, AMENDS).values(ended_by=act_id))
    row = {
        "act_id": act_id, "campaign": one.campaign, "unit": one.unit, "change": one.change.value,
        "requirement": one.requirement, "value": one.value,
    }  # fmt: skip
    connection.execute(insert(amendments), row)


def _look_at(connection: Connection, effect: Release | Refuse, now: datetime) -> None:
    if isinstance(effect, Release):
        approve(connection, effect.letter_ids, now, effect.enough)
    else:
        refuse(connection, effect.letter_ids, now)


def _rest(connection: Connection, effect: Pause | Resume, act_id: int) -> None:
    change = _pause if isinstance(effect, Pause) else _resume
    change(connection, effect.campaign, effect.unit, act_id)


def _pause(connection: Connection, campaign: str, unit: str, act_id: int) -> None:
    its = (pauses.c.campaign == campaign, pauses.c.unit == unit, PAUSED)
    if connection.execute(select(pauses.c.id).where(*its)).first():
        raise ActRefusedError("paused")
    row = {"act_id": act_id, "campaign": campaign, "unit": unit}
    connection.execute(insert(pauses), row)


def _resume(connection: Connection, campaign: str, unit: str, act_id: int) -> None:
    its = (pauses.c.campaign == campaign, pauses.c.unit == unit, PAUSED)
    if not connection.execute(update(pauses).where(*its).values(ended_by=act_id)).rowcount:
        raise ActRefusedError("not-paused")


def _undo(connection: Connection, undone: int, act_id: int, now: datetime) -> None:
    act = connection.execute(select(acts).where(acts.c.id == undone)).mappings().first()
    if act is None:
        raise ActRefusedError("unknown")
    if act["verb"] == FINAL:
        raise ActRefusedError("final")
    if act["undone_by"] is not None:
        raise ActRefusedError("undone")
    before: Before = act["before"]
    for mail in before.mails:
        _put_back(connection, mail, now)
    _restore(connection, before.submissions)
    for roster in before.rosters:
        take_back(connection, roster, act["actor"], now)
    for table in (amendments, pauses):
        ended = update(table).where(table.c.act_id == undone).values(ended_by=act_id)
        again = update(table).where(table.c.ended_by == undone).values(ended_by=None)
        connection.execute(again)
        connection.execute(ended)
    connection.execute(update(acts).where(acts.c.id == undone).values(undone_by=act_id))


def _put_back(connection: Connection, before: MailBefore, now: datetime) -> None:
    """Let a mail be what was decided before; not while it is being read."""
    free = or_(m.worker.is_(None), m.lease_until.is_(None), m.lease_until <= now)
    which = (m.id == before.id, free, m.purged_at.is_(None))
    row = {name: getattr(before, name) for name in SNAPSHOT if name != "id"}
    row |= {"worker": None, "lease_until": None}
    if not connection.execute(update(mails).where(*which).values(**row)).rowcount:
        raise ActRefusedError("busy")
    since = select(s.id).where(s.mail_id == before.id, s.withdrawn_at.is_(None))
    live = tuple(connection.scalars(since))
    if live:
        _withdraw(connection, live, now)
    _restore(connection, before.submissions)
