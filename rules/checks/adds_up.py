"""The form declares that one number is the sum of others: 合计 of the rows over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.answered import finding_on, number_of
from rules.finding import Severity
from rules.form import AddsUp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import CampaignFile
    from rules.finding import Finding
    from rules.form import Form
    from rules.reading import Reading

ROUNDED = 0.005  # by which each part may be rounded: 万元 with two decimals


def check(reading: Reading, form: Form, _campaign: CampaignFile) -> Iterator[Finding]:
    """Details: sum of the parts. Nothing is said where a part is not known."""
    for rule in form.checks:
        if not isinstance(rule, AddsUp):
            continue
        total = number_of(reading, rule.total)
        parts = [number_of(reading, key) for key in rule.parts]
        known = [part for part in parts if part is not None]
        if total is None or len(known) < len(parts):
            continue
        whole = all(float(number).is_integer() for number in (total, *known))
        room = 0.0 if whole else ROUNDED * (len(known) + 1)
        if abs(total - sum(known)) > room + 1e-9 * abs(total):
            details = {"sum": round(sum(known), 6)}
            answer = reading.get(rule.total)
            yield finding_on("not-the-sum", Severity(rule.severity), answer, **details)
