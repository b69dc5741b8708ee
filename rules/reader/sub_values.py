"""Where a sub-value stands in its owner's row: in the remarks, 其中: 科技人员 300人, or beside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.values import read_labelled, read_value
from rules.reader.answer import reading
from rules.reader.following import paragraphs_after, stands_in_line
from rules.reader.headings import half_over
from rules.reader.locate import candidates
from rules.reader.matching import NUMERIC
from rules.reader.remarks import remark_slot
from rules.reading import FieldReading, Status

if TYPE_CHECKING:
    from rules.reader.index import FieldIndex
    from rules.reader.locate import Candidate
    from rules.reader.matching import Hit
    from rules.reader.page import Slot
    from rules.reader.region import Region

_LEFT_OVER = re.compile(r"[(（][\s其中含:：]*[)）]|^其中[:：]?|[,，、;；]\s*$")


def read_sub_value(region: Region, entry: FieldIndex) -> FieldReading:
    """Read a sub-value in its owner's row: first in the remarks, then beside the value."""
    owner = next(f for f in region.index.fields if f.field.key == entry.field.within)
    hits = region.matches.hits.get(owner.number, [])
    seen: Slot | None = None
    for text, slot in (place for hit in hits for place in _row_places(region, hit)):
        for name in (entry.field.label, *entry.field.aliases):
            if name in _flat(text):
                seen = seen or slot
                read = read_labelled(text, name, entry.field.type, unit=entry.measure)[0]
                if read.status != "missing":
                    return reading(entry, read, text.strip(), slot.place)
                if (beside := _number_after(region, entry, slot)) is not None:
                    return beside
    return _without_sub_value(region, entry, hits, seen)


def without_sub_values(region: Region, entry: FieldIndex, candidate: Candidate) -> Candidate:
    """Leave what a value's own cell says of its sub-values out: 1200人（科技人员300人）."""
    parts = region.index.parts.get(entry.field.key)
    if parts is None or entry.field.type not in NUMERIC or candidate.text.isdecimal():
        return candidate
    text = candidate.text
    for sub in parts:
        for name in (sub.field.label, *sub.field.aliases):
            read, rest = read_labelled(text, name, sub.field.type, unit=sub.measure)
            left = _LEFT_OVER.sub("", rest).strip()
            text = left if read.status == "found" and any(map(str.isdigit, left)) else text
    return candidate if text == candidate.text else candidate._replace(text=text)


def _number_after(region: Region, entry: FieldIndex, slot: Slot) -> FieldReading | None:
    """Read a sub-value in the cell after its label's: 其中：科技人员 | 300."""
    after = region.page.right_of(slot)
    if after is None or not after.filled or region.matches.is_label(after):
        return None
    if not _under_remarks(region, after):
        return None
    cell = after.cell
    read = read_value(
        after.text,
        entry.field.type,
        unit=entry.measure,
        number=cell.number if cell else None,
        moment=cell.moment if cell else None,
        flags=cell.flags if cell else frozenset(),
    )
    return None if read.status == "missing" else reading(entry, read, after.text, after.place)


def _under_remarks(region: Region, slot: Slot) -> bool:
    """Say whether a slot stands under the remarks heading, or under none."""
    half = half_over(region, slot)
    if half is None:
        return False
    heading = next(iter(half.slots.values()))
    over = region.page.at(heading.table or 0, heading.row, slot.column)
    return over is None or not over.filled or over is half.slots.get(region.index.remarks_heading)


def _without_sub_value(
    region: Region, entry: FieldIndex, hits: list[Hit], seen: Slot | None
) -> FieldReading:
    beside = seen or next((s for hit in hits if (s := remark_slot(region, hit))), None)
    return FieldReading(
        entry.field.key,
        entry.field.label,
        Status.MISSING,
        place=beside.place if beside else None,
        label_found=seen is not None,
    )


def _row_places(region: Region, hit: Hit) -> list[tuple[str, Slot]]:
    """Return the texts of a label's row: the remark, the other cells, what follows the label.

    Of a label in a paragraph, what follows are the paragraphs up to the next label.
    """
    if stands_in_line(region, hit):
        after = [(s.text, s) for s in paragraphs_after(region, hit)]
        return [(hit.rest, hit.slot), *after]
    first = remark_slot(region, hit)
    row = [s for s in region.page.row_of(hit.slot) if s is not hit.slot and s is not first]
    free = [s for s in row if not region.matches.is_label(s)]
    under = (c.slot for c in candidates(region, hit) if not c.inside and c.slot not in row)
    beside = [*([first] if first else []), *free, *under]
    return [*((s.text, s) for s in beside), (hit.rest, hit.slot)]


def _flat(text: str) -> str:
    return "".join(text.split())
