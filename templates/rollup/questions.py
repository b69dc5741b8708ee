"""The sheet of numbers worth a second look, each asked about as a colleague would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.writing.sheet import Sheet, SheetCell
from rules.form import FieldType
from rules.outliers import Outlier, Row, outliers
from templates import words
from templates.rollup import cells
from templates.rollup.view import readings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.form import FormField
    from templates.rollup.layout import FormRow, FormTable, Layout
    from templates.rollup.view import RollupView

ROUGHLY = 10  # from here on a median is told without decimals


def questions_sheet(layout: Layout) -> Sheet:
    """Return a line for each number to ask about; one line that says so where there is none."""
    names = cells.named("questions")
    asked = [row for table in layout.tables for row in _of(layout, table)]
    rows = (cells.head(*names["columns"]), *(asked or [cells.text(names["none"])]))
    widths = (30, 22, 28, 14, 70)
    return Sheet(layout.titles["questions"], rows, widths=widths, freeze="A2")


def _of(layout: Layout, table: FormTable) -> Iterator[cells.Row]:
    fields = {field.key: field for field in table.fields()}
    money = frozenset(key for key, field in fields.items() if field.type is FieldType.MONEY)
    filled = [at for at, row in enumerate(table.rows) if row.submission is not None]
    rows = [
        Row(one.unit.id if one.unit else one.name, one.category, _numbers(one, fields.values()))
        for one in (table.rows[at] for at in filled)
    ]
    for one in outliers(rows, money, _last_year(layout.view, table)):
        yield _line(table, one, filled, fields)


def _line(
    table: FormTable,
    one: Outlier,
    filled: list[int],
    fields: dict[str, FormField],
) -> cells.Row:
    at, field = filled[one.row], fields.get(one.field)
    row = table.rows[at]
    who = cells.text(row.name, table.requirement.title)
    other = table.rows[filled[one.other]].name if one.other >= 0 else ""
    question = cells.text(_question(one, field, other, row.category))
    if field is None:
        return (*who, *cells.text(""), SheetCell(None, "text"), *question)
    number = cells.amount(field, row.number(field))
    link = f"#{table.cell(at, field)}"
    linked = SheetCell(number.value, number.style, link=link)
    return (*who, *cells.text(cells.heading(field)), linked, *question)


def _question(one: Outlier, field: FormField | None, other: str, category: str) -> str:
    sentences = cells.named("questions")["asked"]
    alike = sentences["alike"].format(category=category) if one.own_kind else ""
    about = round(one.usual) if one.usual >= ROUGHLY else one.usual
    usual = words.value_text(about, words.measure(field) if field else "")
    said: str = sentences[one.kind]
    return said.format(usual=usual, among=one.among, alike=alike, other=other)


def _numbers(row: FormRow, fields: Iterable[FormField]) -> dict[str, float]:
    found = ((field.key, row.number(field)) for field in fields)
    return {key: float(number) for key, number in found if number is not None}


def _last_year(view: RollupView, table: FormTable) -> dict[str, dict[str, float]]:
    """Return last year's numbers by unit and field, of units that sent one copy of the form."""
    found: dict[str, dict[str, float]] = {}
    for submission in view.last_year:
        if submission.requirement != table.requirement.key or table.many:
            continue
        for reading in readings_of(submission, table.form):
            given = {a.key: float(a.value) for a in reading.fields if cells.is_number(a.value)}
            found[submission.unit_id] = given
    return found
