"""Which sheets a roll-up has, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.workbook import write_workbook
from templates.rollup.sources import added_sheet, sources_sheet, versions_sheet
from templates.rollup.summary import summary_sheet
from templates.rollup.units import form_sheet, missing_sheet

if TYPE_CHECKING:
    from templates.rollup.view import RollupView


def render_rollup(view: RollupView) -> bytes:
    """Return the workbook as .xlsx."""
    forms = (form_sheet(view, requirement, form) for requirement, form in view.forms())
    return write_workbook(
        (
            summary_sheet(view),
            *forms,
            missing_sheet(view),
            added_sheet(view),
            sources_sheet(view),
            versions_sheet(view),
        )
    )
