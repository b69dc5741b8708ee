"""Orders about a mail: whose it is (认领), read it again (重读), dealt with (办结), 收录."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.orders.order import Order, Plan, Refused
from rules.decision import EACH
from rules.judging.arrival import is_open
from rules.outcome import Outcome
from rules.rosters.amending import Amendment, Change
from state.rows.acts import Amend, Reopen, Settle

if TYPE_CHECKING:
    from state.rows.mails import MailRow

OURS = "command"  # reasons that begin so are of mails that ordered something


def claim(order: Order) -> Plan | Refused:
    """Judge a mail as if the unit had sent it."""
    row = mail_in_scope(order)
    if isinstance(row, Refused):
        return row
    command, campaign = order.command, order.campaign
    unit = campaign.roster.get(command.unit)
    if command.unit == EACH:
        return _claim_each(order, row)
    if unit is None:
        return Refused("no-such-unit")
    if row.unit == unit.id and row.campaign == campaign.id and row.outcome in GOOD:
        return Refused("theirs-already", _facts(row) | {"unit": unit.name})
    if not is_open(campaign, row.received_at):
        return Refused("out-of-season", _facts(row))
    facts = _facts(row) | {"unit": unit.name}
    return Plan((Reopen(row.id, campaign.id, unit.id),), facts)


def _claim_each(order: Order, row: MailRow) -> Plan | Refused:
    """Judge each form of a mail for the unit that it names."""
    if row.reason != "several-units":
        return Refused("not-each", _facts(row))
    if not is_open(order.campaign, row.received_at):
        return Refused("out-of-season", _facts(row))
    return Plan((Reopen(row.id, order.campaign.id, EACH),), _facts(row) | {"many": EACH})


def reread(order: Order) -> Plan | Refused:
    """Read a mail again by the rules and the roster of today."""
    row = mail_in_scope(order)
    return row if isinstance(row, Refused) else Plan((Reopen(row.id),), _facts(row))


def settle(order: Order) -> Plan | Refused:
    """Call a held mail dealt with: it waits no more, and nothing in it counts."""
    row = _in_scope(order)
    if isinstance(row, Refused):
        return row
    if row.outcome != Outcome.HELD:
        return Refused("not-held", _facts(row))
    return Plan((Settle(row.id),), _facts(row))


def enlist(order: Order) -> Plan | Refused:
    """Put the address a mail came from on the roster, for a unit."""
    row = mail_in_scope(order)
    if isinstance(row, Refused):
        return row
    units = order.campaign.roster.units
    unit = order.campaign.roster.get(order.command.unit)
    address = (row.sender_address or "").lower()
    if unit is None or not address:
        return Refused("no-such-unit" if unit is None else "no-address", _facts(row))
    owners = [u for u in units if address in {known.lower() for known in u.addresses}]
    if owners:
        return Refused("listed-already", {"address": address, "unit": owners[0].name})
    change = Amendment(order.campaign.id, unit.id, Change.ADDRESS, value=address)
    return Plan((Amend((change,)),), {"address": address, "unit": unit.name})


GOOD = frozenset({Outcome.ACCEPTED, Outcome.RETURNED})


def mail_in_scope(order: Order) -> MailRow | Refused:
    """Return the mail an order is about, if it is the campaign's and can be read (again)."""
    row = _in_scope(order)
    if isinstance(row, Refused):
        return row
    return Refused("too-large", _facts(row)) if row.reason == "too-large" else row


def _in_scope(order: Order) -> MailRow | Refused:
    """Return the mail an order is about, if it is the campaign's and is decided."""
    number = order.command.number
    row = None if number is None else order.office.ledger.mail(number)
    campaign = order.campaign
    of_campaign = row is not None and (
        row.campaign == campaign.id
        or (row.campaign is None and row.mailbox in campaign.file.boxes)
        or (row.outcome == Outcome.HELD and row.mailbox in campaign.file.boxes)
    )
    if row is None or not of_campaign or row.purged_at or (row.reason or "").startswith(OURS):
        return Refused("no-such-mail", {"number": str(number)})
    return Refused("being-read", _facts(row)) if row.outcome is None else row


def _facts(row: MailRow) -> dict[str, str]:
    return {
        "number": str(row.id),
        "sender": row.sender_address or "",
        "subject": row.subject or "",
        "was": row.unit_name or "",
    }
