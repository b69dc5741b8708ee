"""What submitters may ask: what their own units still owe (查询), the blanks (模板)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.clock import local
from bot.orders.answer import MOST_OWN, Asked, End, ended, is_capped, letter
from bot.orders.people import units_of
from bot.orders.telling import owed_by
from bot.outbox.blanks import blank_of
from rules.commands.command import EVERYTHING, Verb
from rules.commands.resolve import Resolved, resolve
from rules.commands.said import asks_more
from rules.decision import Decision, UnitMatch
from rules.judging.arrival import is_open
from rules.outcome import Outcome
from templates.views import Attachment, OwnUnit, OwnView

if TYPE_CHECKING:
    from rules.campaign import Campaign
    from rules.commands.said import Said
    from rules.roster import Unit


def tell_own(asked: Asked, said: Said) -> End | None:
    """Answer an address that a unit is known by, about that unit; None for anybody else.

    From may be forged: what is told goes to that address alone, and only so often. A question
    beside it, which this does not answer, waits for a person as well.
    """
    for campaign in _campaigns(asked):
        units = units_of(asked.office, campaign, asked.sender)
        told = resolve(said, campaign, campaign.day_of(asked.claimed.received_at))
        if not units or not isinstance(told, Resolved) or told.left:
            continue
        meant = tuple(u for u in units if told.command.unit in {"", u.id})
        if meant:
            return _answer(asked, campaign, meant, told)
    return None


def _campaigns(asked: Asked) -> list[Campaign]:
    mailbox, at = asked.claimed.mailbox, asked.claimed.received_at
    return [c for c in asked.office.campaigns if mailbox in c.file.boxes and is_open(c, at)]


def _answer(asked: Asked, campaign: Campaign, units: tuple[Unit, ...], told: Resolved) -> End:
    match = UnitMatch(units[0].id, units[0].name, "sender") if len(units) == 1 else None
    if is_capped(asked, MOST_OWN):
        return End(ended("command-capped", campaign, match))
    blanks = told.command.verb is Verb.BLANKS
    view = OwnView(
        campaign=campaign.file,
        units=tuple(OwnUnit(u.name, owed_by(asked.office, campaign, u)) for u in units),
        now=local(asked.office.clock.now(), campaign),
        blanks=_blanks(campaign, told.command.requirement) if blanks else (),
        asks_blanks=blanks,
    )
    answer = letter(asked, campaign, "command-own", view)
    if asks_more(asked.mail.text):
        return End(_for_a_person(campaign, match), (answer,))
    return End(ended("query", campaign, match), (answer,))


def _for_a_person(campaign: Campaign, match: UnitMatch | None) -> Decision:
    why = "message-for-a-person"
    return Decision(Outcome.HELD, why, campaign=campaign.id, unit=match, answer=False)


def _blanks(campaign: Campaign, requirement: str) -> tuple[Attachment, ...]:
    asked = [
        r for r in campaign.file.requirements if r.form and requirement in {"", EVERYTHING, r.key}
    ]
    return tuple(blank_of(campaign, r) for r in asked)
