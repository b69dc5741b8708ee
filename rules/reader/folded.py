"""Tables in halves side by side: what between a label and the next is its value."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from parsers.values.measures import as_measure
from rules.labels import words
from rules.reader.abreast import is_aside
from rules.reader.columns import choose
from rules.reader.unheaded import is_number

if TYPE_CHECKING:
    from rules.reader.page import Slot
    from rules.reader.region import Region

FEWEST = 3  # labels in a column that make it one half's


def values_of_half(region: Region, table: int, right: list[Slot]) -> list[Slot]:
    """Return what may be the value: no unit of measure, under the heading that is meant.

    Where no heading tells one number from another, all of them.
    """
    if len(right) < 2 or not _is_folded(region, table):
        return right
    heads = {id(slot): _heading_over(region, slot) for slot in right}
    kept = [s for s in right if (head := heads[id(s)]) is None or not is_aside(head.text)]
    kept = [s for s in kept if s.filled and not as_measure(words(s.text))] or kept[:1]
    chosen = choose([head for s in kept if (head := heads[id(s)])], region.index.year)
    meant = [s for s in kept if chosen is not None and heads[id(s)] is chosen]
    numbers = [s for s in kept if is_number(s)]
    return meant or (numbers if len(numbers) > 1 else kept[:1]) or right


def _is_folded(region: Region, table: int) -> bool:
    """Say whether labels stand in several columns of a table, under one another in each."""
    columns = Counter(slot.column for slot in region.matches.labels() if slot.table == table)
    return sum(count >= FEWEST for count in columns.values()) > 1


def _heading_over(region: Region, slot: Slot) -> Slot | None:
    """Return what the nearest row of headings says over a slot."""
    over = (n for n in region.noted if n < slot.line and region.page.lines[n].table == slot.table)
    number = max(over, default=None)
    beside = region.page.lines[number].slots if number is not None else ()
    return next((s for s in beside if s.column == slot.column and s.filled), None)
