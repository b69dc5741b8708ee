"""The roster (名单) by mail: sent to whoever asks; one mailed back is put in force on an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.campaigns.rostering import is_writable, roster_book, roster_of, take_up
from bot.orders.order import Order, Plan, Refused
from bot.reports.rollup import XLSX
from rules.rosters.diff import fingerprint
from state.rows.acts import Absorb, Adopt
from templates.rosters import roster_words
from templates.views import Attachment

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.office import Office
    from rules.campaign import Campaign
    from state.rows.acts import ActRow


def roster_attachment(office: Office, campaign: Campaign) -> Attachment:
    """Return the roster as it is in force, what people decided by mail included."""
    day = campaign.day_of(office.clock.now())
    name = f"{roster_words().sheet}-{day:%m%d}.xlsx"
    return Attachment(name, roster_book(campaign), XLSX)


def adopt(order: Order) -> Plan | Refused:
    """Plan to put a proposed version in force, unless the roster has changed since."""
    campaign, number = order.campaign, order.command.number
    row = order.office.ledger.roster_version(campaign.id, number) if number else None
    facts = {"number": str(number)}
    if row is None:
        return Refused("no-such-roster", facts)
    if row.adopted_at is not None:
        return Refused("roster-used", facts)
    if row.base != fingerprint(campaign.roster):
        return Refused("roster-moved", facts)
    if not is_writable(order.office, campaign):
        return Refused("roster-read-only", facts)
    facts["units"] = str(len(roster_of(order.office, campaign, row).units))
    return Plan((Adopt(campaign.id, row.number), Absorb(campaign.id)), facts, after=take_up)


def undone(_office: Office, _act: ActRow) -> Callable[[Office], None]:
    """Return what is left to do once an adopted roster was taken back: the file is written."""
    return take_up
