"""Chase: at each tick, a letter to every unit whose reminder is due and who still owes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.blanks import blank_of
from bot.letters import address
from bot.log import get_log
from bot.marks import thread_token
from bot.office import local
from rules.calendar import due_day, due_days, reminder_slots, reminders_due
from rules.standing import Due, dues_of
from templates.render import render
from templates.views import OwedView, ReminderItem, ReminderView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.office import Office
    from rules.campaign import Campaign
    from rules.roster import Unit
    from state.rows import NewLetter, QueuedLetter, SubmissionRow

log = get_log("chasing")
LAST_TICK = "last-tick"


def chase(office: Office) -> int:
    """Queue the reminders due now; return how many are new. Repeating is harmless."""
    letters = [letter for c in office.campaigns for letter in _letters(office, c)]
    return len(office.ledger.record_letters(letters, office.clock.now())) if letters else 0


def note_skipped(office: Office) -> int:
    """Log the reminders whose day went by while no worker ran; return how many.

    A reminder is caught up on its own day only: a day later its words would be wrong.
    """
    now, last = office.clock.now(), office.ledger.recall(LAST_TICK)
    office.ledger.remember(LAST_TICK, now.isoformat())
    since = datetime.fromisoformat(last) if last else now
    skipped = [
        (campaign.id, slot)
        for campaign in office.campaigns
        if office.writes_from(campaign)
        for requirement, due in due_days(campaign.file, campaign.roster)
        for slot in reminder_slots(campaign.file, requirement, due)
        if since < slot.at and slot.until <= now
    ]
    for campaign_id, slot in skipped:
        log.warning(
            "reminder-skipped",
            campaign=campaign_id,
            requirement=slot.requirement,
            day=str(slot.day),
        )
    return len(skipped)


def is_pointless(office: Office, letter: QueuedLetter) -> bool:
    """Say whether a waiting reminder asks for nothing that is still owed.

    Between a tick and its turn in the budget a unit may have submitted, or been exempted.
    """
    campaign = office.campaign(letter.campaign)
    unit = campaign.roster.get(letter.unit or "") if campaign else None
    if letter.kind != "reminder" or campaign is None or unit is None:
        return False
    rows = office.ledger.standings(campaign.id, unit.id)
    standings = {key: row.standing for key, row in rows.items()}
    still = {d.requirement.key for d in dues_of(campaign, unit, standings) if d.is_open}
    return not still & set(letter.requirements)


def _letters(office: Office, campaign: Campaign) -> Iterator[NewLetter]:
    account = office.writes_from(campaign)
    now = office.clock.now()
    slots = reminders_due(campaign.file, now, due_days(campaign.file, campaign.roster))
    if account is None or not slots:
        return
    wanted = {(slot.requirement, slot.due) for slot in slots}
    day = campaign.day_of(now)
    written = _written(office, campaign, day)
    standings = {key: row.standing for key, row in office.ledger.standings(campaign.id).items()}
    for unit in campaign.roster.units:
        dues = [due for due in dues_of(campaign, unit, standings) if due.is_open]
        asked = [d for d in dues if (d.requirement.key, due_day(d.requirement, unit)) in wanted]
        for recipient in reachable(office, campaign, unit) if asked else ():
            if (unit.id, recipient) not in written:
                view = _view(office, campaign, unit, asked, dues)
                yield _letter(office, campaign, account, recipient, view, unit.id)


def _written(office: Office, campaign: Campaign, day: date) -> frozenset[tuple[str, str]]:
    """Return who has today's reminder already, so that a tick renders nothing twice."""
    rows = office.ledger.letters(kind="reminder", campaign=campaign.id, period=day.isoformat())
    return frozenset((row.unit or "", row.recipients[0]) for row in rows)


def reachable(office: Office, campaign: Campaign, unit: Unit) -> tuple[str, ...]:
    """Return where a unit can be written to: the roster's addresses that have not bounced.

    Where none is left, the addresses that have spoken for the unit and no other.
    """
    bounced = {row.address for row in office.ledger.bounced()}
    listed = tuple(a for a in unit.addresses if a.lower() not in bounced)
    if listed:
        return listed
    learned = office.ledger.known_addresses(campaign.id)
    return tuple(a for a, owner in learned.items() if owner == unit.id and a not in bounced)


def _letter(  # noqa: PLR0913, PLR0917 - where from, where to, and what
    office: Office,
    campaign: Campaign,
    account: str,
    recipient: str,
    view: ReminderView,
    unit: str,
) -> NewLetter:
    return address(
        office,
        render("reminder", view),
        account=account,
        recipient=recipient,
        subject_key=f"{campaign.id}:{unit}:{recipient}",
        period=view.now.date().isoformat(),
        campaign=campaign,
        unit=unit,
        requirements=tuple(item.requirement.key for item in view.items),
    )


def _view(
    office: Office, campaign: Campaign, unit: Unit, asked: list[Due], dues: list[Due]
) -> ReminderView:
    returned = _returned(office, campaign, unit)
    return ReminderView(
        campaign=campaign.file,
        unit_name=unit.name,
        now=local(office.clock.now(), campaign),
        due=local(min(due.due for due in asked), campaign),
        token=thread_token(office.installation, campaign.id, unit.id),
        items=tuple(_item(campaign, due, returned.get(due.requirement.key)) for due in asked),
        greeting_name=unit.contact,
        later=tuple(
            OwedView(d.requirement.title, local(d.due, campaign), d.standing)
            for d in dues
            if d not in asked
        ),
        blanks=tuple(blank_of(campaign, d.requirement) for d in asked if d.requirement.form),
    )


def _returned(office: Office, campaign: Campaign, unit: Unit) -> dict[str, SubmissionRow]:
    """Return the unit's latest submission of each requirement."""
    rows = office.ledger.submissions(campaign.id, in_force=False, unit=unit.id)
    return {row.requirement: row for row in rows}


def _item(campaign: Campaign, due: Due, row: SubmissionRow | None) -> ReminderItem:
    return ReminderItem(
        requirement=due.requirement,
        form=campaign.forms.get(due.requirement.form or ""),
        due=local(due.due, campaign),
        standing=due.standing,
        item=row.item if row else "",
        findings=row.findings if row else (),
        returned_at=local(row.received_at, campaign) if row else None,
    )
