"""Forms in a file that do not count beside others of it: last year's, examples, hidden ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.labels import squeeze
from rules.reader.titles import year_in
from rules.reading import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.campaign import Campaign
    from rules.reader.copies import Copy
    from rules.reader.page import Page
    from rules.reading import Value
    from rules.recognise import FoundForm

_EXAMPLE = re.compile("示例|样例|范例|样表|例表|填[写报表]样")
_NOBODY = re.compile(r"([x×○〇*])\1|某|示例|样例|范例")  # XX市科技局, 某某县


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
    years = {year for sheet in _sheets(page, copy) if (year := year_in(sheet))}
    return bool(years) and year_of(form.campaign) not in years and year_in(form.title) is None


def _sheets(page: Page, copy: Copy) -> set[str]:
    tables = {page.lines[number].table for number in copy.lines} - {None}
    return {page.grids[table].sheet or "" for table in tables if table is not None}


def _stands_for(form: FoundForm, aged: FoundForm) -> bool:
    """Say whether a form is this year's table of the unit whose other year's the second is."""
    if form.form is not aged.form or form.reading.blank:
        return False
    units = _unit(form), _unit(aged)
    return None in units or len(set(units)) < 2


def _unit(form: FoundForm) -> Value:
    key = form.form.unit_field
    return form.reading.get(key).value if key else None


def without_examples(
    page: Page, found: Sequence[tuple[Copy, FoundForm]]
) -> list[tuple[Copy, FoundForm]]:
    """Leave out what a sheet's name or a title calls an example, beside the form itself."""
    examples = [pair for pair in found if _is_example(page, *pair)]
    others = [form for copy, form in found if (copy, form) not in examples]
    return [
        pair
        for pair in found
        if pair not in examples or not any(_is_example_of(other, pair[1]) for other in others)
    ]


def _is_example(page: Page, copy: Copy, form: FoundForm) -> bool:
    return any(_EXAMPLE.search(text) for text in (form.title, *_sheets(page, copy)))


def _is_example_of(form: FoundForm, example: FoundForm) -> bool:
    """Say whether a unit's form has the second beside it as an example of nobody, or its own.

    An example that is filled in, under a real name, beside an empty form may be what is meant.
    """
    if form.form is not example.form:
        return False
    unit = _unit(example)
    if unit is None or _NOBODY.search(squeeze(str(unit))):
        return True
    fuller = 2 * _filled(form) >= _filled(example)
    return fuller and unit == _unit(form) and not form.form.identified_by


def _filled(form: FoundForm) -> int:
    return sum(answer.status is not Status.MISSING for answer in form.reading.fields)


def visible_first(found: Sequence[tuple[Copy, FoundForm]]) -> tuple[FoundForm, ...]:
    """Leave out a form on a hidden sheet where the same form stands on a visible one."""
    visible = {id(form.form) for copy, form in found if not copy.hidden}
    return tuple(form for copy, form in found if not copy.hidden or id(form.form) not in visible)
