"""The form declares that a number usually lies between two others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.answered import finding_on, number_of
from rules.checks.limits import is_outside
from rules.finding import Severity
from rules.form import InRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import CampaignFile
    from rules.finding import Finding
    from rules.form import Form
    from rules.reading import Reading


def check(reading: Reading, form: Form, _campaign: CampaignFile) -> Iterator[Finding]:
    """Details: least, greatest. A declared nil is left alone."""
    for rule in form.checks:
        if not isinstance(rule, InRange):
            continue
        number = number_of(reading, rule.field)
        if number is None or not is_outside(number, rule.least, rule.greatest):
            continue
        answer = reading.get(rule.field)
        if not answer.nil:
            limits = {"least": rule.least, "greatest": rule.greatest}
            yield finding_on("range", Severity(rule.severity), answer, **limits)
