"""Orders that change nothing: what somebody on record wants to be told or sent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.clock import local
from bot.orders.acting import enough, unclear
from bot.orders.answer import Asked, End, ended, examples, letter
from bot.orders.buttons import Buttons
from bot.orders.roster import roster_attachment
from bot.reports.rollup import rollup_attachment, upward_attachments
from rules.calendar import due_instant
from rules.commands.command import WORDS, Command, Verb
from rules.commands.resolve import Unclear, resolve
from rules.outcome import Outcome
from rules.standing import dues_of
from templates.views import OwedView, ProgressView, ToldView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.office import Office
    from rules.campaign import Campaign
    from rules.commands.said import Said
    from rules.outcome import Standing
    from rules.roster import Unit
    from templates.views import Attachment, OrderButton

MOST = 3  # campaigns of one person that one mail is answered for


def tell(asked: Asked, said: Said, campaigns: Sequence[Campaign]) -> End | None:
    """Answer the address on record; None: it was no order after all."""
    own = [c for c in campaigns if asked.claimed.mailbox in c.file.boxes] or list(campaigns)
    told = [(c, resolve(said, c, c.day_of(asked.claimed.received_at))) for c in own]
    if said.joined and all(isinstance(t, Unclear) or t.left for _, t in told):
        return None
    if (end := enough(asked, own[0], f"{WORDS[said.verb][0]} {said.words}".strip())) is not None:
        return end
    known = [(c, t.command) for c, t in told if not isinstance(t, Unclear)]
    if not known:
        campaign, lacking = told[0]
        candidates = lacking.candidates if isinstance(lacking, Unclear) else ()
        return unclear(asked, campaign, said, "which-unit", candidates)
    letters = [letter(asked, c, "command-told", _view(asked, c, command)) for c, command in known]
    return End(ended("command", own[0]), tuple(letters[:MOST]))


def _view(asked: Asked, campaign: Campaign, command: Command) -> ToldView:
    office = asked.office
    now = local(office.clock.now(), campaign)
    since = office.ledger.paused(campaign.id).get("")
    paused_at = local(since, campaign) if since else None
    unit = campaign.roster.get(command.unit)
    if command.verb is not Verb.STATUS:
        files = _files(office, campaign, command.verb)
        return ToldView(
            campaign=campaign.file, verb=command.verb, now=now, paused_at=paused_at,
            attachments=files, examples=examples(campaign, asked.claimed.received_at),
        )  # fmt: skip
    return ToldView(
        campaign=campaign.file,
        verb=command.verb,
        now=now,
        units=len(campaign.roster.units),
        progress=() if unit else _progress(office, campaign),
        held=_held(office, campaign),
        unit_name=unit.name if unit else "",
        owed=owed_by(office, campaign, unit) if unit else (),
        paused_at=paused_at,
        buttons=_buttons(asked, campaign, command.unit),
    )


def owed_by(office: Office, campaign: Campaign, unit: Unit) -> tuple[OwedView, ...]:
    """Return all a unit owes and where it stands with each."""
    dues = dues_of(campaign, unit, _standings(office, campaign, unit.id))
    return tuple(
        OwedView(due.requirement.title, local(due.due, campaign), due.standing) for due in dues
    )


def _files(office: Office, campaign: Campaign, verb: Verb) -> tuple[Attachment, ...]:
    if verb is Verb.ROSTER:
        return (roster_attachment(office, campaign),)
    if verb is Verb.ROLLUP:
        return (rollup_attachment(office, campaign), *upward_attachments(office, campaign))
    return ()


def _progress(office: Office, campaign: Campaign) -> tuple[ProgressView, ...]:
    standings = _standings(office, campaign)
    counts: dict[str, Counter[Standing]] = {}
    for unit in campaign.roster.units:
        for due in dues_of(campaign, unit, standings):
            counts.setdefault(due.requirement.key, Counter())[due.standing] += 1
    return tuple(
        ProgressView(r.title, local(due_instant(campaign.file, r), campaign), counts[r.key])
        for r in campaign.file.requirements
        if r.key in counts
    )


def _standings(
    office: Office, campaign: Campaign, unit: str | None = None
) -> dict[tuple[str, str], Standing]:
    rows = office.ledger.standings(campaign.id, unit)
    return {key: row.standing for key, row in rows.items()}


def _held(office: Office, campaign: Campaign) -> int:
    rows = office.ledger.mails(campaign=campaign.id, outcome=Outcome.HELD.value)
    return len(rows)


def _buttons(asked: Asked, campaign: Campaign, unit: str) -> tuple[OrderButton, ...]:
    """Offer to go on where a pause may have been forgotten."""
    if unit not in asked.office.ledger.paused(campaign.id):
        return ()
    occasion = f"mail:{asked.claimed.mail_id}"
    buttons = Buttons(asked.office, campaign, asked.sender, occasion)
    return (buttons.named(Command(Verb.RESUME, unit=unit)),)
