"""Nothing, or only 无, is filled in where something is required."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.answered import CONTACT, DATED, answered, finding_on
from rules.finding import Severity
from rules.form import FieldType
from rules.reading import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import CampaignFile
    from rules.finding import Finding
    from rules.form import Form
    from rules.reading import Reading


def check(reading: Reading, form: Form, _campaign: CampaignFile) -> Iterator[Finding]:
    """Make an empty required field an error, a contact or date declared 无 a warning."""
    for answer, field in answered(reading, form):
        if not field.required or not answer.label_found or field.key == form.unit_field:
            continue
        if answer.status is Status.MISSING and field.type is not FieldType.CHOICE:
            said = {"unsaid": True} if answer.raw.strip() else {}  # /场, a printed hint, 单击此处
            yield finding_on("required", Severity.ERROR, answer, **said)
        elif answer.nil and field.type in CONTACT | DATED:
            yield finding_on("required", Severity.WARNING, answer)
