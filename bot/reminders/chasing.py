"""Chase: at each tick, a letter to every unit whose reminder is due and who still owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.outbox.letters import address
from bot.reminders.owing import Links, Owed, Reach, asked_now, links_of, owed_by, versions_of
from bot.reminders.pausing import paused_since, resting_units
from bot.reminders.reminder import reminder_view
from bot.reminders.superiors import superior_letters
from rules.calendar import due_day, instant_of
from rules.reminders.reminding import asked_of, expires_soon, recipients_of, spread, turn_of
from rules.reminders.slots import day_hours, due_days, reminder_slots, reminders_due
from templates.render import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.office import Office
    from rules.campaign import Campaign
    from rules.roster import Unit
    from rules.standing import Due
    from state.rows.letters import LetterRow, NewLetter, QueuedLetter

log = get_log("chasing")
LAST_TICK = "last-tick"
CHASING = frozenset({"reminder", "superior"})
SETTLED, STALE, PAUSED = "settled", "stale", "paused"
"""Why a waiting letter is withdrawn: nothing is owed any more, its day is over, 暂停."""


def chase(office: Office) -> int:
    """Queue the reminders due now; return how many are new. Repeating is harmless."""
    letters = [letter for campaign in office.campaigns for letter in _letters(office, campaign)]
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


def reason_to_withdraw(office: Office, letter: QueuedLetter | LetterRow) -> str:
    """Return why a waiting reminder must not leave any more, "" when it may.

    Between a tick and its turn in the budget a unit may have submitted, declared 无 or been
    exempted, the day may have ended, a coordinator may have paused. What is then still owed is
    asked for in a new letter.
    """
    campaign = office.campaign(letter.campaign)
    if letter.kind not in CHASING or campaign is None:
        return ""
    paused = office.ledger.paused(campaign.id)
    if "" in paused or letter.unit in paused:
        return PAUSED
    now, day = office.clock.now(), campaign.day_of(letter.created_at)
    if now >= day_hours(campaign.file, day)[1]:
        return STALE
    unit = campaign.roster.get(letter.unit or "")
    if letter.kind != "reminder" or unit is None:
        return ""
    still = {asked.due.requirement.key for asked in asked_now(office, campaign, unit)}
    return "" if set(letter.requirements) <= still else SETTLED


@dataclass(frozen=True, slots=True)
class _Day:
    """What one campaign's reminders of this moment have in common."""

    now: datetime
    day: date
    account: str
    wanted: frozenset[tuple[str, date]]  # (requirement, due day) whose slot is open
    links: Links
    tries: dict[str, int]  # unit → letters of today, all of them withdrawn unsent
    over: timedelta
    begins: datetime


def _letters(office: Office, campaign: Campaign) -> Iterator[NewLetter]:
    account, now = office.writes_from(campaign), office.clock.now()
    day = campaign.day_of(now)
    begins = max(
        instant_of(day, campaign.file.reminders.at, campaign.file.timezone),
        day_hours(campaign.file, day)[0],
    )
    evening = day_hours(campaign.file, day)[1]
    first, last = campaign.days_open()
    by_day = first <= day <= last and begins <= now < evening
    if account is None or not by_day or paused_since(office, campaign) is not None:
        return
    slots = reminders_due(campaign.file, now, due_days(campaign.file, campaign.roster))
    links = links_of(office, campaign)
    expiring = any(
        expires_soon(link, day, campaign.file.reminders)
        for own in links.values()
        for link in own.values()
    )
    if slots or expiring:
        wanted = frozenset((slot.requirement, slot.due) for slot in slots)
        until = min((slot.until for slot in slots), default=evening)
        over = _spread(office, campaign, account, until - begins)
        today = _Day(now, day, account, wanted, links, {}, over, begins)
        yield from _reminders(office, campaign, today)
    yield from superior_letters(office, campaign, account)


def _spread(office: Office, campaign: Campaign, account: str, room: timedelta) -> timedelta:
    settings = office.account(account)
    per_hour = settings.budget.per_hour if settings else 1
    return spread(campaign.file.reminders, len(campaign.roster.units), per_hour, room)


def _reminders(office: Office, campaign: Campaign, today: _Day) -> Iterator[NewLetter]:
    written, tries = _written(office, campaign, today.day)
    written |= resting_units(office, campaign)
    waiting = [unit for unit in campaign.roster.units if unit.id not in written]
    past = today.now - today.begins
    units = [u for u in waiting if turn_of(campaign.id, u.id, today.over) <= past]
    reach, owed = Reach(office, campaign), owed_by(office, campaign, units)
    for unit in units:
        wanted = _wanted(campaign, unit, owed[unit.id].open, today)
        if wanted:
            again = tries.get(unit.id, 0)
            yield from _reminder(reach, today, unit, wanted, owed[unit.id], again)


def _wanted(campaign: Campaign, unit: Unit, dues: tuple[Due, ...], today: _Day) -> tuple[Due, ...]:
    """Return the dues of a unit that today's letter is about."""
    plan, links = campaign.file.reminders, today.links.get(unit.id, {})

    def is_wanted(due: Due) -> bool:
        key = due.requirement.key
        if (key, due_day(due.requirement, unit)) in today.wanted:
            return True
        return due.is_open and key in links and expires_soon(links[key], today.day, plan)

    return tuple(due for due in dues if is_wanted(due))


def _reminder(  # noqa: PLR0913, PLR0917 - whom, of what, and the how-manieth of today
    reach: Reach, today: _Day, unit: Unit, wanted: tuple[Due, ...], owed: Owed, tries: int
) -> Iterator[NewLetter]:
    office, campaign = reach.office, reach.campaign
    came = versions_of(office, campaign, unit)
    asked = asked_of(wanted, came, today.links.get(unit.id, {}))
    left = min((due_day(a.due.requirement, unit) - today.day).days for a in asked) if asked else 0
    recipients = recipients_of(
        campaign.file.reminders,
        left,
        reach.of(unit),
        reach.senders(came),
    )
    if not asked or not recipients:
        return
    planned = any((d.requirement.key, due_day(d.requirement, unit)) in today.wanted for d in wanted)
    view = reminder_view(office, campaign, unit, asked, owed, expiring=not planned)
    yield address(
        office,
        render("reminder", view),
        account=today.account,
        recipient=recipients[0],
        others=recipients[1:],
        subject_key=f"{campaign.id}:{unit.id}",
        period=f"{today.day}" if not tries else f"{today.day}.{tries}",
        campaign=campaign,
        unit=unit.id,
        requirements=tuple(dict.fromkeys(a.due.requirement.key for a in asked)),
    )


def _written(
    office: Office, campaign: Campaign, day: date
) -> tuple[frozenset[str], dict[str, int]]:
    """Return which units have today's reminder, and how many of each were withdrawn unsent."""
    morning = day_hours(campaign.file, day)[0]
    rows = office.ledger.written_since(campaign.id, "reminder", morning)
    today = [row for row in rows if row.period.partition(".")[0] == day.isoformat()]
    tries: dict[str, int] = {}
    for row in today:
        if row.state == "withdrawn":
            tries[row.unit or ""] = tries.get(row.unit or "", 0) + 1
    return frozenset(r.unit or "" for r in today if r.state != "withdrawn"), tries
