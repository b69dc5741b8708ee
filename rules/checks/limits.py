"""A number is below the least or above the greatest that its field allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.answered import answered, finding_on, number_in
from rules.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import CampaignFile
    from rules.finding import Finding
    from rules.form import Form
    from rules.reading import Reading


def check(reading: Reading, form: Form, _campaign: CampaignFile) -> Iterator[Finding]:
    """Details: least, greatest. A count below zero is outside, whatever the form says."""
    for answer, field in answered(reading, form):
        number = number_in(answer)
        if "negative" in answer.notes:
            yield finding_on("range", Severity.ERROR, answer, least=field.least or 0, greatest=None)
        elif number is not None and is_outside(number, field.least, field.greatest):
            limits = {"least": field.least, "greatest": field.greatest}
            yield finding_on("range", Severity.ERROR, answer, **limits)


def is_outside(number: float, least: float | None, greatest: float | None) -> bool:
    """Whether the number is below least or above greatest; None sets no limit."""
    return (least is not None and number < least) or (greatest is not None and number > greatest)
