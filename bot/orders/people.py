"""Who may order what: people on a campaign's record, and the units an address speaks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reports.coordinating import coordinators

if TYPE_CHECKING:
    from bot.office import Office
    from rules.campaign import Campaign
    from rules.roster import Unit


def on_record(office: Office, campaign: Campaign) -> frozenset[str]:
    """Return the addresses that may order things of a campaign: its coordinators, the admins."""
    people = (*coordinators(office, campaign), *office.settings.admin)
    return frozenset(address.lower() for address in people)


def masters_of(office: Office, sender: str, mailbox: str) -> tuple[Campaign, ...]:
    """Return the campaigns on whose record an address is, those of the mailbox first.

    Only those that have a mailbox here: others' answers would have nowhere to leave from.
    """
    own = [c for c in office.campaigns if office.writes_from(c) and sender in on_record(office, c)]
    return tuple(sorted(own, key=lambda c: mailbox not in c.file.boxes))


def units_of(office: Office, campaign: Campaign, sender: str) -> tuple[Unit, ...]:
    """Return the units an address speaks for: by the roster, else by what came from it.

    What coordinators pass on for a unit does not make them its own people.
    """
    listed = campaign.roster.of(campaign.roster.users_of(sender))
    if listed or sender in on_record(office, campaign):
        return listed
    learned = campaign.roster.get(office.ledger.known_addresses(campaign.id).get(sender, ""))
    return (learned,) if learned else ()
