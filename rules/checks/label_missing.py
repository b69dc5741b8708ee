"""The row or label of a required field was deleted from the form."""

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
    """Make a required field whose label is not in the document an error."""
    for answer, field in with_status(reading, form, Status.MISSING):
        if field.required and not answer.label_found:
            yield finding_on("label-missing", Severity.ERROR, answer)
