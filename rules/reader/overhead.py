"""What stands over a table's first label, column by column: last year, corrections, remarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.labels import read_label, squeeze
from rules.reader.columns import is_correction, is_others
from rules.reader.headings import LONGEST, heading_in

if TYPE_CHECKING:
    from rules.reader.page import Slot
    from rules.reader.region import Region

_REMARKS = frozenset({"备注", "说明", "情况说明", "备注说明", "有关说明"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Grid columns by what stands over them; `others` are of a year or a plan not asked for."""

    others: frozenset[int] = frozenset()
    corrected: frozenset[int] = frozenset()
    remarks: frozenset[int] = frozenset()


def column_of(slot: Slot) -> int:
    """Return the column in the document: of several, the one meant was moved to its label."""
    return slot.cell.column if slot.cell else slot.column


def columns_of(region: Region, table: int) -> Columns:
    """Return what the headings say of a table's columns; what the form itself prints is asked."""
    known = region.overhead.get(table)
    if known is None:
        known = region.overhead[table] = _columns_of(region, table)
    return known


def _columns_of(region: Region, table: int) -> Columns:
    labels = [slot for slot in region.matches.labels() if slot.table == table]
    top = min(labels, key=lambda slot: slot.line, default=None)
    if top is None:
        return Columns()
    above = [
        slot
        for line in region.page.lines[region.first : top.line]
        if line.table == table
        for slot in line.slots
        if slot.filled and len(slot.text) <= LONGEST and slot.column >= top.right_edge
    ]
    year, own = region.index.year, _under(_known(region, table))
    unknown = [slot for slot in above if not heading_in(slot.text, region.index)]
    unknown = [slot for slot in unknown if not own.issuperset(_under([slot]))]  # 实际 of 2024年
    return Columns(
        _under([slot for slot in unknown if is_others(squeeze(slot.text), year)]),
        _under([slot for slot in unknown if is_correction(slot.text)]),
        _under([slot for slot in above if read_label(slot.text).core in _REMARKS]),
    )


def _known(region: Region, table: int) -> list[Slot]:
    """Return the form's own headings over a table, those of two rows too."""
    halves = (half for header in region.headers if header.table == table for half in header.halves)
    return [slot for half in halves for slot in half.slots.values()]


def _under(headings: list[Slot]) -> frozenset[int]:
    return frozenset(c for slot in headings for c in range(slot.column, slot.right_edge))
