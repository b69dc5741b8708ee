"""The form declares that one number is part of another: 科技人员 ≤ 参加活动人员."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.answered import finding_on, number_of
from rules.finding import Severity
from rules.form import NotAbove

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import CampaignFile
    from rules.finding import Finding
    from rules.form import Form
    from rules.reading import Reading


def check(reading: Reading, form: Form, _campaign: CampaignFile) -> Iterator[Finding]:
    """Details: limit_label, limit_value of the field that is smaller than its part."""
    for rule in form.checks:
        if not isinstance(rule, NotAbove):
            continue
        part, whole = number_of(reading, rule.field), number_of(reading, rule.limit)
        if part is None or whole is None or part <= whole:
            continue
        answer, limit = reading.get(rule.field), form.field(rule.limit).label
        details = {"limit_label": limit, "limit_value": whole}
        yield finding_on("not-above", Severity(rule.severity), answer, **details)
