"""What is filled in can be read in more than one way."""

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


ELSEWHERE = frozenset({"duplicate-label", "not-whole"})  # told by checks of their own


def check(reading: Reading, form: Form, _campaign: CampaignFile) -> Iterator[Finding]:
    """Say why in details: why (a note of FieldReading), expected and given unit."""
    for answer, field in with_status(reading, form, Status.AMBIGUOUS):
        if ELSEWHERE & set(answer.notes):
            continue
        why = answer.notes[-1] if answer.notes else None
        yield finding_on(
            "ambiguous",
            serious(field),
            answer,
            why=why,
            type=field.type.value,
            expected=field.unit,
            given=answer.given_unit,
        )
