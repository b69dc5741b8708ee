"""What a unit still has to send and where it can be written to, asked of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.judging.announced import Announced, announced_in
from rules.reminders.reminding import Asked, Came, asked_of, bounced_out
from rules.standing import Due, dues_of

if TYPE_CHECKING:
    from bot.office import Office
    from rules.campaign import Campaign
    from rules.decision import Standing
    from rules.roster import Unit
    from state.rows import StandingRow, SubmissionRow

Links = dict[str, dict[str, Announced]]  # unit → requirement → what was announced last


def dues_by_unit(office: Office, campaign: Campaign) -> dict[str, tuple[Due, ...]]:
    """Return what each unit owes, that something of which is still to come.

    A requirement of which an item waits for its correction is there though another is in force.
    """
    rows = office.ledger.standings(campaign.id)
    standings = {key: row.standing for key, row in rows.items()}
    dues = {u.id: _open(campaign, u, standings, rows) for u in campaign.roster.units}
    return {unit: open_ for unit, open_ in dues.items() if open_}


def _open(
    campaign: Campaign,
    unit: Unit,
    standings: dict[tuple[str, str], Standing],
    rows: dict[tuple[str, str], StandingRow],
) -> tuple[Due, ...]:
    def waits(due: Due) -> bool:
        row = rows.get((unit.id, due.requirement.key))
        many = due.requirement.per_unit == "many" and due.requirement.key not in unit.exempt
        return due.is_open or (many and row is not None and row.returned_open)

    return tuple(due for due in dues_of(campaign, unit, standings) if waits(due))


def asked_now(
    office: Office,
    campaign: Campaign,
    unit: Unit,
    dues: tuple[Due, ...] | None = None,
    links: dict[str, Announced] | None = None,
) -> tuple[Asked, ...]:
    """Return what a unit still has to send, with the state of each."""
    if dues is None:
        rows = office.ledger.standings(campaign.id, unit.id)
        dues = _open(campaign, unit, {key: row.standing for key, row in rows.items()}, rows)
    return asked_of(dues, versions_of(office, campaign, unit), links or {})


def versions_of(office: Office, campaign: Campaign, unit: Unit) -> tuple[Came, ...]:
    """Return all that a unit sent, in order of receipt; what was withdrawn left out."""
    rows = office.ledger.submissions(campaign.id, in_force=False, unit=unit.id)
    return tuple(_came(row) for row in rows if row.withdrawn_at is None)


def _came(row: SubmissionRow) -> Came:
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


def reachable(office: Office, campaign: Campaign, unit: Unit) -> tuple[str, ...]:
    """Return where a unit can be written to: the roster's addresses that have not bounced.

    Where none is left, the addresses that have spoken for the unit and no other.
    """
    bounced = {row.address for row in office.ledger.bounced()}
    listed = bounced_out(unit.addresses, bounced)
    if listed:
        return listed
    learned = office.ledger.known_addresses(campaign.id)
    return bounced_out((a for a, owner in learned.items() if owner == unit.id), bounced)


def submitters(office: Office, campaign: Campaign, unit: Unit) -> tuple[str, ...]:
    """Return who sent something for a unit and can be written to, the last one last."""
    bounced = {row.address for row in office.ledger.bounced()}
    own = {account.address for account in office.settings.accounts}
    senders = [c.sender for c in versions_of(office, campaign, unit) if c.sender]
    kept = bounced_out(reversed(senders), bounced | own)
    return tuple(reversed(kept))
