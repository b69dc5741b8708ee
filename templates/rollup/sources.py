"""The sheets that prove the numbers: added rows, each number's cell and mail, all versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.workbook import Sheet, SheetCell
from rules.reading import Status
from templates.rollup.cells import (
    NUMBERS,
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
    from rules.reading import Extra, FieldReading, Reading
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


def sources_sheet(view: RollupView) -> Sheet:
    """Return a line for each number: what was written, in which cell, file and mail."""
    names = named("sources")
    rows = [head(*names["columns"])]
    for submission, reading, form in view.readings():
        answers = {answer.key: answer for answer in reading.fields}
        for field in form.fields:
            answer = answers.get(field.key)
            if answer and field.type in NUMBERS and answer.status is Status.FOUND:
                rows.append(_source(view, submission, field, answer))
    widths = (28, 18, 22, 26, 12, 20, 18, 17, 28, 32, 68, 40)
    return Sheet(names["sheet"], tuple(rows), widths=widths, freeze="A2", autofilter=True)


def _source(
    view: RollupView, submission: SubmissionView, field: FormField, answer: FieldReading
) -> Row:
    what = (submission.unit_name, view.title_of(submission), submission.item, heading(field))
    return (
        *text(*what),
        amount(field, answer.value if is_number(answer.value) else None),
        *text(answer.raw, str(answer.place or "")),
        stamp(submission.received_at),
        *text(submission.sender, *_files(submission), submission.mail_ref),
    )


def _files(submission: SubmissionView) -> tuple[str, str]:
    names = "、".join(file.name for file in submission.files)
    return names, " ".join(file.sha256 for file in submission.files)


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
