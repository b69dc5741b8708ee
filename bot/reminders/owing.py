"""What a unit still has to send and where it can be written to, asked of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.office import Office
from bot.orders.people import on_record
from rules.campaign import Campaign
from rules.judging.announced import Announced, announced_in
from rules.reminders.reminding import Asked, Came, asked_of, bounced_out
from rules.standing import Due, dues_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules.outcome import Standing
    from rules.roster import Unit
    from state.rows.submissions import CameRow, StandingRow

FEW = 8  # of so many units to one, each is asked for by itself
Links = dict[str, dict[str, Announced]]  # unit → requirement → what was announced last


@dataclass(frozen=True, slots=True)
class Owed:
    """What one unit owes, by due date: all of it, and that of which something is still to come.

    A requirement of which an item waits for its correction is open though another is in force.
    """

    dues: tuple[Due, ...]
    open: tuple[Due, ...]


def owed_by(office: Office, campaign: Campaign, units: Sequence[Unit]) -> dict[str, Owed]:
    """Return what these units owe; the ledger is asked once for many, of each of a few."""
    few = len(units) * FEW <= len(campaign.roster.units)
    asked = [unit.id for unit in units] if few else [None]
    rows = {key: row for one in asked for key, row in _standings(office, campaign, one)}
    standings = {key: row.standing for key, row in rows.items()}
    return {unit.id: _owed(campaign, unit, standings, rows) for unit in units}


def dues_by_unit(office: Office, campaign: Campaign) -> dict[str, tuple[Due, ...]]:
    """Return what each unit owes, that something of which is still to come."""
    owed = owed_by(office, campaign, campaign.roster.units)
    return {unit: own.open for unit, own in owed.items() if own.open}


def _standings(
    office: Office, campaign: Campaign, unit: str | None
) -> Iterable[tuple[tuple[str, str], StandingRow]]:
    return office.ledger.standings(campaign.id, unit).items()


def _owed(
    campaign: Campaign,
    unit: Unit,
    standings: dict[tuple[str, str], Standing],
    rows: dict[tuple[str, str], StandingRow],
) -> Owed:
    def waits(due: Due) -> bool:
        row = rows.get((unit.id, due.requirement.key))
        many = due.requirement.per_unit == "many" and due.requirement.key not in unit.exempt
        return due.is_open or (many and row is not None and row.returned_open)

    dues = dues_of(campaign, unit, standings)
    return Owed(dues, tuple(due for due in dues if waits(due)))


def asked_now(office: Office, campaign: Campaign, unit: Unit) -> tuple[Asked, ...]:
    """Return what a unit still has to send, with the state of each."""
    dues = owed_by(office, campaign, (unit,))[unit.id].open
    return asked_of(dues, versions_of(office, campaign, unit), {})


def versions_of(office: Office, campaign: Campaign, unit: Unit) -> tuple[Came, ...]:
    """Return all that a unit sent, in order of receipt; what was withdrawn left out."""
    return tuple(_came(row) for row in office.ledger.came(campaign.id, unit.id))


def _came(row: CameRow) -> Came:
    return Came(
        row.requirement,
        row.item,
        row.standing,
        row.received_at,
        row.findings,
        (row.sender_address or "").lower(),
    )


def links_of(office: Office, campaign: Campaign) -> Links:
    """Return the links that announced what has not come since, for each unit the last."""
    links: Links = {}
    for mail in office.ledger.mails_with(campaign.id, "cloud-link"):
        for link in announced_in(mail.findings or (), mail.received_at, campaign):
            if link.requirement and mail.unit:
                links.setdefault(mail.unit, {})[link.requirement] = link
    return links


@dataclass(frozen=True)
class Reach:
    """Where the units of a campaign can be written to, as the ledger has it when first asked."""

    office: Office
    campaign: Campaign

    def of(self, unit: Unit) -> tuple[str, ...]:
        """Return the roster's addresses that have not bounced.

        Where none is left, the addresses that have spoken for the unit and no other.
        """
        listed = bounced_out(unit.addresses, self._bounced)
        return listed or bounced_out(self._learned.get(unit.id, ()), self._bounced)

    def senders(self, came: Sequence[Came]) -> tuple[str, ...]:
        """Return who sent these versions and can be written to, the last one last."""
        own = {account.address for account in self.office.settings.accounts}
        senders = (c.sender for c in reversed(came) if c.sender)
        return tuple(reversed(bounced_out(senders, self._bounced | own | self._coordinate)))

    @cached_property
    def _coordinate(self) -> frozenset[str]:
        """Who coordinates and passed something on is not reminded in the unit's place."""
        return on_record(self.office, self.campaign)

    @cached_property
    def _bounced(self) -> frozenset[str]:
        return frozenset(row.address for row in self.office.ledger.bounced())

    @cached_property
    def _learned(self) -> dict[str, list[str]]:
        learned: dict[str, list[str]] = {}
        for address, unit in self.office.ledger.known_addresses(self.campaign.id).items():
            if address not in self._coordinate:
                learned.setdefault(unit, []).append(address)
        return learned
