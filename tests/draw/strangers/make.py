"""The copy of one seed: a form filled in, numbers and labels written in many ways, and habits."""

from __future__ import annotations

import random

from parsers.formats import read_document
from rules.form import FieldType
from rules.labels import read_label
from rules.reader.fill_form import fill_form
from rules.reader.matching import NUMERIC
from tests.draw.strangers.copy import Cell, Copy
from tests.draw.strangers.figures import asked, shown
from tests.draw.strangers.habits import HABITS, UNIT


def copy_of(campaign, form, seed, unit=UNIT):
    """Return the copy of one seed: the form filled in for a unit, and up to three habits."""
    dice = random.Random(seed)
    copy = _filled(campaign, form, dice, unit)
    if dice.random() < 0.8:
        _typed(copy, dice.choice((0.1, 0.3, 0.8)))
    for habit in dice.sample(HABITS, dice.choice((0, 1, 1, 2, 2, 3))):
        habit(copy)
        copy.habits.append(habit.__name__.strip("_"))
    return copy


def clean_copy_of(campaign, form, seed, unit=UNIT):
    """Return a copy filled in as the form asks."""
    return _filled(campaign, form, random.Random(seed), unit)


def _filled(campaign, form, dice, unit):
    counted = [f for f in form.fields if f.type in NUMERIC]
    marks = dict(
        zip((f.key for f in counted), dice.sample(range(1013, 9877), len(counted)), strict=True)
    )
    for check in form.checks:
        if check.check == "not-above" and marks[check.field] > marks[check.limit]:
            marks[check.field], marks[check.limit] = marks[check.limit], marks[check.field]
    words = {f.key: _said(f) for f in form.fields if f.type is FieldType.CHOICE or _is_owed(f)}
    words |= {form.unit_field: unit} if form.unit_field else {}
    data = fill_form(campaign, form, {**words, **{key: str(n) for key, n in marks.items()}})
    document = read_document(data, "docx")
    table = max(document.tables, key=lambda one: len(one.cells))
    keys = {str(number): key for key, number in marks.items()}
    labels = {read_label(f.label).core for f in counted}
    cells = [
        Cell(
            *(c.row, c.column, c.text, c.row_span, c.column_span),
            key=keys.get(c.text.strip(), ""),
            heads=read_label(c.text).core in labels,
        )
        for c in table.cells
    ]
    above = [p.text for p in document.paragraphs]
    return Copy(campaign, form, dice, cells, above, stated=dict(marks), unit=unit)


def _is_owed(field):
    return field.type is FieldType.TEXT and field.required


def _said(field):
    return field.choices[0] if field.type is FieldType.CHOICE else "图书和光盘"


def _typed(copy, share):
    """Write some of the numbers, and the labels beside them, in other ways."""
    fields = {f.key: f for f in copy.form.fields}
    for cell in copy.values():
        if copy.dice.random() < share:
            one = fields[cell.key]
            money = one.unit if one.type is FieldType.MONEY else None
            text, number, sure = shown(copy.dice, copy.stated[cell.key], one.unit or "", money)
            copy.stated[cell.key] = number
            copy.asked |= set() if sure else {cell.key}
            copy.put(cell, text=text)
    for label in dict.fromkeys(map(copy.label, copy.values())):
        if copy.dice.random() < share / 2:
            copy.put(label, text=asked(copy.dice, label.text))
