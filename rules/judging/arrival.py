"""Where a mail came in, which campaigns were open then, and what earlier mails have taught."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from rules.who.learned import Learned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.mail import Mail
    from rules.campaign import Campaign
    from rules.reading import Reading
    from rules.who.learned import Known


class History(Protocol):
    """What earlier mails have taught, asked of the ledger."""

    def known_addresses(self, campaign: str) -> Known:
        """Return whom to ask for which unit an address has spoken, and who uses a domain."""
        ...

    def thread_unit(self, campaign: str, mail: Mail) -> str | None:
        """Return the unit of the letter of ours that this mail answers, if any."""
        ...

    def stands(self, campaign: str, unit: str, requirement: str) -> bool:
        """Say whether something the unit sent for the requirement is in force."""
        ...

    def earlier(self, campaign: str, unit: str, before: datetime) -> Sequence[Reading]:
        """Return what the forms said that a unit had sent until then, whatever became of them."""
        ...

    def in_force(self, campaign: str, unit: str, requirement: str, item: str) -> Reading | None:
        """Return what the form in force says; None where there is none, or it came in several."""
        ...


class NoHistory:
    """A history that knows nothing: `shoubiao read` and `replay`."""

    def known_addresses(self, campaign: str) -> Known:  # noqa: ARG002 - the protocol's
        """Know nobody."""
        return Learned()

    def thread_unit(self, campaign: str, mail: Mail) -> str | None:  # noqa: ARG002 - the protocol's
        """Know no thread."""
        return None

    def stands(self, campaign: str, unit: str, requirement: str) -> bool:  # noqa: ARG002 - the protocol's
        """Know of nothing that stands."""
        return False

    def earlier(self, campaign: str, unit: str, before: datetime) -> Sequence[Reading]:  # noqa: ARG002 - the protocol's
        """Know of no form."""
        return ()

    def in_force(self, campaign: str, unit: str, requirement: str, item: str) -> Reading | None:  # noqa: ARG002 - the protocol's
        """Know of nothing in force."""
        return None


@dataclass(frozen=True, slots=True)
class Arrival:
    """When and where a mail came in. `answerable` is False for mail too old to be answered.

    `assigned_campaign` and `assigned_unit` are a coordinator's word (认领), which goes first.
    """

    mailbox: str
    received_at: datetime
    answerable: bool = True
    assigned_campaign: str | None = None
    assigned_unit: str | None = None


def is_open(campaign: Campaign, received_at: datetime) -> bool:
    """Say whether a mail received at this instant may belong to the campaign."""
    first, last = campaign.days_open()
    return first <= campaign.day_of(received_at) <= last


def in_force(campaigns: Sequence[Campaign], arrival: Arrival) -> tuple[Campaign, ...]:
    """Return the campaigns open at the arrival, those of its mailbox first."""
    opened = [c for c in campaigns if is_open(c, arrival.received_at)]
    return tuple(sorted(opened, key=lambda c: not is_meant(c, arrival)))


def preferred(opened: Sequence[Campaign], arrival: Arrival) -> frozenset[str]:
    """Return the ids of the campaigns that the mail was sent to."""
    return frozenset(c.id for c in opened if is_meant(c, arrival))


def is_meant(campaign: Campaign, arrival: Arrival) -> bool:
    """Say whether the mail was sent to the campaign: by a person's word, else by its mailbox."""
    if arrival.assigned_campaign is not None:
        return campaign.id == arrival.assigned_campaign
    return arrival.mailbox in campaign.file.boxes
