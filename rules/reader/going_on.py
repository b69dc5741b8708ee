"""Which rows under a value go on with it: the cell of its label is empty there, at a page break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.values import read_value
from rules.form import FieldType
from rules.reader.columns import is_mere_number
from rules.reader.matching import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.reader.matching import Hit
    from rules.reader.page import Slot
    from rules.reader.region import Region

_KINDS = frozenset({FieldType.TEXT, FieldType.PHONE, FieldType.EMAIL})


def rows_under(region: Region, hit: Hit, value: Slot) -> Iterator[Slot]:
    """Yield what goes on with the one value beside a label; whose form it is stands in one row."""
    form, field = region.index.form, region.index.fields[hit.field].field
    beside = value.filled and value.row == hit.slot.row and hit.slot.row_span == 1
    if field.type not in _KINDS or field.key == form.unit_field or not beside:
        return
    label = region.page.below(hit.slot)
    while label is not None and not label.filled and _lies_as(label, hit.slot):
        more = region.page.right_of(label)
        if more is None or not _continues(region, field.type, more):
            return
        yield more
        label = region.page.below(label)


def _lies_as(label: Slot, over: Slot) -> bool:
    return (label.column, label.right_edge) == (over.column, over.right_edge)


def _continues(region: Region, kind: FieldType, slot: Slot) -> bool:
    """Say whether a text may be more of a value, and no number whose label is lost."""
    if not slot.filled or not region.holds(slot) or region.matches.is_label(slot):
        return False
    if kind is not FieldType.TEXT:
        return read_value(slot.text, kind.value).status == "found"
    return not is_mere_number(slot.text) and not slot.text.lstrip().startswith(NOTES)
