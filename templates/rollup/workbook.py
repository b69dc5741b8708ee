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
    from templates.rollup.view import RollupView
    from templates.views import Attachment


def render_rollup(view: RollupView) -> bytes:
    """Return the workbook as .xlsx."""
    from parsers.writing.workbook import write_workbook  # noqa: PLC0415 - openpyxl is slow to load

    layout, upward = Layout(view), view.campaign.upward
    return write_workbook(
        (
            summary_sheet(layout),
            charts_sheet(layout),
            *(form_sheet(layout, table) for table in layout.tables),
            *((categories_sheet(layout),) if layout.categorised and layout.tables else ()),
            *((upward_sheet(layout, upward),) if upward else ()),
            *((questions_sheet(layout),) if layout.tables else ()),
            missing_sheet(view),
            added_sheet(view),
            sources_sheet(layout),
            versions_sheet(view),
        )
    )


def render_upward(view: RollupView) -> Attachment | None:
    """Return the higher level's form filled in; None where the campaign names none."""
    return upward_form(Layout(view))
