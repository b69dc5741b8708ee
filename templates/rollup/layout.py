"""Where each number stands: the rows of every form's sheet, and the line of its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from parsers.writing.sheet import quoted, sheet_titles
from rules.campaign import Requirement
from rules.form import Form
from rules.outcome import Standing
from rules.reading import Reading, Status
from rules.roster import Unit
from rules.standing import owes
from templates.rollup.cells import NUMBERS, is_number, named
from templates.rollup.view import readings_of
from templates.views import SubmissionView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.form import FormField
    from rules.reading import FieldReading
    from templates.rollup.view import RollupView

FIRST = 2  # the row under a heading
_A = ord("A")
_LETTERS = 26


@dataclass(frozen=True)
class FormRow:
    """One row of a form's sheet: a unit, and one copy of the form where one was accepted."""

    name: str
    unit: Unit | None
    standing: Standing
    submission: SubmissionView | None = None
    reading: Reading | None = None

    @property
    def category(self) -> str:
        """The unit's 类别 in the roster."""
        return self.unit.category if self.unit else ""

    def number(self, field: FormField) -> int | float | None:
        """Return the number that was accepted for a field, if there is one."""
        answer = self.answer(field)
        if answer is None or answer.status is not Status.FOUND or field.type not in NUMBERS:
            return None
        return answer.value if is_number(answer.value) else None

    def answer(self, field: FormField) -> FieldReading | None:
        """Return what the copy says of a field."""
        return self._answers.get(field.key)

    @cached_property
    def _answers(self) -> dict[str, FieldReading]:
        given = self.reading.fields if self.reading else ()
        return {answer.key: answer for answer in reversed(given)}  # the first of a key


@dataclass(frozen=True)
class FormTable:
    """One form's sheet: `title` is the sheet's, `first` the column of the first field."""

    requirement: Requirement
    form: Form
    title: str
    rows: tuple[FormRow, ...]
    columns: tuple[str, ...]

    @property
    def many(self) -> bool:
        """Whether a unit may have several rows."""
        return self.requirement.per_unit == "many"

    def fields(self) -> tuple[FormField, ...]:
        """Return the fields that are added up."""
        return tuple(f for f in self.form.fields if f.type in NUMBERS and f.total)

    def column(self, field: FormField) -> str:
        """Return the letter of a field's column."""
        return self._letters[field.key]

    @cached_property
    def _letters(self) -> dict[str, str]:
        first = len(self.columns) + 1
        return {field.key: letter(at) for at, field in enumerate(self.form.fields, first)}

    def cell(self, row: int, field: FormField) -> str:
        """Return where a number stands, as a link names it; `row` counts from 0."""
        return f"{quoted(self.title)}!{self.column(field)}{row + FIRST}"

    def range(self, column: str) -> str:
        """Return the cells of a column below its heading."""
        last = max(len(self.rows), 1) + FIRST - 1
        return f"{quoted(self.title)}!${column}${FIRST}:${column}${last}"

    def values(self, field: FormField) -> tuple[tuple[FormRow, int | float], ...]:
        """Return the rows that have a number for a field."""
        return self._values[field.key]

    @cached_property
    def _values(self) -> dict[str, tuple[tuple[FormRow, int | float], ...]]:
        return {field.key: tuple(self._numbers(field)) for field in self.form.fields}

    def _numbers(self, field: FormField) -> Iterator[tuple[FormRow, int | float]]:
        for row in self.rows:
            number = row.number(field)
            if number is not None:
                yield row, number


class Layout:
    """The whole workbook's order: sheets by name, form tables, lines of sources."""

    def __init__(self, view: RollupView) -> None:
        self.view = view

    @cached_property
    def titles(self) -> dict[str, str]:
        """Every sheet's title, by the name it has in rollup.yaml or its requirement's key."""
        first, last = ("summary", "charts"), ("categories", "upward", "questions", "missing")
        keys = [*first, *(r.key for r, _ in self.view.forms()), *last]
        keys += ["added", "sources", "versions"]
        asked = {r.key: r.title for r, _ in self.view.forms()}
        wanted = [asked[key] if key in asked else named(key)["sheet"] for key in keys]
        return dict(zip(keys, sheet_titles(wanted), strict=True))

    @cached_property
    def tables(self) -> tuple[FormTable, ...]:
        """One table for each form the campaign asks for."""
        return tuple(self._table(requirement, form) for requirement, form in self.view.forms())

    def table(self, requirement: Requirement) -> FormTable:
        """Return the table of one requirement."""
        return next(table for table in self.tables if table.requirement == requirement)

    @cached_property
    def source_rows(self) -> dict[tuple[str, int, str], int]:
        """Map (requirement, row of its sheet, field) to the row in the sheet of sources."""
        return {
            (table.requirement.key, at, field.key): line
            for line, (table, at, field) in enumerate(self.numbers(), FIRST)
        }

    def numbers(self) -> Iterator[tuple[FormTable, int, FormField]]:
        """Yield every number of every form, in the order of the sheet of sources."""
        for table in self.tables:
            for at, row in enumerate(table.rows):
                for field in table.form.fields:
                    if row.number(field) is not None:
                        yield table, at, field

    def source(self, table: FormTable, at: int, field: FormField) -> str:
        """Return the link from a number to its source; "" where there is no number."""
        line = self.source_rows.get((table.requirement.key, at, field.key))
        return f"#{quoted(self.titles['sources'])}!A{line}" if line else ""

    @property
    def categorised(self) -> bool:
        """Whether the roster tells units of several kinds apart."""
        return len({unit.category for unit in self.view.campaign.roster.units}) > 1

    def _table(self, requirement: Requirement, form: Form) -> FormTable:
        names = named("form")
        columns = [*names["columns"]]
        columns[1:1] = [names["category"]] if self.categorised else []
        columns += [names["item"]] if requirement.per_unit == "many" else []
        rows = tuple(self._rows(requirement, form))
        return FormTable(requirement, form, self.titles[requirement.key], rows, tuple(columns))

    def _rows(self, requirement: Requirement, form: Form) -> Iterator[FormRow]:
        counted = self.view.counted(requirement)
        for unit in self.view.campaign.roster.units:
            mine = [submission for submission in counted if submission.unit_id == unit.id]
            for submission in mine:
                yield from _copies(submission, form, unit)
            if not mine and owes(unit, requirement):
                yield FormRow(unit.name, unit, self.view.standing(unit, requirement))
        listed = {unit.id for unit in self.view.campaign.roster.units}
        for submission in counted:
            if submission.unit_id not in listed:
                yield from _copies(submission, form, None)


def _copies(submission: SubmissionView, form: Form, unit: Unit | None) -> Iterator[FormRow]:
    name = unit.name if unit else submission.unit_name
    for reading in readings_of(submission, form) or (None,):
        yield FormRow(name, unit, submission.standing, submission, reading)


def letter(column: int) -> str:
    """Return a column's letters, counted from 1."""
    rest, last = divmod(column - 1, _LETTERS)
    return (letter(rest) if rest else "") + chr(_A + last)
