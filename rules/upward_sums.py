"""What the higher level's form says once all units are added up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from parsers.values.measures import scale
from rules.form import FieldType
from rules.reader.fill_form import fill_form
from rules.reading import Reading, Status
from rules.upward import UpwardField

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rules.form import FormField
    from rules.reading import FieldReading
    from rules.upward import Upward

LONGEST = 200  # characters of gathered words that still fit a cell of the form
_YUAN = "元"
_NOTHING = "无"


@dataclass(frozen=True, slots=True)
class Copy:
    """One accepted copy of the own form: whose it is, and what it says."""

    unit: str
    unit_name: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class UpwardValue:
    """One field of the higher level's form. `value` is None where no unit says anything.

    `text` is what goes into the form; "" where that is left to a person (words that are too
    long). `units` have at least one number in it, `partly` of them lack another.
    """

    line: UpwardField
    value: Decimal | str | None
    text: str
    units: int
    partly: int = 0

    @property
    def left_to_a_person(self) -> bool:
        """Whether there is something to write that the form could not take as it is."""
        return self.value is not None and not self.text


def add_up(upward: Upward, copies: Sequence[Copy]) -> tuple[UpwardValue, ...]:
    """Return what each mapped field comes to over the accepted copies of the own form."""
    return tuple(_value(line, copies) for line in upward.lines)


def fill_upward(upward: Upward, values: Iterable[UpwardValue]) -> bytes:
    """Return the form's blank filled in (.docx); what nobody filled in stays empty, not 0."""
    texts = {one.line.target.key: one.text for one in values if one.text}
    if upward.form.unit_field:
        texts[upward.form.unit_field] = upward.unit
    return fill_form(upward.sheet, upward.form, texts)


def _value(line: UpwardField, copies: Sequence[Copy]) -> UpwardValue:
    if line.parts[0].type is FieldType.TEXT:
        return _words(line, copies)
    given = {part.key: dict(_numbers(part, copies)) for part in line.parts}
    every = [set(units) for units in given.values()]
    some: set[str] = set().union(*every)
    if not some:
        return UpwardValue(line, None, "", 0)
    total = sum(
        (
            number * _factor(part, line)
            for part in line.parts
            for number in given[part.key].values()
        ),
        Decimal(0),
    )
    whole = set.intersection(*every)
    return UpwardValue(
        line, total, f"{_plain(total)}{line.unit}", len(some), len(some) - len(whole)
    )


def _numbers(field: FormField, copies: Iterable[Copy]) -> Iterator[tuple[str, Decimal]]:
    """Yield what each unit says of a field, its copies added up."""
    sums: dict[str, Decimal] = {}
    for copy in copies:
        for answer in _found(field, copy.reading):
            if isinstance(answer.value, int | float) and not isinstance(answer.value, bool):
                sums[copy.unit] = sums.get(copy.unit, Decimal(0)) + Decimal(str(answer.value))
    yield from sums.items()


def _words(line: UpwardField, copies: Sequence[Copy]) -> UpwardValue:
    """Gather what units wrote; those who wrote that there was nothing add nothing."""
    said = [
        (copy, answer)
        for copy in copies
        for answer in _found(line.parts[0], copy.reading)
        if answer.value is not None
    ]
    units = len({copy.unit for copy, _ in said})
    if not said:
        return UpwardValue(line, None, "", 0)
    lines = [f"{copy.unit_name}：{answer.value}" for copy, answer in said if not answer.nil]
    gathered = "；".join(lines) or _NOTHING
    return UpwardValue(line, gathered, gathered if len(gathered) <= LONGEST else "", units)


def _found(field: FormField, reading: Reading) -> Iterator[FieldReading]:
    return (a for a in reading.fields if a.key == field.key and a.status is Status.FOUND)


def _factor(part: FormField, line: UpwardField) -> Decimal:
    """Return what one of the own field's unit is in the target's: 元 under 万元 is 0.0001."""
    if part.type is not FieldType.MONEY:
        return Decimal(1)
    own, asked = scale(part.unit or _YUAN), scale(line.unit or line.target.unit or _YUAN)
    return own[1] / asked[1] if own and asked else Decimal(1)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
