"""Where a copy begins and ends: other sheets and tables without its labels are none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.reader.copies import Copy
    from rules.reader.page import Page
    from rules.reader.survey import Survey


def confine(page: Page, copy: Copy, seen: Survey) -> None:
    """Cut off the sheets before and the tables after the lines that tell this form from others."""
    telling = [n for n in copy.lines if seen.telling[n].get(copy.template)]
    if not telling:
        return
    copy.first = _first(page, copy.first, min(telling))
    copy.last = _last(page, copy.last, max(telling))
    copy.lines = {n for n in copy.lines if copy.first <= n <= copy.last}


def _first(page: Page, first: int, label: int) -> int:
    """Return the first line of the sheet the labels begin in; paragraphs have no sheet."""
    sheet = _sheet(page, label)
    if sheet is None:
        return first
    return next(n for n in range(first, label + 1) if _sheet(page, n) == sheet)


def _last(page: Page, last: int, label: int) -> int:
    """Return the last line before another sheet, or before a table set apart by other lines."""
    table, apart = page.lines[label].table, False
    for number in range(label + 1, last + 1):
        line = page.lines[number]
        foreign = line.table is not None and line.table != table
        if foreign and (apart or _sheet(page, number) is not None):
            return number - 1
        apart = apart or line.table is None
        table = table if line.table is None else line.table
    return last


def _sheet(page: Page, number: int) -> str | None:
    table = page.lines[number].table
    return page.grids[table].sheet if table is not None else None
