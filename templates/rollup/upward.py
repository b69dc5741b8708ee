"""The higher level's form as a sheet: what goes into each field, and what has no counterpart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.writing.sheet import Sheet, SheetCell
from rules.form import FieldType
from rules.labels import read_label
from rules.reading import Status
from rules.upward_sums import Copy, UpwardValue, add_up, fill_upward
from templates import words
from templates.rollup.cells import Row, head, heading, is_number, label, named, number, text, title
from templates.views import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules.form import FormField
    from rules.upward import Upward
    from templates.rollup.layout import FormTable, Layout

WAN = "万元"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def upward_form(layout: Layout) -> Attachment | None:
    """Return the higher level's form filled in, ready to send; None where nothing goes up."""
    upward = layout.view.campaign.upward
    if upward is None:
        return None
    table = layout.table(upward.requirement)
    name = f"{words.clean(upward.form.title).replace('/', '_')}.docx"
    return Attachment(name, fill_upward(upward, add_up(upward, _copies(table))), DOCX)


def upward_sheet(layout: Layout, upward: Upward) -> Sheet:
    """Return the form's fields with their numbers, then what has no counterpart, both ways."""
    names, table = named("upward"), layout.table(upward.requirement)
    values = add_up(upward, _copies(table))
    came = len({row.submission.unit_id for row in table.rows if row.submission})
    owing = max(came, len({row.unit.id for row in table.rows if row.unit}))
    rows: list[Row] = [
        title(upward.form.title),
        (SheetCell(names["said"].format(unit=upward.unit, came=came, owing=owing), "muted"),),
        head(*names["columns"]),
        *(_value(table, value, owing) for value in values),
        *_open(table, upward),
        *_left(table, upward),
    ]
    at = [n for n, row in enumerate(rows, 1) if len(row) == 1]
    merged = tuple(f"A{n}:F{n}" for n in at)
    sheet, widths = layout.titles["upward"], (44, 16, 12, 46, 16, 60)
    return Sheet(sheet, tuple(rows), widths=widths, merged=merged, header_rows=0)


def _copies(table: FormTable) -> tuple[Copy, ...]:
    return tuple(
        Copy(row.unit.id if row.unit else row.name, row.name, row.reading)
        for row in table.rows
        if row.reading is not None
    )


def _value(table: FormTable, value: UpwardValue, owing: int) -> Row:
    line, names = value.line, named("upward")
    parts = names["plus"].join(heading(part) for part in line.parts)
    return (
        *text(label(line.target)),
        _shown(table, value),
        *text(line.unit or line.target.unit or ""),
        *text(parts, names["units"].format(units=value.units, owing=owing)),
        *text("".join(_notes(value))),
    )


def _notes(value: UpwardValue) -> Iterator[str]:
    names = named("upward")
    if value.line.note:
        yield names["note"].format(note=value.line.note)
    if value.partly:
        yield names["partly"].format(units=value.partly)
    if value.left_to_a_person:
        yield names["long"]
    if value.value is None:
        yield names["nobody"]


def _shown(table: FormTable, value: UpwardValue) -> SheetCell:
    """Show a number as a formula over the units' sheet, words as they are."""
    if value.value is None or isinstance(value.value, str):
        return SheetCell(words.clean(value.value or ""), "text")
    terms = (_term(table, part, value) for part in value.line.parts)
    formula = f"ROUND({'+'.join(terms)},6)"
    shown = float(value.value)
    style = "number" if shown.is_integer() else "exact"
    return SheetCell(int(shown) if shown.is_integer() else shown, style, formula=formula)


def _term(table: FormTable, part: FormField, value: UpwardValue) -> str:
    """Return one own field's sum, in the unit of measure of the form."""
    asked = value.line.unit or value.line.target.unit or ""
    summed = f"SUM({table.range(table.column(part))})"
    if part.type is not FieldType.MONEY or (part.unit == WAN) is (asked == WAN):
        return summed
    return f"{summed}/10000" if asked == WAN else f"{summed}*10000"


def _open(table: FormTable, upward: Upward) -> Iterator[Row]:
    """Yield the form's fields nothing goes into, with the rows units added that may help."""
    names = named("upward")
    if not upward.open:
        return
    yield ()
    yield title(names["open"].format(count=len(upward.open)))
    yield head(*names["open_columns"])
    for field in upward.open:
        hints = [f"{name}：{said}" for name, shown, said in _added(table) if _alike(field, shown)]
        yield text(label(field), "", field.unit or "", "；".join(hints), "", "")


def _left(table: FormTable, upward: Upward) -> Iterator[Row]:
    """Yield own numbers that go nowhere, then the rows units added."""
    names = named("upward")
    if not upward.left and not _added(table):
        return
    yield ()
    yield title(names["left"].format(count=len(upward.left)))
    yield head(*names["left_columns"])
    for field in upward.left:
        values = table.values(field)
        total = sum(value for _, value in values)
        cell = number(total if isinstance(total, int) else round(total, 4))
        where = table.range(table.column(field))
        shown = SheetCell(cell.value, cell.style, formula=f"SUM({where})")
        given = shown if values else SheetCell("", "text")
        yield (*text(label(field)), given, *text(words.measure(field), "", "", ""))
    for name, shown_label, said in _added(table):
        if any(_alike(field, shown_label) for field in upward.open):
            continue
        yield text(shown_label, "", "", names["added"].format(unit=name, said=said), "", "")


def _added(table: FormTable) -> Sequence[tuple[str, str, str]]:
    """Return the rows that units added: unit, label, what it says."""
    return [
        (row.name, extra.label, _said(extra.value, extra.unit, extra.raw, extra.status))
        for row in table.rows
        if row.reading is not None
        for extra in row.reading.extra
    ]


def _said(value: object, unit: str | None, raw: str, status: Status) -> str:
    known = status is Status.FOUND and is_number(value)
    return words.value_text(value, unit) if known and is_number(value) else raw


def _alike(field: FormField, added: str) -> bool:
    cores = {read_label(name).core for name in (field.label, *field.aliases)}
    return read_label(added).core in cores
