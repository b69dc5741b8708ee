"""Orders about letters that wait to be looked at: let them go (放行), or keep one back (不发)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.orders.order import Order, Plan, Refused
from rules.commands.command import EVERYTHING
from state.approvals import UNWANTED, WAITS
from state.rows.acts import Refuse, Release

if TYPE_CHECKING:
    from state.rows.letters import LetterRow


def release(order: Order) -> Plan | Refused:
    """Let one letter go, or all that wait up to the one of this number."""
    rows = _waiting(order) if order.command.requirement == EVERYTHING else _meant(order, UNWANTED)
    if isinstance(rows, Refused):
        return rows
    exact = replace(order.command, number=rows[-1].id)
    enough = order.office.settings.approval.first
    facts = _facts(rows) | {"many": "1" if len(rows) > 1 else ""}
    return Plan((Release(tuple(row.id for row in rows), enough),), facts, exact)


def refuse(order: Order) -> Plan | Refused:
    """Keep one letter back for good."""
    rows = _meant(order)
    if isinstance(rows, Refused):
        return rows
    return Plan((Refuse((rows[0].id,)),), _facts(rows))


def _waiting(order: Order) -> list[LetterRow] | Refused:
    """Return the campaign's waiting letters up to the number; all of them without one."""
    rows = order.office.ledger.letters(campaign=order.campaign.id, state=WAITS)
    last = order.command.number
    rows = sorted((row for row in rows if last is None or row.id <= last), key=lambda row: row.id)
    return rows or Refused("no-letter-waits")


def _meant(order: Order, *also: str) -> list[LetterRow] | Refused:
    """Return the one letter, if it still waits or is in a state that will do as well."""
    rows = order.office.ledger.letters(campaign=order.campaign.id)
    row = next((row for row in rows if row.id == order.command.number), None)
    facts = {"number": str(order.command.number)}
    if row is None:
        return Refused("no-such-letter", facts)
    if row.state not in {WAITS, *also}:
        gone = row.state in {"withdrawn", UNWANTED}
        return Refused("letter-withdrawn" if gone else "letter-left", facts)
    return [row]


def _facts(rows: list[LetterRow]) -> dict[str, str]:
    last = rows[-1]
    return {
        "number": str(last.id),
        "recipient": "、".join(last.recipients),
        "subject": last.subject,
        "count": str(len(rows)),
    }
