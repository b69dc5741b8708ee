"""Words stand where a number or a date is asked, or decimals where a whole number is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.answered import DATED, NUMERIC, answered, finding_on, serious
from rules.reading import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import CampaignFile
    from rules.finding import Finding
    from rules.form import Form
    from rules.reading import Reading


def check(reading: Reading, form: Form, _campaign: CampaignFile) -> Iterator[Finding]:
    """Details: expected is the type of the field that the text is not."""
    for answer, field in answered(reading, form):
        words = answer.status is Status.UNREADABLE and "words" in answer.notes
        decimals = answer.status is Status.AMBIGUOUS and "not-whole" in answer.notes
        if field.type in NUMERIC | DATED and (words or decimals):
            yield finding_on("type", serious(field), answer, expected=field.type.value)
