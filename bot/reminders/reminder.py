"""What a reminder to one unit says: what is asked for, what has come, what falls due later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.clock import local
from bot.outbox.blanks import blank_of
from bot.outbox.marks import thread_token
from rules.outcome import Standing
from rules.reminders.reminding import GOOD, State
from templates.views import LinkView, OwedView, ReminderItem, ReminderView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.office import Office
    from bot.reminders.owing import Owed
    from rules.campaign import Campaign
    from rules.reminders.reminding import Asked
    from rules.roster import Unit
    from templates.views import Attachment


def reminder_view(  # noqa: PLR0913 - to whom, of what, and why today
    office: Office,
    campaign: Campaign,
    unit: Unit,
    asked: Sequence[Asked],
    owed: Owed,
    *,
    expiring: bool = False,
) -> ReminderView:
    """Return what a reminder says; the nearest day that is still ahead sets its tone."""
    now = office.clock.now()
    ahead = sorted({a.due.due for a in asked if a.due.due > now})
    due = ahead[0] if ahead else max(a.due.due for a in asked)
    named = {a.due.requirement.key for a in asked}
    ordered = sorted(asked, key=lambda a: (a.due.due <= now, a.due.due))
    return ReminderView(
        campaign=campaign.file,
        unit_name=unit.name,
        now=local(now, campaign),
        due=local(due, campaign),
        token=thread_token(office.installation, campaign.id, unit.id),
        items=tuple(_item(campaign, one) for one in ordered),
        greeting_name=unit.contact,
        later=tuple(
            OwedView(d.requirement.title, local(d.due, campaign), d.standing)
            for d in owed.open
            if d.requirement.key not in named and d.is_open
        ),
        blanks=_blanks(campaign, asked),
        done=tuple(d.requirement.title for d in owed.dues if d.standing in GOOD),
        expiring=expiring,
    )


def _blanks(campaign: Campaign, asked: Iterable[Asked]) -> tuple[Attachment, ...]:
    forms = {a.due.requirement.form: a.due.requirement for a in asked if a.due.requirement.form}
    return tuple(blank_of(campaign, requirement) for requirement in forms.values())


def _item(campaign: Campaign, asked: Asked) -> ReminderItem:
    version, link = asked.version, asked.link
    return ReminderItem(
        requirement=asked.due.requirement,
        form=campaign.forms.get(asked.due.requirement.form or ""),
        due=local(asked.due.due, campaign),
        standing=Standing.RETURNED if asked.state is State.PART else asked.due.standing,
        item=version.item if version else "",
        findings=version.findings if version else (),
        returned_at=local(version.received_at, campaign) if version else None,
        kept=asked.kept,
        link=LinkView(link.name, link.size, link.expires) if link else None,
    )
