"""The letters to units that have not left, as their coordinators are told of them."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from bot.clock import local
from rules.commands.command import EVERYTHING, Command, Verb
from state.outbox import TO_UNITS
from templates.views import RehearsedView, WaitingLetters, WaitingView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.office import Office
    from bot.orders.buttons import Buttons
    from rules.campaign import Campaign
    from state.rows.letters import LetterRow


def rehearsed(
    office: Office, campaign: Campaign, since: datetime | None
) -> tuple[RehearsedView, ...] | None:
    """Return the letters to units that a rehearsal did not send; None when this is none."""
    if not office.settings.rehearse:
        return None
    return tuple(
        RehearsedView(row.kind, row.recipients, row.subject, local(row.created_at, campaign))
        for row in office.ledger.letters(campaign=campaign.id, since=since)
        if row.kind in TO_UNITS and row.state != "withdrawn"
    )


def waiting_letters(
    office: Office,
    campaign: Campaign,
    shown: Sequence[LetterRow],
    behind: int,
    buttons: Buttons,
) -> WaitingLetters:
    """Return waiting letters as a letter shows them, with the buttons of whoever gets it."""
    if not shown:
        return WaitingLetters()
    views = tuple(_waiting(office, campaign, row, buttons) for row in shown)
    everything = Command(Verb.RELEASE, max(row.id for row in shown), requirement=EVERYTHING)
    return WaitingLetters(views, behind, buttons.named(everything))


def _waiting(office: Office, campaign: Campaign, row: LetterRow, buttons: Buttons) -> WaitingView:
    message = message_from_bytes(office.ledger.letter_raw(row.id), policy=policy.default)
    body = message.get_body(("plain",))
    unit = campaign.roster.get(row.unit or "")
    both = (Command(Verb.RELEASE, row.id), Command(Verb.REFUSE, row.id))
    return WaitingView(
        number=str(row.id),
        kind=row.kind,
        recipients=row.recipients,
        unit_name=unit.name if unit else "",
        subject=row.subject,
        at=local(row.created_at, campaign),
        text=str(body.get_content()).strip() if body is not None else "",
        files=tuple(part.get_filename() or "" for part in message.iter_attachments()),
        buttons=tuple(buttons.named(command) for command in both),
    )
