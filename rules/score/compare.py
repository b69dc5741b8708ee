"""Whether a reading says what the document states: field by field, form by form."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING

from rules.reading import Reading, Status
from rules.score.expectation import ASKED, MISSING, AnyOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.document import Place
    from rules.reading import Extra, FieldReading, Value
    from rules.score.expectation import Expectation, ExpectedForm, ExpectedRow, Stated


class Outcome(StrEnum):
    """How one field went. WRONG is a value recorded that the document does not state."""

    RIGHT = "right"
    ASKED = "asked"  # it has to be asked, and is
    GIVEN_UP = "given-up"  # unreadable, where that is allowed
    MISSED = "missed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form as it was read out of a file, with the unit's id."""

    reading: Reading
    unit: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One field: what was expected and read, as a person would write it."""

    form: str
    field: str
    outcome: Outcome
    expected: str
    read: str
    place: str


@dataclass(frozen=True, slots=True)
class FormScore:
    """One expected form; `unit` is None where it is not scored."""

    form: str
    recognised: bool
    unit: bool | None
    fields: tuple[Compared, ...]


def compare(expectation: Expectation, read: Sequence[ReadForm]) -> tuple[FormScore, ...]:
    """Compare a file's readings with what was written down; forms are matched in order."""
    left = list(read)
    scores = []
    for expected in expectation.forms:
        match = next((r for r in left if _name(r) == expected.form), None)
        if match is not None:
            left.remove(match)
        scores.append(_form(expected, match, may_give_up=expectation.unreadable))
    return (*scores, *map(_uncalled_for, left))


def _name(read: ReadForm) -> str:
    return f"{read.reading.campaign}/{read.reading.form}"


def _form(expected: ExpectedForm, read: ReadForm | None, *, may_give_up: bool) -> FormScore:
    if read is None:
        lost = [_lost(expected.form, key, value) for key, value in expected.values.items()]
        unit = False if expected.scores_unit and expected.unit else None
        return FormScore(expected.form, recognised=False, unit=unit, fields=tuple(lost))
    fields = [
        _field(expected, answer, may_give_up=may_give_up)
        for answer in read.reading.fields
        if answer.key in expected.values or not expected.partial
    ]
    extra = () if expected.partial and not expected.extra else _rows(expected, read, fields)
    unit = read.unit == expected.unit if expected.scores_unit else None
    return FormScore(expected.form, recognised=True, unit=unit, fields=(*fields, *extra))


def _lost(form: str, key: str, value: Stated) -> Compared:
    return Compared(form, key, Outcome.MISSED, shown(value), "", "")


def _uncalled_for(read: ReadForm) -> FormScore:
    """Every value of a form that the file does not hold is one it does not state."""
    name = _name(read)
    found = [a for a in read.reading.fields if a.status is Status.FOUND]
    wrong = [_compared(name, a.key, Outcome.WRONG, "no such form", a) for a in found]
    return FormScore(name, recognised=False, unit=None, fields=tuple(wrong))


def _field(expected: ExpectedForm, answer: FieldReading, *, may_give_up: bool) -> Compared:
    stated = expected.values.get(answer.key)
    outcomes = [_outcome(one, answer, may_give_up=may_give_up) for one in _each(stated)]
    best = min(outcomes, key=list(Outcome).index)
    return _compared(expected.form, answer.key, best, shown(stated), answer)


def _each(stated: Stated) -> Iterable[Stated]:
    return stated.any if isinstance(stated, AnyOf) else (stated,)


def _outcome(stated: Stated, answer: FieldReading, *, may_give_up: bool) -> Outcome:
    empty, asked = stated in (None, "", MISSING), stated in ASKED
    if answer.status is Status.FOUND:
        right = not empty and not asked and same(stated, answer.value, widths=not may_give_up)
        return Outcome.RIGHT if right else Outcome.WRONG
    if answer.status is Status.MISSING:
        return Outcome.RIGHT if empty else Outcome.MISSED
    if asked:
        return Outcome.ASKED
    return Outcome.GIVEN_UP if may_give_up else Outcome.MISSED


def same(stated: Stated, value: Value, *, widths: bool = True) -> bool:
    """Numbers by value, choices in any order, words without regard to white space.

    Without `widths` （ and (, １ and 1 are the same, as they are to the eye on paper.
    """
    if isinstance(stated, str) and isinstance(value, str) and not widths:
        stated, value = unicodedata.normalize("NFKC", stated), unicodedata.normalize("NFKC", value)
    if isinstance(value, tuple):
        listed = stated if isinstance(stated, list) else [str(stated)]
        return sorted(map(_bare, listed)) == sorted(map(_bare, value))
    if isinstance(value, int | float):
        return _number(stated) == Decimal(str(value))
    return isinstance(stated, str) and _bare(stated) == _bare(value or "")


def _bare(text: str) -> str:
    return "".join(text.split())


def _number(stated: Stated) -> Decimal | None:
    try:
        return Decimal(stated) if isinstance(stated, str) else None
    except InvalidOperation:
        return None


def _rows(expected: ExpectedForm, read: ReadForm, fields: Sequence[Compared]) -> list[Compared]:
    """Compare added rows by label; one not expected may be a missed field under its own words."""
    rows = list(read.reading.extra)
    compared = []
    for row in expected.extra:
        match = next((r for r in rows if _bare(r.label) == _bare(row.label)), None)
        if match is not None:
            rows.remove(match)
        compared.append(_row(expected.form, row, match))
    missed = [expected.values.get(c.field) for c in fields if c.outcome is Outcome.MISSED]
    return [*compared, *(_surplus(expected.form, r) for r in rows if not _is_one_of(missed, r))]


def _row(form: str, row: ExpectedRow, read: Extra | None) -> Compared:
    name = f"+{row.label}"
    if read is None:
        return _lost(form, name, row.value)
    if row.value in (*ASKED, None, MISSING):
        right = read.status is not Status.FOUND or read.value is None
        outcome = Outcome.RIGHT if right else Outcome.WRONG
    elif read.status is Status.FOUND:
        right = same(row.value, read.value) and _bare(row.unit or "") == _bare(read.unit or "")
        outcome = Outcome.RIGHT if right else Outcome.WRONG
    else:
        outcome = Outcome.MISSED
    return _compared(form, name, outcome, f"{shown(row.value)} {row.unit or ''}".strip(), read)


def _surplus(form: str, row: Extra) -> Compared:
    outcome = Outcome.WRONG if row.status is Status.FOUND else Outcome.MISSED
    return _compared(form, f"+{row.label}", outcome, "no such row", row)


def _is_one_of(missed: Sequence[Stated], row: Extra) -> bool:
    return any(same(stated, row.value) for stated in missed)


def _compared(
    form: str, name: str, outcome: Outcome, expected: str, read: FieldReading | Extra
) -> Compared:
    return Compared(form, name, outcome, expected, _read(read), _shown_place(read.place))


def _shown_place(place: Place | None) -> str:
    return str(place) if place else ""


def _read(answer: FieldReading | Extra) -> str:
    if answer.status is not Status.FOUND:
        raw = " ".join(answer.raw.split())
        return f"{answer.status.value} ({raw[:40]})" if raw else answer.status.value
    value = answer.value
    return "、".join(value) if isinstance(value, tuple) else str(value)


def shown(stated: Stated) -> str:
    """Write what was expected as a person would."""
    if isinstance(stated, AnyOf):
        return " or ".join(map(shown, stated.any))
    if isinstance(stated, list):
        return "、".join(stated)
    return stated or MISSING
