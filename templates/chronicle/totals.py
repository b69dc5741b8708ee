"""What the totals are made of: each field's sum, and every unit's number with its cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.answered import NUMERIC, number_of
from templates import words
from templates.rollup.view import readings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import Requirement
    from rules.form import Form, FormField
    from rules.reading import Reading
    from templates.rollup.view import RollupView
    from templates.views import SubmissionView


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's number: the unit's id and name, which copy, the number, its cell."""

    unit: str
    name: str
    item: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class Total:
    """A field's sum over the accepted versions, and what it is made of."""

    label: str
    value: str
    parts: tuple[Part, ...]


def totals_of(rollup: RollupView) -> Iterator[tuple[str, list[Total]]]:
    """Yield each form that has totals, with them; fields that nobody has filled in are left out."""
    for requirement, form in rollup.forms():
        fields = [field for field in form.fields if field.total and field.type in NUMERIC]
        totals = [total for field in fields if (total := _total(rollup, requirement, form, field))]
        if totals:
            yield requirement.title, totals


def _total(
    rollup: RollupView, requirement: Requirement, form: Form, field: FormField
) -> Total | None:
    unit = words.measure(field)
    found = [
        (one, reading, number)
        for one in rollup.counted(requirement)
        for reading in readings_of(one, form)
        if (number := number_of(reading, field.key)) is not None
    ]
    if not found:
        return None
    label = words.clean(words.in_group(field, field.label))
    total = words.value_text(sum(number for *_, number in found), unit)
    return Total(label, total, tuple(_part(field, unit, *one) for one in found))


def _part(
    field: FormField, unit: str, one: SubmissionView, reading: Reading, number: float
) -> Part:
    said = words.value_text(number, unit)
    place = str(reading.get(field.key).place or "")
    return Part(one.unit_id, one.unit_name, words.clean(one.item), said, place)
