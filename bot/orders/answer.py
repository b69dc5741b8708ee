"""What becomes of a mail that orders something: decision, the letters that answer it, the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.office import Office
from bot.outbox.letters import address
from parsers.mail import Mail
from rules.decision import Decision, UnitMatch
from rules.outcome import Outcome
from state.rows.acts import NewAct
from state.rows.letters import NewLetter
from state.rows.mails import ClaimedMail
from templates.render import View, render

if TYPE_CHECKING:
    from datetime import datetime

    from rules.campaign import Campaign

DAY = timedelta(days=1)
EXAMPLE = timedelta(days=7)
PROVEN = "command-done"
UNPROVEN = (
    *("command-confirm", "command-unclear", "command-told", "command-own"),
    *("roster-proposed", "roster-faulty"),
)
"""Answers to mails whose From may be forged: capped, so that nobody is flooded by them."""
MOST_OWN = 5  # answers a day to a submitter's questions
FIRST = 2  # their priority in the outbox: somebody waits before a screen


@dataclass(frozen=True, slots=True)
class End:
    """How a mail ends, whether it orders something or not; `after` runs once it is committed."""

    decision: Decision
    letters: tuple[NewLetter, ...] = ()
    notes: tuple[str, ...] = ()
    act: NewAct | None = None
    after: Callable[[Office], None] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One mail that orders something, and who sent it."""

    office: Office
    claimed: ClaimedMail
    mail: Mail
    sender: str


def ended(reason: str, campaign: Campaign | None = None, unit: UnitMatch | None = None) -> Decision:
    """Return the decision on such a mail: nothing was handed in with it."""
    named = campaign.id if campaign else None
    return Decision(Outcome.IGNORED, reason, campaign=named, unit=unit, answer=False)


def examples(campaign: Campaign, received_at: datetime) -> dict[str, str]:
    """Return a unit, a title and a day of the campaign, for sentences that show how it is done."""
    units, day = campaign.roster.units, campaign.day_of(received_at) + EXAMPLE
    return {
        "eg_unit": units[0].name if units else "",
        "eg_title": campaign.file.requirements[-1].title,
        "eg_day": f"{day.month}月{day.day}日",
    }


def letter(asked: Asked, campaign: Campaign, kind: str, view: View) -> NewLetter:
    """Return an answer to whoever sent the mail, who is on record under this address."""
    office, claimed = asked.office, asked.claimed
    return address(
        office,
        render(kind, view),
        account=office.writes_from(campaign) or claimed.mailbox,
        recipient=asked.sender,
        subject_key=f"mail:{claimed.content_key[:32] or claimed.mail_id}:{campaign.id}",
        period="answer",
        campaign=campaign,
        answered=asked.mail,
        mail_id=claimed.mail_id,
        priority=FIRST,
    )


def is_capped(asked: Asked, most: int | None = None) -> bool:
    """Say whether an address got as many unproven answers today as it may."""
    return answers_left(asked, most) < 1


def answers_left(asked: Asked, most: int | None = None) -> int:
    """Return how many unproven answers an address may still get today."""
    office = asked.office
    since = office.clock.now() - DAY
    sent = sum(office.ledger.answers_to(asked.sender, since, kind) for kind in UNPROVEN)
    return (most or office.settings.caps.per_address_per_day) - sent
