"""Forms in a file that do not count beside others of it: last year's, and hidden ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.reader.titles import year_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.campaign import Campaign
    from rules.reader.copies import Copy
    from rules.reader.page import Page
    from rules.recognise import FoundForm


def year_of(campaign: Campaign) -> int:
    """Return the year a campaign is about, which its forms print in their titles."""
    window = campaign.file.window
    return window.first.year if window else min(r.due for r in campaign.file.requirements).year


def without_last_years(
    page: Page, found: Sequence[tuple[Copy, FoundForm]]
) -> list[tuple[Copy, FoundForm]]:
    """Leave out one unit's table of another year that stands beside this year's in one file.

    Its title says so, or the name of its sheet. Of a form that a unit may send many of, none is.
    """
    current = [form for copy, form in found if not _is_aged(page, copy, form)]
    return [
        (copy, form)
        for copy, form in found
        if not _is_aged(page, copy, form) or not any(_stands_for(other, form) for other in current)
    ]


def _is_aged(page: Page, copy: Copy, form: FoundForm) -> bool:
    if form.form.identified_by:
        return False
    if form.other_year:
        return True
    tables = {page.lines[number].table for number in copy.lines} - {None}
    sheets = {page.grids[table].sheet or "" for table in tables if table is not None}
    years = {year for sheet in sheets if (year := year_in(sheet))}
    return bool(years) and year_of(form.campaign) not in years and year_in(form.title) is None


def _stands_for(form: FoundForm, aged: FoundForm) -> bool:
    """Say whether a form is this year's table of the unit whose other year's the second is."""
    if form.form is not aged.form or form.reading.blank:
        return False
    key = form.form.unit_field
    units = [f.reading.get(key).value for f in (form, aged)] if key else []
    return None in units or len(set(units)) < 2


def visible_first(found: Sequence[tuple[Copy, FoundForm]]) -> tuple[FoundForm, ...]:
    """Leave out a form on a hidden sheet where the same form stands on a visible one."""
    visible = {id(form.form) for copy, form in found if not copy.hidden}
    return tuple(form for copy, form in found if not copy.hidden or id(form.form) not in visible)
