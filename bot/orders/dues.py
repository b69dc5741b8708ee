"""Orders about what a unit owes: not at all (免报), later (展期)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.orders.order import Order, Plan, Refused
from rules.calendar import due_day
from rules.commands.command import EVERYTHING
from rules.outcome import Standing
from rules.rosters.amending import Amendment, Change
from rules.standing import OPEN, Due, dues_of
from state.rows.acts import Amend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.roster import Unit

Dues = tuple[Due, ...]


def exempt(order: Order) -> Plan | Refused:
    """Let a unit owe nothing of a requirement, or of all that is still open."""
    unit, dues = _asked(order)
    if unit is None:
        return Refused("no-such-unit")
    if isinstance(dues, Refused):
        return dues
    open_dues = [due for due in dues if due.standing in OPEN]
    if not open_dues:
        exempted = all(due.standing is Standing.EXEMPT for due in dues)
        return Refused("exempt-already" if exempted else "received", _facts(unit, dues))
    return Plan((_amend(order, unit, open_dues, Change.EXEMPT),), _facts(unit, open_dues))


def extend(order: Order) -> Plan | Refused:
    """Give a unit until a later day."""
    unit, dues = _asked(order)
    day = order.command.day
    if unit is None or day is None:
        return Refused("no-such-unit" if unit is None else "which-day")
    if isinstance(dues, Refused):
        return dues
    every = order.command.requirement == EVERYTHING
    later = [
        due for due in dues
        if due_day(due.requirement, unit) < day and (not every or due.standing in OPEN)
    ]  # fmt: skip
    facts = _facts(unit, later or dues) | {"day": _said(order)}
    if not later:
        return Refused("not-later", facts)
    if day > order.campaign.days_open()[1]:
        return Refused("after-season", facts)
    return Plan((_amend(order, unit, later, Change.EXTENDED, day.isoformat()),), facts)


def _asked(order: Order) -> tuple[Unit | None, Dues | Refused]:
    """Return the unit, and what of its dues the order is about."""
    unit = order.campaign.roster.get(order.command.unit)
    if unit is None:
        return None, ()
    rows = order.office.ledger.standings(order.campaign.id, unit.id)
    dues = dues_of(order.campaign, unit, {key: row.standing for key, row in rows.items()})
    wanted = order.command.requirement
    asked = tuple(d for d in dues if wanted in {EVERYTHING, d.requirement.key})
    return unit, asked or Refused("owes-not", {"unit": unit.name})


def _amend(order: Order, unit: Unit, dues: Sequence[Due], change: Change, value: str = "") -> Amend:
    return Amend(
        tuple(
            Amendment(order.campaign.id, unit.id, change, due.requirement.key, value)
            for due in dues
        )
    )


def _facts(unit: Unit, dues: Sequence[Due]) -> dict[str, str]:
    return {"unit": unit.name, "titles": "、".join(due.requirement.title for due in dues)}


def _said(order: Order) -> str:
    day = order.command.day
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
