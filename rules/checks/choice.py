"""Nothing is ticked, or several boxes where one is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.answered import answered, finding_on
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
    """Details: chosen is the list of ticked labels, many whether several are allowed."""
    for answer, field in answered(reading, form):
        if field.type is not FieldType.CHOICE or not answer.label_found:
            continue
        chosen = list(answer.value) if isinstance(answer.value, tuple) else []
        nothing = answer.status is Status.MISSING and field.required
        if nothing or (len(chosen) > 1 and not field.many):
            yield finding_on("choice", Severity.ERROR, answer, chosen=chosen, many=field.many)
