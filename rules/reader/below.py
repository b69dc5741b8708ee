"""Where the values of labels in a row stand: in the row under them that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.labels import read_label
from rules.reader.columns import choose, over_numbers
from rules.reader.signing import is_signed

if TYPE_CHECKING:
    from rules.reader.index import FormIndex
    from rules.reader.matching import Hit
    from rules.reader.page import Slot
    from rules.reader.region import Region

MOST = 12  # rows looked at
FEWEST = 3  # labels in one row that make it a row of headings


def below(region: Region, hit: Hit) -> list[Slot]:
    """Return the slot under a label, if it holds no label itself."""
    slot = region.page.below(hit.slot)
    if slot is None or not region.holds(slot) or region.matches.is_label(slot):
        return []
    return [] if is_signed(region, slot.line) else [slot]


def below_row(region: Region, hit: Hit) -> list[Slot]:
    """Return the slot under a label, if the row beneath holds values only.

    Under a row of labels the row headed 数量 is meant; all rows, if none of several is.
    """
    first = _past_empty_row(region, below(region, hit))
    if not first or hit.rest or _has_label(region, first[0]):
        return []
    if hit.slot.line in region.page.heads or not _is_heading_row(region, hit):
        return first
    rows = _rows_from(region, first[0])
    return _headed(region, rows) or [slot for slot in rows if slot.filled] or first


def _past_empty_row(region: Region, slots: list[Slot]) -> list[Slot]:
    """Skip a row in which nothing stands at all."""
    if not slots or any(slot.filled for slot in region.page.row_of(slots[0])):
        return slots
    after = region.page.below(slots[0])
    found = after is not None and region.holds(after) and not region.matches.is_label(after)
    return [after] if after is not None and found else slots


def _rows_from(region: Region, slot: Slot) -> list[Slot]:
    """Return a slot and those under it, up to the next row with a label."""
    found = [slot]
    following = region.page.below(slot)
    while following is not None and region.holds(following) and len(found) < MOST:
        if _has_label(region, following):
            break
        found.append(following)
        following = region.page.below(following)
    return found


def _has_label(region: Region, slot: Slot) -> bool:
    return any(region.matches.is_label(other) for other in region.page.row_of(slot))


def _is_heading_row(region: Region, hit: Hit) -> bool:
    labels = [s for s in region.page.row_of(hit.slot) if region.matches.is_label(s)]
    return len(labels) >= FEWEST


def _headed(region: Region, rows: list[Slot]) -> list[Slot]:
    """Return the one row whose own heading, at its left, is the heading of values."""
    index = region.index
    heads: dict[int, tuple[Slot, Slot]] = {}
    for slot in rows:
        left = region.page.row_of(slot)[0]
        if left is not slot and left.filled and len(left.text) <= 20:
            heads[id(left)] = (left, slot)
    meant = [s for h, s in heads.values() if _is_value_heading(index, h)]
    if meant:
        return meant if len(meant) == 1 else []
    chosen = choose([h for h, _ in heads.values() if over_numbers(h.text, index.year)], index.year)
    return [heads[id(chosen)][1]] if chosen is not None else []


def _is_value_heading(index: FormIndex, slot: Slot) -> bool:
    named = index.headings.get(read_label(slot.text).core)
    return named is not None and named == index.value_heading
