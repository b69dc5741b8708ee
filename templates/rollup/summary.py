"""The first sheet: how far the collection is, and the totals of every form.

No total is a formula: each is the sum over the accepted versions when the workbook was made,
and each number in it has its line in the sheet of sources.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from parsers.workbook import Sheet, SheetCell
from rules.reading import Status
from templates import words
from templates.rollup.cells import (
    NUMBERS,
    SHOWN_STANDINGS,
    Row,
    amount,
    day,
    head,
    is_number,
    label,
    named,
    number,
    text,
    title,
)
from templates.rollup.view import readings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules.campaign import Requirement
    from rules.form import Form, FormField
    from templates.rollup.view import RollupView
    from templates.views import SubmissionView


def summary_sheet(view: RollupView) -> Sheet:
    """Return standings by requirement, then each form's totals."""
    names = named("summary")
    rows: list[Row] = [
        title(view.campaign.file.title),
        (SheetCell(names["as_of"].format(now=words.moment(view.now)), "muted"),),
        (),
        head(*names["columns"], *(words.word("standings", s) for s in SHOWN_STANDINGS)),
        *(_progress(view, requirement) for requirement in view.campaign.file.requirements),
    ]
    for requirement, form in view.forms():
        counted = view.counted(requirement)
        heading = names["totals"].format(title=requirement.title, copies=len(counted))
        rows += [(), title(heading), head(*names["total_columns"]), *_totals(form, counted)]
    headings = [at for at, row in enumerate(rows, 1) if len(row) == 1]
    return Sheet(
        names["sheet"],
        tuple(rows),
        widths=(34, 16, 12, 14, 12, 12, 14, 12),
        merged=tuple(f"A{at}:H{at}" for at in headings),
        header_rows=0,
    )


def _progress(view: RollupView, requirement: Requirement) -> Row:
    counts = Counter(due.standing for _, due in view.dues() if due.requirement == requirement)
    shown = (number(counts[standing]) for standing in SHOWN_STANDINGS)
    return (*text(requirement.title), day(requirement.due), *shown)


def _totals(form: Form, submissions: Sequence[SubmissionView]) -> Iterator[Row]:
    for field in form.fields:
        if field.type in NUMBERS and field.total:
            yield _total(form, field, submissions)


def _total(form: Form, field: FormField, submissions: Sequence[SubmissionView]) -> Row:
    """Add up one field: the sum, its unit of measure, and how many units filled it in."""
    found = [
        (submission.unit_id, answer.value)
        for submission in submissions
        for reading in readings_of(submission, form)
        for answer in reading.fields
        if answer.key == field.key and answer.status is Status.FOUND
    ]
    total = sum(given for _, given in found if is_number(given))
    return (
        *text(label(field)),
        amount(field, total if isinstance(total, int) else round(total, 4)),
        *text(words.measure(field)),
        number(len({unit for unit, given in found if is_number(given)})),
    )
