"""What reading one value can answer: found, missing, ambiguous or unreadable, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

FOUND, MISSING, AMBIGUOUS, UNREADABLE = "found", "missing", "ambiguous", "unreadable"

# Counts int, money and numbers float, dates ISO str, choices a tuple of the chosen labels.
Stated = int | float | str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ValueRead:
    """One value as read. Only "found" carries a value; `notes` are constants.

    Notes on a found value: "nil", "approximate", "converted", "full-width",
    "chinese-numeral", "unit-given", "breakdown" (a total with its parts), "words" (harmless
    words stand beside it). Why it is ambiguous: "range", "two-numbers", "unit-contradicts",
    "formula-without-value", "not-whole", "separator", "bound", "vague", "words",
    "date-format", "display-differs", "no-year", "no-day", "weekday-contradicts",
    "unclear-mark", "no-unit", "superscript", "half-white", "ditto",
    "no-month". Why it is unreadable: "words", "negative", "too-long", "error-value",
    "precision-lost", "impossible-date", "reversed", "shape", "garbled" (a character is lost).
    """

    status: str
    value: Stated = None
    nil: bool = False
    notes: tuple[str, ...] = ()
    given_unit: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks for, and what the cell holds beside its text."""

    kind: str
    unit: str | None = None
    number: Decimal | None = None
    moment: datetime | None = None
    choices: tuple[str, ...] = ()
    flags: frozenset[str] = field(default=frozenset())
    default_year: int | None = None
    label: str = ""


def found(
    value: Stated, *notes: str, nil: bool = False, given_unit: str | None = None
) -> ValueRead:
    """Answer that the document states `value`."""
    return ValueRead(FOUND, value, nil, (*notes, "nil") if nil else notes, given_unit)


def missing() -> ValueRead:
    """Nothing is filled in."""
    return ValueRead(MISSING)


def ambiguous(*notes: str, given_unit: str | None = None) -> ValueRead:
    """Answer that the document can be read in more than one way."""
    return ValueRead(AMBIGUOUS, notes=notes, given_unit=given_unit)


def unreadable(*notes: str) -> ValueRead:
    """Answer that what stands there is not a value of this kind."""
    return ValueRead(UNREADABLE, notes=notes)
