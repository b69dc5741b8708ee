"""The cell names another unit of measure, and the number was converted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.answered import finding_on, with_status
from rules.finding import Severity
from rules.reading import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import CampaignFile
    from rules.finding import Finding
    from rules.form import Form
    from rules.reading import Reading


def check(reading: Reading, form: Form, _campaign: CampaignFile) -> Iterator[Finding]:
    """Note it; details: expected and given unit, value as converted."""
    for answer, field in with_status(reading, form, Status.FOUND):
        if "converted" in answer.notes and field.unit:
            details = {"expected": field.unit, "given": answer.given_unit, "value": answer.value}
            yield finding_on("unit-of-measure", Severity.NOTE, answer, **details)
