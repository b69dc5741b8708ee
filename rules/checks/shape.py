"""A phone number, e-mail address or postcode has the wrong shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.answered import CONTACT, finding_on, serious, with_status
from rules.reading import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import CampaignFile
    from rules.finding import Finding
    from rules.form import Form
    from rules.reading import Reading


def check(reading: Reading, form: Form, _campaign: CampaignFile) -> Iterator[Finding]:
    """Details: type is phone, email or postcode."""
    for answer, field in with_status(reading, form, Status.UNREADABLE):
        if field.type in CONTACT and "shape" in answer.notes:
            yield finding_on("shape", serious(field), answer, type=field.type.value)
