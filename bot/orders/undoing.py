"""The order to take an order back (撤销)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.orders.order import Order, Plan, Refused
from rules.commands.command import Verb
from state.rows.acts import Undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.office import Office
    from state.rows.acts import ActRow

    Hook = Callable[[Office], None]

LETTERS = frozenset({Verb.RELEASE, Verb.REFUSE})
"""What is said of letters is not taken back: they may have left."""
UNDONE: dict[str, Callable[[Office, ActRow], Hook | None]] = {}
"""Verb → what is to be done after an act of it was taken back, beside the ledger."""


def undo(order: Order) -> Plan | Refused:
    """Take back what the mail of this number ordered."""
    number = order.command.number
    act = order.office.ledger.act_of_mail(number) if number is not None else None
    if act is None or act.campaign != order.campaign.id:
        return Refused("no-such-act", {"number": str(number)})
    facts = {"number": str(number), "said": act.said}
    if act.verb == Verb.UNDO:
        return Refused("final", facts)
    if act.verb in LETTERS:
        return Refused("letters-final", facts)
    if act.undone_by is not None:
        return Refused("undone-already", facts)
    hook = UNDONE.get(act.verb)
    return Plan((Undo(act.id),), facts, after=hook(order.office, act) if hook else None)
