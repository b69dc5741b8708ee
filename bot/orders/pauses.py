"""Orders to send nothing for a while (暂停), and to go on (恢复)."""

from __future__ import annotations

from bot.orders.order import Order, Plan, Refused
from state.rows.acts import Pause, Resume


def pause(order: Order) -> Plan | Refused:
    """Send a campaign's units nothing; with a unit, remind it of nothing."""
    if order.command.unit in order.office.ledger.paused(order.campaign.id):
        return Refused("paused-already", _facts(order))
    return Plan((Pause(order.campaign.id, order.command.unit),), _facts(order))


def resume(order: Order) -> Plan | Refused:
    """Go on."""
    if order.command.unit not in order.office.ledger.paused(order.campaign.id):
        return Refused("not-paused", _facts(order))
    return Plan((Resume(order.campaign.id, order.command.unit),), _facts(order))


def _facts(order: Order) -> dict[str, str]:
    unit = order.campaign.roster.get(order.command.unit)
    return {"unit": unit.name if unit else ""}
