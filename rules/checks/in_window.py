"""The form declares that its dates lie in the days of the activity."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rules.answered import finding_on
from rules.finding import Severity
from rules.form import InWindow
from rules.reading import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import CampaignFile
    from rules.finding import Finding
    from rules.form import Form
    from rules.reading import Reading


def check(reading: Reading, form: Form, campaign: CampaignFile) -> Iterator[Finding]:
    """Details: first, last (ISO) of the window, as the notice has it without the grace days."""
    window = campaign.window
    for rule in form.checks:
        if not isinstance(rule, InWindow) or window is None:
            continue
        answer = reading.get(rule.field)
        if answer.status is not Status.FOUND or not isinstance(answer.value, str):
            continue
        grace = timedelta(days=rule.days)
        days = dates_in(answer.value)
        if any(not window.first - grace <= day <= window.last + grace for day in days):
            details = {"first": window.first.isoformat(), "last": window.last.isoformat()}
            yield finding_on("window", Severity(rule.severity), answer, **details)


def dates_in(value: str) -> list[date]:
    """Every date of an ISO date, period or list of them."""
    found = re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)
    return [date.fromisoformat(text) for text in found]
