"""Totals by the units' category, where the roster has several: formulas over the forms' sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.writing.sheet import Sheet, SheetCell
from rules.form import FieldType
from rules.outcome import Standing
from rules.standing import COUNTED
from templates import words
from templates.rollup.cells import Row, head, label, named, number, text, title
from templates.rollup.layout import letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.form import FormField
    from templates.rollup.layout import FormTable, Layout

AHEAD = 2  # columns before the first category


def categories(layout: Layout) -> tuple[str, ...]:
    """Return the categories of the roster, in its order."""
    units = layout.view.campaign.roster.units
    return tuple(dict.fromkeys(unit.category for unit in units))


def category_name(category: str) -> str:
    """Return what a category is called; units without one are a category too."""
    name: str = category or named("categories")["none"]
    return name


def categories_sheet(layout: Layout) -> Sheet:
    """Return each form's totals, a column for each category and one for all."""
    rows: list[Row] = []
    for table in layout.tables:
        rows += [title(table.requirement.title), *_table(layout, table, len(rows) + 2), ()]
    last = letter(len(categories(layout)) + AHEAD + 1)
    merged = tuple(f"A{at}:{last}{at}" for at, row in enumerate(rows, 1) if len(row) == 1)
    widths = (34, 12, *(14 for _ in categories(layout)), 14)
    sheet = layout.titles["categories"]
    return Sheet(sheet, tuple(rows), widths=widths, merged=merged, header_rows=0)


def _table(layout: Layout, table: FormTable, at: int) -> Iterator[Row]:
    """Yield the heading (in row `at` of the sheet), how many units are in, then every field."""
    names, kinds = named("categories"), categories(layout)
    yield head(names["label"], names["measure"], *map(category_name, kinds), names["all"])
    yield from _units(layout, table)
    for field in table.fields():
        sums = [_sum(table, field, kind) for kind in kinds]
        cells = (
            SheetCell(value, _style(field, value), formula=_formula(table, field, index, at))
            for index, value in enumerate(sums)
        )
        total = _sum(table, field, None)
        formula = f"SUM({table.range(table.column(field))})"
        whole = SheetCell(total, _style(field, total), formula=formula)
        yield (*text(label(field), words.measure(field)), *cells, whole)


def _units(layout: Layout, table: FormTable) -> Iterator[Row]:
    """Yield how many units of each category owe the form, and how many of them sent it."""
    names, kinds = named("categories"), categories(layout)
    owing = [
        (unit.category, due.standing)
        for unit, due in layout.view.dues()
        if due.requirement == table.requirement and due.standing is not Standing.EXEMPT
    ]
    came = [category for category, standing in owing if standing in COUNTED]
    asked = [category for category, _ in owing]
    for name, among in ((names["owing"], asked), (names["came"], came)):
        counts = (number(among.count(kind)) for kind in kinds)
        yield (*text(name, names["units"]), *counts, number(len(among)))


def _formula(table: FormTable, field: FormField, index: int, at: int) -> str:
    """Return the sum over the rows of the category that stands in the heading."""
    wanted = f"{letter(index + AHEAD + 1)}${at}"
    where = table.range(letter(table.columns.index(named("form")["category"]) + 1))
    return f"SUMIF({where},{wanted},{table.range(table.column(field))})"


def _sum(table: FormTable, field: FormField, kind: str | None) -> int | float:
    values = [v for row, v in table.values(field) if kind is None or row.category == kind]
    total = sum(values)
    return total if isinstance(total, int) else round(total, 4)


def _style(field: FormField, value: float) -> str:
    money = field.type is FieldType.MONEY or not float(value).is_integer()
    return "money" if money else "number"
