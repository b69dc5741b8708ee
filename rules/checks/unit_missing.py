"""The form does not say which unit filled it in."""

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
    """Make an empty 填报单位 an error where the form requires it, else a warning."""
    for answer, field in with_status(reading, form, Status.MISSING):
        if field.key == form.unit_field and answer.label_found:
            severity = Severity.ERROR if field.required else Severity.WARNING
            yield finding_on("unit-missing", severity, answer)
