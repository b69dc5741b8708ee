"""The sheets that prove the numbers: added rows, each number's cell and mail, all versions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.writing.sheet import Sheet, SheetCell
from templates.rollup.cells import (
    Row,
    amount,
    head,
    heading,
    is_number,
    named,
    number,
    stamp,
    standing,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.form import Form, FormField
    from rules.reading import Extra, Reading
    from templates.rollup.layout import FormTable, Layout
    from templates.rollup.view import RollupView
    from templates.views import SubmissionView


def added_sheet(view: RollupView) -> Sheet:
    """Return the rows submitters added and what they wrote beside their numbers."""
    names = named("added")
    rows = [head(*names["columns"])]
    for submission, reading, form in view.readings():
        who = text(submission.unit_name, view.title_of(submission))
        rows += [(*who, *_extra(extra, names["row"])) for extra in reading.extra]
        rows += [(*who, *line) for line in _remarks(reading, form, names["remark"])]
    widths = (30, 20, 12, 28, 44, 10)
    return Sheet(names["sheet"], tuple(rows), widths=widths, freeze="A2", autofilter=True)


def _extra(extra: Extra, kind: str) -> Row:
    shown = number(extra.value) if is_number(extra.value) else SheetCell(extra.raw, "text")
    return (*text(kind, extra.label), shown, *text(extra.unit or ""))


def _remarks(reading: Reading, form: Form, kind: str) -> Iterator[Row]:
    labels = {field.key: field.label for field in form.fields}
    for remark in reading.remarks:
        yield text(kind, labels.get(remark.field, remark.field), remark.text)


def sources_sheet(layout: Layout) -> Sheet:
    """Return a line for each number: what was written, in which cell, file and mail."""
    names = named("sources")
    lines = (_source(*number) for number in layout.numbers())
    widths = (28, 18, 22, 26, 12, 20, 18, 17, 28, 32, 68, 40)
    rows = (head(*names["columns"]), *lines)
    return Sheet(names["sheet"], rows, widths=widths, freeze="A2", autofilter=True)


def _source(table: FormTable, at: int, field: FormField) -> Row:
    row = table.rows[at]
    one, answer = row.submission, row.answer(field)
    if one is None or answer is None:
        raise ValueError(at)
    what = (row.name, table.requirement.title, one.item, heading(field))
    number = amount(field, row.number(field))
    return (
        *text(*what),
        replace(number, link=f"#{table.cell(at, field)}"),
        *text(answer.raw, str(answer.place or "")),
        stamp(one.received_at),
        *text(one.sender, *_files(one, row.reading), one.mail_ref),
    )


def _files(submission: SubmissionView, reading: Reading | None = None) -> tuple[str, str]:
    """Name the file a copy was read from; all of the submission's where that is not known."""
    mine = [f for f in submission.files if reading is not None and f.sha256 == reading.file]
    files = mine or submission.files
    return "、".join(file.name for file in files), " ".join(file.sha256 for file in files)


def versions_sheet(view: RollupView) -> Sheet:
    """Return every version there was, as it came in."""
    names = named("versions")
    ordered = sorted(view.versions, key=lambda version: version.received_at)
    rows = (head(*names["columns"]), *(_version(view, one) for one in ordered))
    widths = (30, 20, 24, 8, 14, 17, 28, 36, 40)
    return Sheet(names["sheet"], rows, widths=widths, freeze="A2", autofilter=True)


def _version(view: RollupView, one: SubmissionView) -> Row:
    return (
        *text(one.unit_name, view.title_of(one), one.item),
        number(one.version),
        standing(one.standing),
        stamp(one.received_at),
        *text(one.sender, _files(one)[0], one.mail_ref),
    )
