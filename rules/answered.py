"""How a finding points at the answer it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rules.finding import Finding, Severity
from rules.form import FieldType
from rules.reading import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules.form import Form, FormField
    from rules.reading import FieldReading, Reading

NUMERIC = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY})
DATED = frozenset({FieldType.DATE, FieldType.PERIOD})
CONTACT = frozenset({FieldType.PHONE, FieldType.EMAIL, FieldType.POSTCODE})


def answered(reading: Reading, form: Form) -> Iterator[tuple[FieldReading, FormField]]:
    """Each answer with the field it answers; answers of fields the form lacks are left out."""
    return _with_fields(reading.fields, form)


def with_status(
    reading: Reading, form: Form, status: Status
) -> Iterator[tuple[FieldReading, FormField]]:
    """Each answer of this status with its field."""
    return _with_fields([a for a in reading.fields if a.status is status], form)


def _with_fields(
    answers: Sequence[FieldReading], form: Form
) -> Iterator[tuple[FieldReading, FormField]]:
    fields = {field.key: field for field in form.fields} if answers else {}
    return ((answer, fields[answer.key]) for answer in answers if answer.key in fields)


def number_of(reading: Reading, key: str) -> float | None:
    """Return the number found for `key`, None when there is none."""
    answer = next((a for a in reading.fields if a.key == key), None)
    return number_in(answer) if answer is not None else None


def number_in(answer: FieldReading) -> float | None:
    """Return the number an answer found, None when there is none."""
    if answer.status is not Status.FOUND:
        return None
    return answer.value if isinstance(answer.value, int | float) else None


def serious(field: FormField) -> Severity:
    """Send an unread number back always, other things only where they are required."""
    return Severity.ERROR if field.required or field.type in NUMERIC else Severity.WARNING


def finding_on(code: str, severity: Severity, answer: FieldReading, **details: Any) -> Finding:
    """Return a finding that carries the answer's field, label, place and raw text."""
    return Finding(
        code, severity, answer.key, answer.label, answer.place, answer.raw, details=details
    )
