"""Which column holds the numbers of a table without headings: counted, never the row's number."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from rules.reader.columns import is_mere_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.reader.matching import Hit
    from rules.reader.page import Slot
    from rules.reader.region import Region

_COUNTED = re.compile(r"[0-9]{1,6}(?:\.0*)?")  # 2.00 in a column that shows two places
ROWS = 4  # numbered 1, 2, 3, 4 from which a column is one of row numbers


def is_number(slot: Slot) -> bool:
    """Say whether little but a number stands in a slot."""
    return is_mere_number(slot.text)


def number_columns(region: Region, slot: Slot) -> tuple[list[int], int]:
    """Return the columns of numbers right of a label, or left of it, and the best one's votes.

    Several only when they compete; a vote is a number beside one of the labels.
    """
    spot = (slot.table or 0, slot.column, slot.right_edge)
    if spot not in region.numbers:
        region.numbers[spot] = _counted(region, slot)
    return region.numbers[spot]


def _counted(region: Region, slot: Slot) -> tuple[list[int], int]:
    right, left = _columns_beside(region, slot)
    numbers = {column: _numbers(region, slot, column) for column in (*right, *left)}
    votes = {c: 0 if _is_row_number(found) else len(found) for c, found in numbers.items()}
    best = max(right, key=lambda c: (votes[c], -c), default=None)
    most = votes[best] if best is not None else 0
    before = max(left, key=lambda c: votes[c], default=None)
    if before is not None and votes[before] >= 2 and votes[before] > most:
        best, most = before, votes[before]
    if best is None:
        return [], 0
    rivals = [c for c in (*left, *right) if votes[c] >= 2 and votes[c] * 2 >= most]
    return (rivals if len(rivals) > 1 else [best]), most


def _columns_beside(region: Region, slot: Slot) -> tuple[list[int], list[int]]:
    """Return the columns after a label and those before it, each up to the next labels."""
    grid = region.page.grids[slot.table or 0]
    counted = Counter(hit.slot.column for hit in _labels(region, slot))
    labels = {c for c, n in counted.items() if n > 1 or counted[slot.column] < ROWS}
    end = min((c for c in labels if c >= slot.right_edge), default=grid.width + 1)
    start = max((c for c in labels if c < slot.column), default=0)
    right = [c for c in range(slot.right_edge, end) if c not in grid.empty_columns]
    if start:
        return right, []  # what lies between two columns of labels belongs to the left one
    return right, [c for c in range(1, slot.column) if c not in grid.empty_columns]


def _labels(region: Region, slot: Slot) -> Iterator[Hit]:
    for hits in region.matches.hits.values():
        yield from (hit for hit in hits if hit.slot.table == slot.table)


def _numbers(region: Region, slot: Slot, column: int) -> list[str]:
    """Return what stands in a column beside the labels above and below this one, if numbers."""
    rows = sorted(h.slot.row for h in _labels(region, slot) if h.slot.column == slot.column)
    found = (region.page.at(slot.table or 0, row, column) for row in rows)
    return [s.text.strip() for s in found if s is not None and is_number(s)]


def _is_row_number(numbers: list[str]) -> bool:
    if len(numbers) < ROWS or not all(map(_COUNTED.fullmatch, numbers)):
        return False
    counted = [int(n.partition(".")[0]) for n in numbers]
    steps = sum(b == a + 1 for a, b in itertools.pairwise(counted))
    return steps * 3 >= 2 * (len(counted) - 1)
