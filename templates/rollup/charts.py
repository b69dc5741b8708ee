"""The sheet of charts: progress, how it grew day by day, and the main numbers by category."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from parsers.writing.sheet import Chart, Line, Sheet, SheetCell, quoted
from rules.form import FieldType
from rules.outcome import Standing
from rules.standing import COUNTED
from templates import words
from templates.rollup.categories import AHEAD, categories
from templates.rollup.cells import SHOWN_STANDINGS, Row, head, heading, named, number, text, title
from templates.rollup.layout import letter
from templates.rollup.summary import PROGRESS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from templates.rollup.layout import FormTable, Layout

MOST_DAYS = 60
_FAR = 11  # the column in which the numbers behind the charts stand, beside them
_ROWS_PER_CM = 2
_COLOURS = {
    Standing.ACCEPTED: "70AD47",
    Standing.ACCEPTED_LATE: "FFC000",
    Standing.NIL: "A9D18E",
    Standing.EXEMPT: "BFBFBF",
    Standing.RETURNED: "ED7D31",
    Standing.MISSING: "D9D9D9",
}


def charts_sheet(layout: Layout) -> Sheet:
    """Return the charts, with the numbers by day beside them; the others stand in their sheets."""
    names = named("charts")
    days = _days(layout)
    requirements = layout.view.campaign.file.requirements
    rows: list[Row] = [title(names["title"])]
    if days:
        blank = (SheetCell(),) * (_FAR - 1)
        rows.append((*blank, *head(names["day"], *(r.title for r in requirements))))
        rows += [
            (*blank, *text(words.short_day(one)), *map(number, _so_far(layout, one)))
            for one in days
        ]
    charts = tuple(_charts(layout, len(days)))
    widths = (*((9.5,) * (_FAR - 1)), 13, *((14,) * len(requirements)))
    sheet = layout.titles["charts"]
    return Sheet(
        sheet, tuple(rows), widths=widths, merged=("A1:I1",), header_rows=0, charts=charts
    )  # fmt: skip


def _charts(layout: Layout, days: int) -> Iterator[Chart]:
    """Yield the charts one under another."""
    row = 3
    for chart in (_progress(layout), *_growth(layout, days), *_by_category(layout)):
        yield Chart(
            chart.kind, chart.title, f"A{row}", chart.names, chart.lines, chart.count, 17
        )  # fmt: skip
        row += round(_ROWS_PER_CM * chart.height) + 2


def _progress(layout: Layout) -> Chart:
    sheet, count = quoted(layout.titles["summary"]), len(layout.view.campaign.file.requirements)
    first, last = PROGRESS + 1, PROGRESS + count
    lines = tuple(
        Line(
            words.word("standings", standing),
            f"{sheet}!${letter(column)}${first}:${letter(column)}${last}",
            _COLOURS[standing],
        )
        for column, standing in enumerate(SHOWN_STANDINGS, 3)
    )
    names = f"{sheet}!$A${first}:$A${last}"
    return Chart("stacked", named("charts")["progress"], "A1", names, lines, count)


def _growth(layout: Layout, days: int) -> Iterator[Chart]:
    if not days:
        return
    sheet = quoted(layout.titles["charts"])
    lines = tuple(
        Line(r.title, f"{sheet}!${letter(column)}$3:${letter(column)}${days + 2}")
        for column, r in enumerate(layout.view.campaign.file.requirements, _FAR + 1)
    )
    names = f"{sheet}!${letter(_FAR)}$3:${letter(_FAR)}${days + 2}"
    yield Chart("line", named("charts")["growth"], "A1", names, lines, days)


def _by_category(layout: Layout) -> Iterator[Chart]:
    """Yield how far each category is with the last form due, and one chart of its main number."""
    if not layout.categorised or not layout.tables:
        return
    table = max(layout.tables, key=lambda one: one.requirement.due)
    first = 1
    for other in layout.tables[: layout.tables.index(table)]:
        first += len(other.fields()) + 5
    names = named("charts")
    of = {"title": table.requirement.title}
    rows = ((names["owing"], first + 2, "BFBFBF"), (names["came"], first + 3, "70AD47"))
    yield _across(layout, names["by_category"].format(**of), first + 1, rows)
    main = _main(table)
    if main is not None:
        field = table.fields()[main]
        row = ((heading(field), first + 4 + main, ""),)
        yield _across(layout, names["total_by"].format(label=heading(field)), first + 1, row)


def _across(layout: Layout, said: str, names: int, rows: tuple[tuple[str, int, str], ...]) -> Chart:
    """Return a chart of rows of the sheet of categories."""
    sheet, count = quoted(layout.titles["categories"]), len(categories(layout))
    first, last = letter(AHEAD + 1), letter(AHEAD + count)
    lines = tuple(
        Line(name, f"{sheet}!${first}${row}:${last}${row}", colour) for name, row, colour in rows
    )
    return Chart("bars", said, "A1", f"{sheet}!${first}${names}:${last}${names}", lines, count)


def _main(table: FormTable) -> int | None:
    """Return the field that says most at a glance: people first, else the first count."""
    fields = table.fields()
    people = [at for at, f in enumerate(fields) if (f.unit or "").startswith("人")]
    counts = [at for at, f in enumerate(fields) if f.type is FieldType.COUNT]
    return next(iter((*people, *counts)), None)


def _days(layout: Layout) -> tuple[date, ...]:
    """Return the days from the first accepted submission to now, the last ones if many."""
    came = [s.received_at.date() for s in layout.view.submissions if s.standing in COUNTED]
    if not came:
        return ()
    last = layout.view.now.date()
    first = max(min(came), last - timedelta(days=MOST_DAYS - 1))
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def _so_far(layout: Layout, one: date) -> Iterator[int]:
    """Yield how many units had each requirement accepted by the end of a day."""
    for requirement in layout.view.campaign.file.requirements:
        counted = layout.view.counted(requirement)
        yield len({s.unit_id for s in counted if s.received_at.date() <= one})
