"""What a document says, read against a form: one answer per field, and the rows it added."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from parsers.document import Place

# Counts int, money and numbers float, dates ISO str, choices a tuple of the chosen labels.
Value = int | float | str | tuple[str, ...] | None


class Status(StrEnum):
    """The four answers. Only FOUND carries a value.

    What stands on a scan or photograph is FOUND only where two readings of its line agree and the
    grid is the form's; else it is UNREADABLE, with what one of them made of it as raw text.
    """

    FOUND = "found"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FieldReading:
    """One field's answer: value only when found, with the raw text and its place.

    `notes` are constants, listed in parsers/values/answer.py: "nil", "approximate",
    "converted", "full-width", "chinese-numeral", "unit-given"; for ambiguous ones why:
    "range", "two-numbers", "unit-contradicts", "formula-without-value", "not-whole", "no-unit";
    the reader of forms adds "scan" (not borne out by two readings of a picture), "not-seen" (nor
    was its label there), "duplicate-label", "shared-cell" (a merged cell beside several labels),
    "other-label" (the label or its column says that only a part is, or another year) and
    "in-remarks" (a bare
    number under the remarks, none where it is asked); judging adds "as-registered" (blurred on a
    picture of the form that stands, whose value it has).
    `given_unit` is the unit of measure the cell itself names. `label_found` is False when the
    form's label was deleted.
    """

    key: str
    label: str
    status: Status
    value: Value = None
    raw: str = ""
    place: Place | None = None
    nil: bool = False
    notes: tuple[str, ...] = ()
    given_unit: str | None = None
    label_found: bool = True


@dataclass(frozen=True, slots=True)
class Extra:
    """A row the submitter added, kept with label, value and unit as read."""

    label: str
    status: Status
    value: Value
    unit: str | None
    raw: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands in the remarks column beside a field, beyond its sub-values."""

    field: str
    text: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Form × document. `fields` has each of the form's fields once, in the form's order."""

    campaign: str
    form: str
    title: str
    fields: tuple[FieldReading, ...]
    extra: tuple[Extra, ...] = ()
    remarks: tuple[Remark, ...] = ()
    score: float = 0.0
    blank: bool = False  # recognised, but nothing is filled in
    named: tuple[str, ...] = ()  # what else the document calls its sender: title, cover letter
    corrected: tuple[str, ...] = ()  # lines beside the table that correct it: 更正：…应为45块
    file: str | None = None  # SHA-256 of the file it was read from; None: the mail's body

    def get(self, key: str) -> FieldReading:
        """Return the answer for `key`; KeyError when the form has no such field."""
        for answer in self.fields:
            if answer.key == key:
                return answer
        raise KeyError(key)
