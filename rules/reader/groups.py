"""Which group of a form a slot stands in: 线上 and 线下, each with the same labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.reader.index import FormIndex
    from rules.reader.page import Page, Slot


def of_group(page: Page, slot: Slot, index: FormIndex, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Keep the fields of the group the slot stands in, if the form has groups."""
    if not index.groups or all(index.fields[n].group is None for n in numbers):
        return numbers
    group = group_around(page, slot, index)
    if group is None:
        return numbers
    return tuple(n for n in numbers if index.fields[n].group in (group, None))


def group_around(page: Page, slot: Slot, index: FormIndex) -> str | None:
    """Return the form's group whose label stands left of the slot, or in a row over it."""
    found = group_slot(page, slot, index)
    return index.group_of(found.text) if found else None


def group_slot(page: Page, slot: Slot, index: FormIndex) -> Slot | None:
    """Return the slot that carries the group's label, left of this slot or in a row over it."""
    if slot.table is None:
        return None
    left = page.left_of(slot)
    while left is not None:
        if left.filled and index.group_of(left.text):
            return left
        left = page.left_of(left)
    return _group_over(page, slot, index) or _group_row(page, slot, index)


def group_before(page: Page, slot: Slot, index: FormIndex) -> Slot | None:
    """Return the group's label over the gaps left of this slot: merged once, as no CSV knows."""
    for row in range(slot.row, 0, -1):
        before = (page.at(slot.table or 0, row, column) for column in range(1, slot.column))
        filled = [o for o in before if o is not None and o.filled and not o.digits]
        if filled:
            return filled[-1] if index.group_of(filled[-1].text) else None
    return None


def _group_over(page: Page, slot: Slot, index: FormIndex) -> Slot | None:
    """Return the group's label that lies over this slot and its neighbours: 举办培训 over 线上."""
    over = page.at(slot.table or 0, slot.row - 1, slot.column)
    while over is not None and over.column_span == slot.column_span:
        over = page.at(slot.table or 0, over.row - 1, slot.column)
    return over if over is not None and index.group_of(over.text) else None


def _group_row(page: Page, slot: Slot, index: FormIndex) -> Slot | None:
    for number in range(slot.line - 1, -1, -1):
        line = page.lines[number]
        if line.table != slot.table:
            return None
        filled = [other for other in line.slots if other.filled]
        if len(filled) == 1 and index.group_of(filled[0].text):
            return filled[0]
    return None
