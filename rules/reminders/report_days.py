"""On which days closing reports (收尾报告) are due: after each due day, and once a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from rules.calendar import NO_OVERRIDES, Overrides, instant_of, local_day, nearest_workday
from rules.campaign import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules.campaign import CampaignFile

_DAY = timedelta(days=1)
LAST_REPORTS = timedelta(days=21)  # after the last due day no week is reported any more


@dataclass(frozen=True, slots=True)
class ReportSlot:
    """One closing report: after the due day `due`, or of the week that ended before `day`.

    `period` names it for good: due-2023-06-15 or week-2023-06-19.
    """

    day: date
    at: datetime
    due: date | None = None

    @property
    def period(self) -> str:
        """What tells this report from all others of its campaign."""
        return f"due-{self.due}" if self.due else f"week-{self.day}"


def report_slots(
    campaign_file: CampaignFile, overrides: Overrides = NO_OVERRIDES
) -> tuple[ReportSlot, ...]:
    """Return every closing report of a campaign, by day.

    One on the first working day after each due day of the notice; one a week, on the first
    working day from `digest.weekly` on, unless a due day's report falls into the same days.
    """
    dues = sorted({r.due for r in campaign_file.requirements})
    after = {nearest_workday(due + _DAY, 1, overrides): due for due in dues}
    slots = [_report(campaign_file, day, due) for day, due in after.items()]
    told = {day + n * _DAY for day in after for n in range(-2, 4)}
    slots += [
        _report(campaign_file, day)
        for day in _weeks(campaign_file, dues, overrides)
        if day not in told
    ]
    return tuple(sorted(slots, key=lambda slot: slot.day))


def _weeks(
    campaign_file: CampaignFile, dues: Sequence[date], overrides: Overrides
) -> Iterator[date]:
    if campaign_file.digest.weekly == "never":
        return
    first, last = campaign_file.days_open()
    day = first + (WEEKDAYS.index(campaign_file.digest.weekly) - first.weekday()) % 7 * _DAY
    while day <= min(last, dues[-1] + LAST_REPORTS):
        yield nearest_workday(day, 1, overrides)
        day += 7 * _DAY


def _report(campaign_file: CampaignFile, day: date, due: date | None = None) -> ReportSlot:
    at = instant_of(day, campaign_file.digest.at, campaign_file.timezone)
    return ReportSlot(day, at, due)


def report_due(
    campaign_file: CampaignFile, now: datetime, overrides: Overrides = NO_OVERRIDES
) -> ReportSlot | None:
    """Return the closing report whose day is today and whose hour has come.

    One after a due day is caught up for two days more: nothing else says who made it.
    """
    day = local_day(now, campaign_file.timezone)
    for slot in reversed(report_slots(campaign_file, overrides)):
        late = (day - slot.day).days
        if slot.at <= now and 0 <= late <= (2 if slot.due else 0):
            return slot
    return None
