"""The sheets about units: every unit's numbers form by form, and who still owes what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.workbook import Sheet
from rules.decision import Standing
from rules.standing import owes
from templates import words
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
from templates.rollup.view import readings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import Requirement
    from rules.form import Form
    from rules.roster import Unit
    from templates.rollup.view import RollupView
    from templates.views import SubmissionView


def form_sheet(view: RollupView, requirement: Requirement, form: Form) -> Sheet:
    """Return one row for each unit that owes the form, or for each item where many may come."""
    names = named("form")
    many = requirement.per_unit == "many"
    first = (*names["columns"], *([names["item"]] if many else []))
    rows = (
        head(*first, *(heading(field) for field in form.fields)),
        *_rows(view, requirement, form),
    )
    widths = (30, 12, 17, *([26] if many else []))
    value_widths = (14 if field.type in NUMBERS else 22 for field in form.fields)
    return Sheet(
        requirement.title, rows, widths=(*widths, *value_widths), freeze="B2", autofilter=True
    )


def _rows(view: RollupView, requirement: Requirement, form: Form) -> Iterator[Row]:
    counted = view.counted(requirement)
    for unit in view.campaign.roster.units:
        mine = [submission for submission in counted if submission.unit_id == unit.id]
        yield from (_filled(requirement, form, submission) for submission in mine)
        if not mine and owes(unit, requirement):
            yield (*text(unit.name), standing(_standing(view, unit, requirement)))
    listed = {unit.id for unit in view.campaign.roster.units}
    yield from (_filled(requirement, form, s) for s in counted if s.unit_id not in listed)


def _standing(view: RollupView, unit: Unit, requirement: Requirement) -> Standing:
    known = (
        due.standing
        for owner, due in view.dues()
        if owner is unit and due.requirement == requirement
    )
    return next(known, Standing.MISSING)


def _filled(requirement: Requirement, form: Form, submission: SubmissionView) -> Row:
    reading = next(iter(readings_of(submission, form)), None)
    answers = {answer.key: answer for answer in reading.fields} if reading else {}
    return (
        *text(submission.unit_name),
        standing(submission.standing),
        stamp(submission.received_at),
        *(text(submission.item) if requirement.per_unit == "many" else ()),
        *(value(field, answers.get(field.key)) for field in form.fields),
    )


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
