"""The form declares that at least one of some fields is filled and not nil."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.answered import answered, finding_on
from rules.finding import Severity
from rules.form import AnyOf
from rules.reading import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import CampaignFile
    from rules.finding import Finding
    from rules.form import Form, FormField
    from rules.reading import FieldReading, Reading

UNREAD = frozenset({Status.AMBIGUOUS, Status.UNREADABLE})


def check(reading: Reading, form: Form, _campaign: CampaignFile) -> Iterator[Finding]:
    """Told on the first of the fields; details: labels of all of them."""
    for rule in form.checks:
        if not isinstance(rule, AnyOf):
            continue
        if any(_is_asked_about(a, f) for a, f in answered(reading, form) if f.key in rule.fields):
            continue
        answers = [reading.get(key) for key in rule.fields]
        filled = [a for a in answers if a.status in UNREAD or (a.value and not a.nil)]
        if answers and not filled:
            labels = [answer.label for answer in answers]
            yield finding_on("required", Severity(rule.severity), answers[0], labels=labels)


def _is_asked_about(answer: FieldReading, field: FormField) -> bool:
    """Whether the letter asks for the field by itself, because nothing stands there."""
    return field.required and answer.label_found and answer.status is Status.MISSING
