"""Columns between labels and values in which no value stands: empty ones, units of measure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from parsers.values.measures import as_measure
from rules.form import Where
from rules.labels import squeeze, words
from rules.reader.following import ends_value

if TYPE_CHECKING:
    from rules.reader.page import Slot
    from rules.reader.region import Region


def past_gap_columns(region: Region, slot: Slot | None) -> Slot | None:
    """Skip cells of a column that holds no value, or only labels, if something stands beyond.

    A label merged over two columns has an empty cell after it in a CSV; some put a column of
    units of measure between labels and numbers.
    """
    first = slot
    while slot is not None and not (slot.filled and not is_measure(slot)):
        grid = region.page.grids[slot.table or 0]
        spanned = set(range(slot.column, slot.right_edge))
        beyond = region.page.right_of(slot)
        passed = spanned <= grid.empty_columns or holds_no_value(region, slot)
        passed = passed or (not slot.filled and _is_of_labels(region, slot))
        if beyond is None or not passed:
            return first
        if _labels_in_column(region, beyond) or ends_value(region, beyond):
            return first
        slot = beyond
    return slot


def is_measure(slot: Slot) -> bool:
    """Say whether nothing but a unit of measure stands in a slot."""
    return as_measure(squeeze(slot.text)) is not None or as_measure(words(slot.text)) is not None


def holds_no_value(region: Region, slot: Slot) -> bool:
    """Say whether in a column, but for labels and wider cells, only units of measure stand.

    Of a sheet that holds other tables too, only the form's own rows are asked.
    """
    spot = (slot.table or 0, slot.column)
    if spot not in region.gaps:
        rows = _rows(region, spot[0])
        cells = region.page.grids[spot[0]].covered.items()
        column = {s for (row, column), s in cells if column == slot.column and row in rows}
        told = (s for s in column if s.filled and s.column_span == 1)
        region.gaps[spot] = all(is_measure(s) for s in told if not region.matches.is_label(s))
    return region.gaps[spot]


def _rows(region: Region, table: int) -> range:
    """Return the rows of a table from the form's first label to its last."""
    fields = region.index.fields
    labels = [
        hit.slot.row
        for number, hits in region.matches.hits.items()
        for hit in hits
        if hit.slot.table == table and fields[number].field.where is not Where.INSIDE
    ]
    return range(min(labels, default=0), max(labels, default=-1) + 1)


def _is_of_labels(region: Region, slot: Slot) -> bool:
    """Say whether an empty cell lies in the column in which most labels of its table stand."""
    columns = Counter(s.column for s in region.matches.labels() if s.table == slot.table)
    return max(columns, key=lambda c: columns[c], default=0) == slot.column


def _labels_in_column(region: Region, slot: Slot) -> bool:
    return any(
        hit.slot.table == slot.table and hit.slot.column == slot.column
        for hits in region.matches.hits.values()
        for hit in hits
    )


def left_of(region: Region, slot: Slot) -> Slot | None:
    """Return what stands left of a slot, over columns that hold no value."""
    left = region.page.left_of(slot)
    while left is not None and (not left.filled or is_measure(left)):
        if not holds_no_value(region, left):
            return left
        left = region.page.left_of(left)
    return left
