"""The sheets about units: every unit's numbers form by form, and who still owes what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.writing.sheet import Sheet, SheetCell
from templates import words
from templates.rollup.categories import category_name
from templates.rollup.cells import (
    NUMBERS,
    Row,
    day,
    head,
    heading,
    named,
    stamp,
    standing,
    text,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from templates.rollup.layout import FormRow, FormTable, Layout
    from templates.rollup.view import RollupView


def form_sheet(layout: Layout, table: FormTable) -> Sheet:
    """Return one row for each copy, and for each unit that owes one; numbers lead to sources."""
    titles = (*table.columns, *(heading(field) for field in table.form.fields))
    rows = (_with_hint(head(*titles)), *_rows(layout, table))
    known = {"category": 14, "item": 26}
    named_widths = {named("form")[key]: width for key, width in known.items()}
    first = dict(zip(named("form")["columns"], (30, 12, 17), strict=True)) | named_widths
    widths = (first[name] for name in table.columns)
    value_widths = (14 if field.type in NUMBERS else 22 for field in table.form.fields)
    return Sheet(
        table.title, rows, widths=(*widths, *value_widths), freeze="B2", autofilter=True
    )  # fmt: skip


def _with_hint(row: Row) -> Row:
    """Say in the first heading's comment that numbers can be clicked."""
    return (replace(row[0], comment=named("form")["hint"]), *row[1:])


def _rows(layout: Layout, table: FormTable) -> Iterator[Row]:
    for at, row in enumerate(table.rows):
        first = {
            **dict(zip(named("form")["columns"], _first(row), strict=True)),
            named("form")["category"]: text(category_name(row.category))[0],
            named("form")["item"]: text(row.submission.item if row.submission else "")[0],
        }
        cells = (
            replace(value(field, row.answer(field)), link=layout.source(table, at, field))
            for field in table.form.fields
        )
        known = tuple(first[name] for name in table.columns)
        yield (*known, *cells) if row.submission else known


def _first(row: FormRow) -> tuple[SheetCell, SheetCell, SheetCell]:
    came = stamp(row.submission.received_at) if row.submission else SheetCell(None, "muted")
    return text(row.name)[0], standing(row.standing), came


def missing_sheet(view: RollupView) -> Sheet:
    """Return who still owes what, by when, and whom to call."""
    names = named("missing")
    rows = [head(*names["columns"])]
    for unit, due in view.dues():
        if due.is_open:
            last_day = words.due_day(due.due.astimezone(view.now.tzinfo))
            called = text(unit.contact, unit.phone, "、".join(unit.addresses))
            what = text(unit.name, due.requirement.title)
            rows.append((*what, standing(due.standing), day(last_day), *called))
    widths = (30, 22, 14, 14, 14, 18, 34)
    return Sheet(names["sheet"], tuple(rows), widths=widths, freeze="A2", autofilter=True)
