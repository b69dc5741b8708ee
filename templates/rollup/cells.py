"""How standings, numbers, moments and headings look in a cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeGuard

from parsers.writing.sheet import SheetCell
from rules.form import FieldType
from rules.outcome import Standing
from rules.reading import Status
from templates import words

if TYPE_CHECKING:
    from datetime import date, datetime

    from rules.form import FormField
    from rules.reading import FieldReading

Row = tuple[SheetCell, ...]
NUMBERS = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY})
SHOWN_STANDINGS = (
    Standing.ACCEPTED,
    Standing.ACCEPTED_LATE,
    Standing.NIL,
    Standing.EXEMPT,
    Standing.RETURNED,
    Standing.MISSING,
)
_STYLES = {
    Standing.ACCEPTED: "good",
    Standing.ACCEPTED_LATE: "warn",
    Standing.RETURNED: "bad",
    Standing.MISSING: "bad",
}


def named(sheet: str) -> dict[str, Any]:
    """Return the titles and headings of one sheet."""
    names: dict[str, Any] = words.load("rollup.yaml")[sheet]
    return names


def head(*names: str) -> Row:
    """Return a row of headings."""
    return tuple(SheetCell(words.clean(name), "header") for name in names)


def text(*values: str) -> Row:
    """Return cells of plain text, cleaned."""
    return tuple(SheetCell(words.clean(value), "text") for value in values)


def title(value: str) -> Row:
    """Return a row that is one heading."""
    return (SheetCell(words.clean(value), "title"),)


def number(value: float | None) -> SheetCell:
    """Return a number; one with decimals shows them."""
    decimals = isinstance(value, float) and not value.is_integer()
    return SheetCell(value, "money" if decimals else "number")


def amount(field: FormField, value: float | None) -> SheetCell:
    """Return a field's number as its type is shown."""
    return SheetCell(value, "money") if field.type is FieldType.MONEY else number(value)


def day(value: date) -> SheetCell:
    """Return a calendar day."""
    return SheetCell(value, "date")


def stamp(value: datetime) -> SheetCell:
    """Return a moment as text that sorts."""
    return SheetCell(f"{value:%Y-%m-%d %H:%M}", "text")


def standing(value: Standing) -> SheetCell:
    """Return a standing in its word and colour."""
    return SheetCell(words.word("standings", value), _STYLES.get(value, "muted"))


def label(field: FormField) -> str:
    """Return a field's label under its group."""
    return words.in_group(field, field.label)


def heading(field: FormField) -> str:
    """Return a field's label with its unit of measure."""
    measure = words.measure(field)
    return f"{label(field)}（{measure}）" if measure else label(field)


def value(field: FormField, answer: FieldReading | None) -> SheetCell:
    """Return a field's value; what was written stands in the comment where it was converted."""
    if answer is None or answer.status is not Status.FOUND:
        return SheetCell(None, "muted")
    comment = words.clean(answer.raw) if answer.notes else ""
    if is_number(answer.value):
        return replace(amount(field, answer.value), comment=comment)
    return SheetCell(words.clean(words.value_text(answer.value)), "text", comment=comment)


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a number that can be added up."""
    return isinstance(value, int | float) and not isinstance(value, bool)
