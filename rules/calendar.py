"""When things fall due: days in the campaign's zone, Chinese working days, letter slots."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import chinese_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.campaign import CampaignFile, Requirement
    from rules.roster import Roster, Unit

_DAY = timedelta(days=1)
_LONGEST_HOLIDAY = 31  # days; a search for a working day ends here whatever an operator wrote


@dataclass(frozen=True, slots=True)
class Overrides:
    """Days an operator declares: for a year the calendar does not know yet, or a local holiday."""

    holidays: frozenset[date] = field(default_factory=frozenset)
    workdays: frozenset[date] = field(default_factory=frozenset)


NO_OVERRIDES = Overrides()


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


def local_day(instant: datetime, zone: str) -> date:
    """Return the calendar day of an aware instant in a time zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def instant_of(day: date, clock: time, zone: str) -> datetime:
    """Return the UTC instant of a wall clock's time on a day in a time zone."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def end_of(day: date, zone: str) -> datetime:
    """Return 24:00 of a day as the UTC instant at which it is over."""
    return instant_of(day + _DAY, time(), zone)


def due_day(requirement: Requirement, unit: Unit | None = None) -> date:
    """Return the day a requirement is due; the unit's extension wins."""
    if unit is None:
        return requirement.due
    return unit.extended.get(requirement.key, requirement.due)


def due_instant(
    campaign_file: CampaignFile, requirement: Requirement, unit: Unit | None = None
) -> datetime:
    """Return the first UTC instant that is late.

    前 includes the named day to its end. `due_time` belongs to the notice's own day (下班前):
    an extension names a bare day and runs to its end.
    """
    day = due_day(requirement, unit)
    if requirement.due_time is not None and day == requirement.due:
        return instant_of(day, requirement.due_time, campaign_file.timezone)
    return end_of(day, campaign_file.timezone)


def is_late(
    received_at: datetime,
    campaign_file: CampaignFile,
    requirement: Requirement,
    unit: Unit | None = None,
) -> bool:
    """Say whether the server's receipt time is past the due instant."""
    return received_at >= due_instant(campaign_file, requirement, unit)


def is_covered(day: date) -> bool:
    """Say whether the holiday calendar knows the day's year; else Monday to Friday is assumed."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def is_workday(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Say whether offices work that day: the operator's word, the State Council's, the weekday."""
    if day in overrides.holidays:
        return False
    if day in overrides.workdays:
        return True
    return _works(day)


@lru_cache(maxsize=4096)
def _works(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def nearest_workday(day: date, step: int, overrides: Overrides = NO_OVERRIDES) -> date:
    """Return the day itself or the next working one in the direction `step` (1 or -1)."""
    for distance in range(_LONGEST_HOLIDAY):
        candidate = day + step * distance * _DAY
        if is_workday(candidate, overrides):
            return candidate
    return day


def due_days(campaign_file: CampaignFile, roster: Roster) -> tuple[tuple[Requirement, date], ...]:
    """Return each requirement with each day it is due for someone: the notice's, extensions."""
    return tuple(
        (requirement, day)
        for requirement in campaign_file.requirements
        for day in sorted({requirement.due, *(due_day(requirement, u) for u in roster.units)})
    )


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
    first, last = campaign_file.days_open()
    days: dict[date, int] = {}
    for distance in sorted({*plan.before_days, *(-after for after in plan.after_days)}):
        day = due - distance * _DAY
        if plan.workdays_only:
            day = nearest_workday(day, -1 if distance >= 0 else 1, overrides)
        days.setdefault(day, distance)
    return tuple(
        _slot(campaign_file, requirement.key, due, days[day], day)
        for day in sorted(days)
        if first <= day and (day <= last or due > last)
    )


def _slot(
    campaign_file: CampaignFile, requirement: str, due: date, days: int, day: date
) -> ReminderSlot:
    zone = campaign_file.timezone
    at = instant_of(day, campaign_file.reminders.at, zone)
    return ReminderSlot(requirement, due, days, day, at, end_of(day, zone))


def reminders_due(
    campaign_file: CampaignFile,
    now: datetime,
    dues: Iterable[tuple[Requirement, date]] | None = None,
    overrides: Overrides = NO_OVERRIDES,
) -> tuple[ReminderSlot, ...]:
    """Return the slots open at `now`: from their time to 24:00 that day, never a day later.

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
