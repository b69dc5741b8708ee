"""On which days and between which hours letters that answer nothing may leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from rules.calendar import (
    NO_OVERRIDES,
    Overrides,
    due_instant,
    end_of,
    instant_of,
    is_workday,
    local_day,
    nearest_workday,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rules.campaign import CampaignFile, Requirement
    from rules.roster import Roster

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReminderSlot:
    """One day's chance to remind of one due day, open from `at` until `until` (UTC).

    `days` is the planned distance (3 before, 0 on the day, -1 after) and names the slot for good;
    `left` is what a letter says, because working days move `day`.
    """

    requirement: str
    due: date
    days: int
    day: date
    at: datetime
    until: datetime

    @property
    def left(self) -> int:
        """Days from the slot's day to the due day; negative when it has passed."""
        return (self.due - self.day).days


@dataclass(frozen=True, slots=True)
class DigestSlot:
    """One day's digest, open from `at` until `until` (UTC)."""

    day: date
    at: datetime
    until: datetime


def due_days(campaign_file: CampaignFile, roster: Roster) -> tuple[tuple[Requirement, date], ...]:
    """Return each requirement with each day it is due for someone: the notice's, extensions."""
    extended = [unit.extended for unit in roster.units if unit.extended]
    return tuple(
        (requirement, day)
        for requirement in campaign_file.requirements
        for day in sorted({requirement.due, *_days(requirement.key, extended)})
    )


def _days(requirement: str, extended: Sequence[Mapping[str, date]]) -> Iterable[date]:
    return (days[requirement] for days in extended if requirement in days)


def day_hours(campaign_file: CampaignFile, day: date) -> tuple[datetime, datetime]:
    """Return when on a day the quiet hours end and when they begin again (UTC)."""
    quiet, zone = campaign_file.reminders.quiet, campaign_file.timezone
    if quiet.morning == quiet.evening:
        return instant_of(day, time(), zone), end_of(day, zone)
    return instant_of(day, quiet.morning, zone), instant_of(day, quiet.evening, zone)


def reminder_slots(
    campaign_file: CampaignFile,
    requirement: Requirement,
    due: date,
    overrides: Overrides = NO_OVERRIDES,
) -> tuple[ReminderSlot, ...]:
    """Return every reminder of one due day, by day.

    On working days only, one planned up to the due day moves back and one after it moves on.
    The due day's own moves back too: on a holiday nobody would read it in time. Of two that land
    on one day the later planned stands. None falls outside the campaign's open days.
    """
    plan = campaign_file.reminders
    distances = {*plan.before_days, *(-after for after in plan.after_days)}
    return _planned(campaign_file, requirement, due, sorted(distances), overrides)


def superior_slots(
    campaign_file: CampaignFile,
    requirement: Requirement,
    due: date,
    overrides: Overrides = NO_OVERRIDES,
) -> tuple[ReminderSlot, ...]:
    """Return the days after a due day on which the 上级 are told who still owes."""
    distances = sorted(-after for after in campaign_file.reminders.superior_days)
    return _planned(campaign_file, requirement, due, distances, overrides)


def _planned(
    campaign_file: CampaignFile,
    requirement: Requirement,
    due: date,
    distances: Sequence[int],
    overrides: Overrides,
) -> tuple[ReminderSlot, ...]:
    first, last = campaign_file.days_open()
    days: dict[date, int] = {}
    for distance in distances:
        day = due - distance * _DAY
        if campaign_file.reminders.workdays_only:
            day = nearest_workday(day, -1 if distance >= 0 else 1, overrides)
        days.setdefault(day, distance)
    return tuple(
        _slot(campaign_file, requirement, due, days[day], day)
        for day in sorted(days)
        if first <= day and (day <= last or due > last)
    )


def _slot(
    campaign_file: CampaignFile, requirement: Requirement, due: date, days: int, day: date
) -> ReminderSlot:
    """Open in the daytime; a letter that says 今天截止 is not written after that moment."""
    at = instant_of(day, campaign_file.reminders.at, campaign_file.timezone)
    morning, evening = day_hours(campaign_file, day)
    if day == due == requirement.due:
        evening = min(evening, due_instant(campaign_file, requirement))
    return ReminderSlot(requirement.key, due, days, day, max(at, morning), evening)


def reminders_due(
    campaign_file: CampaignFile,
    now: datetime,
    dues: Iterable[tuple[Requirement, date]] | None = None,
    overrides: Overrides = NO_OVERRIDES,
) -> tuple[ReminderSlot, ...]:
    """Return the slots open at `now`: from their time to the evening, never a day later.

    `dues` come from `due_days`; without them only the notice's own due days count. A slot speaks
    to the units whose `due_day` is its `due`.
    """
    if dues is None:
        dues = ((requirement, requirement.due) for requirement in campaign_file.requirements)
    return tuple(
        slot
        for requirement, due in dues
        for slot in reminder_slots(campaign_file, requirement, due, overrides)
        if slot.at <= now < slot.until
    )


def superiors_due(
    campaign_file: CampaignFile,
    now: datetime,
    dues: Iterable[tuple[Requirement, date]],
    overrides: Overrides = NO_OVERRIDES,
) -> tuple[ReminderSlot, ...]:
    """Return the slots open at `now` in which the 上级 are written to."""
    return tuple(
        slot
        for requirement, due in dues
        for slot in superior_slots(campaign_file, requirement, due, overrides)
        if slot.at <= now < slot.until
    )


def digest_slot(
    campaign_file: CampaignFile, now: datetime, overrides: Overrides = NO_OVERRIDES
) -> DigestSlot | None:
    """Return today's digest when its time has come, while the campaign is open; else None."""
    zone = campaign_file.timezone
    day = local_day(now, zone)
    first, last = campaign_file.days_open()
    if not first <= day <= last:
        return None
    if campaign_file.digest.workdays_only and not is_workday(day, overrides):
        return None
    at = instant_of(day, campaign_file.digest.at, zone)
    return DigestSlot(day, at, end_of(day, zone)) if now >= at else None
