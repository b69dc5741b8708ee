"""约, 余 or 多 was read as the number itself."""

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
    """Note it; details: value as recorded."""
    for answer, _ in with_status(reading, form, Status.FOUND):
        if "approximate" in answer.notes:
            yield finding_on("approximate", Severity.NOTE, answer, value=answer.value)
