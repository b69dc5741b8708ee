"""The same label is filled twice with different values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.answered import finding_on, serious, with_status
from rules.reading import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import CampaignFile
    from rules.finding import Finding
    from rules.form import Form
    from rules.reading import Reading


def check(reading: Reading, form: Form, _campaign: CampaignFile) -> Iterator[Finding]:
    """Tell what the reader noted "duplicate-label" and could not choose."""
    for answer, field in with_status(reading, form, Status.AMBIGUOUS):
        if "duplicate-label" in answer.notes:
            yield finding_on("duplicate-label", serious(field), answer)
