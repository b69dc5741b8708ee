"""The first sheet: how far the collection is, and the totals of every form.

Totals are formulas over the sheets of the forms, so that they stay right when a clerk mends a
cell there; each carries the sum over the accepted versions as it was when the workbook was made,
which readers that compute nothing show, and `trace` says the same.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.writing.sheet import Sheet, SheetCell
from rules.outcome import Standing
from templates import words
from templates.rollup.cells import (
    SHOWN_STANDINGS,
    Row,
    amount,
    day,
    head,
    label,
    named,
    number,
    text,
    title,
)

if TYPE_CHECKING:
    from rules.campaign import Requirement
    from rules.form import FormField
    from templates.rollup.layout import FormTable, Layout
    from templates.rollup.view import RollupView


PROGRESS = 4  # the row of the progress table's heading


def summary_sheet(layout: Layout) -> Sheet:
    """Return standings by requirement, then each form's totals."""
    names, view = named("summary"), layout.view
    rows: list[Row] = [
        title(view.campaign.file.title),
        (SheetCell(names["as_of"].format(now=words.moment(view.now)), "muted"),),
        (),
        head(*names["columns"], *(words.word("standings", s) for s in SHOWN_STANDINGS)),
        *(_progress(view, requirement) for requirement in view.campaign.file.requirements),
    ]
    for table in layout.tables:
        heading = names["totals"].format(title=table.requirement.title, **_counts(view, table))
        rows += [(), title(heading), head(*names["total_columns"])]
        rows += [_total(table, field) for field in table.fields()]
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


def _counts(view: RollupView, table: FormTable) -> dict[str, int]:
    """Return how many copies came, of how many units, and how many units owe one."""
    came = [row.submission for row in table.rows if row.submission is not None]
    asked = sum(
        due.requirement == table.requirement and due.standing is not Standing.EXEMPT
        for _, due in view.dues()
    )
    units = len({submission.unit_id for submission in came})
    return {"copies": len(came), "units": units, "owing": max(asked, units)}


def _total(table: FormTable, field: FormField) -> Row:
    """Add up one field: the sum, its unit of measure, and how many units filled it in."""
    values = table.values(field)
    total = sum(value for _, value in values)
    where = table.range(table.column(field))
    amounts = amount(field, total if isinstance(total, int) else round(total, 4))
    units = number(len({row.unit.id if row.unit else row.name for row, _ in values}))
    return (
        *text(label(field)),
        replace(amounts, formula=f"SUM({where})", link=f"#{where.replace('$', '')}"),
        *text(words.measure(field)),
        units if table.many else replace(units, formula=f"COUNT({where})"),
    )
