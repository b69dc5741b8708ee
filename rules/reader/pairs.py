"""What submitters add to a form of pairs: labels of their own, each with its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.values.measures import as_measure
from rules.labels import colon_at, is_numbered, read_label, squeeze, words
from rules.reader.extras import (
    LONGEST_LABEL,
    LONGEST_PAIR,
    NUMBERING,
    bare,
    extra,
    tells_how,
    unit_after,
    unit_between,
)
from rules.reader.gaps import holds_no_value, is_measure, left_of, past_gap_columns
from rules.reader.matching import NOTES
from rules.reader.region import label_columns
from rules.reader.signing import signed_lines
from rules.reading import Extra, Status
from rules.synonyms import heads_values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.reader.page import Slot
    from rules.reader.region import Region


def added_pairs(region: Region, claimed: set[int]) -> list[Extra]:
    """Return pairs of label and value that a form without headings was given in addition."""
    found: list[Extra] = []
    lines = {h.slot.line for hits in region.matches.hits.values() for h in hits}
    among = range(min(lines, default=0), max(lines, default=-1) + 1)
    signed = signed_lines(region)
    for line in region.page.lines[region.first : region.last + 1]:
        if line.number in region.noted or (line.table is None and line.number not in among):
            continue
        if line.number in signed:
            continue
        free = [slot for slot in line.slots if _is_free(region, slot, claimed)]
        pairs = list(_pairs(region, free)) if line.table is not None else []
        found.extend(pairs or filter(None, map(_in_own_slot, free)))
    return found


def _in_own_slot(slot: Slot) -> Extra | None:
    """Return a pair written in one cell or paragraph: 职务：副主任."""
    colon = colon_at(slot.text)
    if colon is None or is_numbered(slot.text) or slot.text.lstrip().startswith(NOTES):
        return None
    label, value = slot.text[:colon], slot.text[colon + 1 :].strip()
    if not value or not 2 <= len(read_label(label).core) <= LONGEST_PAIR:
        return None
    if as_measure(squeeze(value)) is not None:  # 金额单位：万元
        return None
    return Extra(bare(label), Status.FOUND, value, None, value, slot.place)


def _is_free(region: Region, slot: Slot, claimed: set[int]) -> bool:
    return (
        slot.filled
        and id(slot) not in claimed
        and not region.matches.is_label(slot)
        and not region.index.group_of(slot.text)
        and not NUMBERING.match(slot.text)
    ) or (slot.filled and bool(_is_lone_value(region, slot, claimed)))


def _is_lone_value(region: Region, slot: Slot, claimed: set[int]) -> bool:
    """Say whether a number stands right of a label that is not the form's."""
    left = left_of(region, slot)
    return (
        left is not None
        and left.filled
        and id(slot) not in claimed
        and not region.matches.is_label(slot)
        and id(left) not in claimed
        and not region.matches.is_label(left)
        and not NUMBERING.match(left.text)
        and not region.index.group_of(left.text)
    )


def _pairs(region: Region, free: list[Slot]) -> Iterable[Extra]:
    """Return neighbours as label and value; a label rather where the form's labels stand."""
    columns = label_columns(region)
    free = [slot for slot in free if not (is_measure(slot) and holds_no_value(region, slot))]
    position = 0
    while position + 1 < len(free):
        label, value = free[position], free[position + 1]
        beside = _right_of(region, label) is value and label.row_span == value.row_span
        group = (label.table, label.column) not in columns
        group = group and (value.table, value.column) in columns
        heading = heads_values(read_label(value.text[:LONGEST_LABEL]).core)  # 二级指标 | 数量
        if beside and not group and not heading and _looks_like_label(label):
            yield _pair(region, label, value)
            position += 2
        else:
            position += 1


def _looks_like_label(slot: Slot) -> bool:
    core = read_label(slot.text).core if len(slot.text) <= LONGEST_LABEL else ""
    if as_measure(words(slot.text)) is not None:  # 万人次 | 99
        return False
    return len(core) >= 2 and not core[0].isdigit() and not tells_how(slot.text)


def _right_of(region: Region, label: Slot) -> Slot | None:
    return past_gap_columns(region, region.page.right_of(label))


def _pair(region: Region, label: Slot, value: Slot) -> Extra:
    unit = unit_between(region, label, value) or unit_after(region, value)
    counted = extra(label.text, value, unit)
    short = len(words(value.text)) <= 8
    if counted.status is Status.FOUND and short:
        return counted
    return Extra(
        bare(label.text), Status.FOUND, value.text.strip(), None, value.text.strip(), value.place
    )
