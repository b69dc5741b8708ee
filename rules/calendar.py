"""When things fall due: days in the campaign's zone, Chinese working days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import chinese_calendar

if TYPE_CHECKING:
    from rules.campaign import CampaignFile, Requirement
    from rules.roster import Unit

_DAY = timedelta(days=1)
_LONGEST_HOLIDAY = 31  # days; a search for a working day ends here whatever an operator wrote


@dataclass(frozen=True, slots=True)
class Overrides:
    """Days an operator declares: for a year the calendar does not know yet, or a local holiday."""

    holidays: frozenset[date] = field(default_factory=frozenset)
    workdays: frozenset[date] = field(default_factory=frozenset)


NO_OVERRIDES = Overrides()


def local_day(instant: datetime, zone: str) -> date:
    """Return the calendar day of an aware instant in a time zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


@lru_cache(maxsize=4096)
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
