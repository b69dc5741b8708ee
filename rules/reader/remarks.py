"""What stands in the remarks column beside a value, beyond the sub-values printed there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.values import read_labelled, read_value
from rules.labels import words
from rules.reader.answer import reading
from rules.reader.headings import half_over
from rules.reader.matching import NUMERIC
from rules.reading import FieldReading, Remark

if TYPE_CHECKING:
    from rules.reader.index import FieldIndex
    from rules.reader.matching import Hit
    from rules.reader.page import Slot
    from rules.reader.region import Region


def remarks(region: Region) -> list[Remark]:
    """Return what stands in the remarks column beyond the sub-values the form prints there."""
    found: list[Remark] = []
    if not region.index.remarks_heading:
        return found
    for number, hits in region.matches.hits.items():
        for hit in hits[:1]:
            slot = remark_slot(region, hit)
            text = _beyond(region, number, slot) if slot is not None else ""
            if text and slot is not None:
                found.append(Remark(region.index.fields[number].field.key, text, slot.place))
    order = [entry.field.key for entry in region.index.fields]
    return sorted(found, key=lambda remark: order.index(remark.field))


def remark_slot(region: Region, hit: Hit) -> Slot | None:
    """Return the slot under the remarks heading in the label's row."""
    half = half_over(region, hit.slot)
    column = half.column_of(region.index.remarks_heading) if half else None
    if column is None or hit.slot.table is None:
        return None
    slot = region.page.at(hit.slot.table, hit.slot.row, column)
    if slot is None or slot is hit.slot or region.matches.is_label(slot):
        return None
    return slot


def read_in_remarks(region: Region, entry: FieldIndex, hit: Hit) -> FieldReading | None:
    """Read a number that was put under the remarks, 45个, while the column of numbers is empty.

    Without its unit of measure it may be a remark after all, and is asked about.
    """
    slot = remark_slot(region, hit)
    if slot is None or not slot.filled or entry.field.type not in NUMERIC:
        return None
    cell = slot.cell
    read = read_value(
        slot.text,
        entry.field.type,
        unit=entry.measure,
        number=cell.number if cell else None,
        moment=cell.moment if cell else None,
        flags=cell.flags if cell else frozenset(),
    )
    if read.status != "found" or read.nil or {"words", "breakdown"} & {*read.notes}:
        return None
    if read.given_unit is None:
        read = replace(read, status="ambiguous", value=None, notes=("in-remarks",))
    return reading(entry, read, slot.text.strip(), slot.place)


def _beyond(region: Region, number: int, slot: Slot) -> str:
    """Return a remark without the sub-values that fields of their own read there."""
    text = slot.text.strip()
    owner = region.index.fields[number].field.key
    for entry in region.index.parts.get(owner, ()):
        if text:
            text = read_labelled(text, entry.field.label, entry.field.type, unit=entry.measure)[1]
            if words(text) in ("", "其中", *entry.hints):
                text = ""
    return text
