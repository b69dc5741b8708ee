"""Something stands there that cannot be read at all."""

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


ELSEWHERE = frozenset({"words", "negative"})  # told by wrong_type and limits


def check(reading: Reading, form: Form, _campaign: CampaignFile) -> Iterator[Finding]:
    """Details: why (a note of FieldReading). Contacts have the check shape."""
    for answer, field in with_status(reading, form, Status.UNREADABLE):
        told = field.type in CONTACT and "shape" in answer.notes
        if not told and not ELSEWHERE & set(answer.notes):
            why = answer.notes[-1] if answer.notes else None
            yield finding_on("unreadable", serious(field), answer, why=why, type=field.type.value)
