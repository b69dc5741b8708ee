"""Which sheets a roll-up has, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from templates.rollup.categories import categories_sheet
from templates.rollup.charts import charts_sheet
from templates.rollup.layout import Layout
from templates.rollup.questions import questions_sheet
from templates.rollup.sources import added_sheet, sources_sheet, versions_sheet
from templates.rollup.summary import summary_sheet
from templates.rollup.units import form_sheet, missing_sheet
from templates.rollup.upward import upward_form, upward_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.writing.sheet import Sheet
    from templates.rollup.view import RollupView
    from templates.views import Attachment


def render_rollup(view: RollupView) -> bytes:
    """Return the workbook as .xlsx."""
    from parsers.writing.workbook import write_workbook  # noqa: PLC0415 - openpyxl is slow to load

    return write_workbook(_sheets(Layout(view)))


def _sheets(layout: Layout) -> Iterator[Sheet]:
    """Yield one after the other: that of the sources alone has a dozen cells for each number."""
    view, upward = layout.view, layout.view.campaign.upward
    yield summary_sheet(layout)
    yield charts_sheet(layout)
    for table in layout.tables:
        yield form_sheet(layout, table)
    if layout.categorised and layout.tables:
        yield categories_sheet(layout)
    if upward:
        yield upward_sheet(layout, upward)
    if layout.tables:
        yield questions_sheet(layout)
    yield missing_sheet(view)
    yield added_sheet(view)
    yield sources_sheet(layout)
    yield versions_sheet(view)


def render_upward(view: RollupView) -> Attachment | None:
    """Return the higher level's form filled in; None where the campaign names none."""
    return upward_form(Layout(view))
