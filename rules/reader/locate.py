"""Where the value of a label stands: beside it, under it, under a heading, or after its colon."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rules.form import FieldType, Where
from rules.labels import read_label
from rules.reader.below import below, below_row
from rules.reader.columns import columns_under
from rules.reader.combined import is_joint, share
from rules.reader.folded import values_of_half
from rules.reader.following import (
    ends_value,
    is_another_way,
    paragraphs_after,
    stands_in_line,
)
from rules.reader.gaps import past_gap_columns
from rules.reader.going_on import rows_under
from rules.reader.headings import half_over
from rules.reader.unheaded import is_number, number_columns

if TYPE_CHECKING:
    from rules.form import FormField
    from rules.reader.matching import Hit
    from rules.reader.page import Slot
    from rules.reader.region import Region


NAME_OF_IT = frozenset({"姓名", "名字", "名称", "全称", "单位名称", "单位全称"})  # then the value


class Candidate(NamedTuple):
    """A text that may be the value of a hit's field; `slot` is where it stands.

    `unclear` says that the text answers several fields, and which part answers which is not
    to be told. `lines` are the slots that an inside value goes on in; one that `goes_on` is itself
    the rest of the value over it.
    """

    text: str
    slot: Slot
    hit: Hit
    inside: bool = False
    unclear: bool = False
    lines: tuple[Slot, ...] = ()
    goes_on: bool = False


def candidates(region: Region, hit: Hit) -> list[Candidate]:
    """Return where the value of a label may stand; filled places only, if there are any."""
    found = [
        Candidate(slot.text, slot, hit)
        for slot in _outside(region, hit)
        if not (region.shared and ends_value(region, slot))
    ]
    if stands_in_line(region, hit):
        found = _in_paragraph(region, hit)
    elif hit.rest:
        found.append(Candidate(hit.rest, hit.slot, hit, inside=True))
    filled = [c for c in found if c.inside or c.slot.filled] or found[:1]
    filled += [Candidate(slot.text, slot, hit, goes_on=True) for slot in _rest(region, filled)]
    return [_part(region, c) for c in filled] if hit.together else filled


def _rest(region: Region, found: list[Candidate]) -> list[Slot]:
    if len(found) != 1 or found[0].inside or found[0].hit.together:
        return []
    return list(rows_under(region, found[0].hit, found[0].slot))


def _part(region: Region, candidate: Candidate) -> Candidate:
    """Take from a value that answers several fields what answers this one."""
    hit = candidate.hit
    whole, joint = candidate.text.strip(), is_joint(hit.slot.text)
    text = share(region.index, hit.together, hit.field, whole, joint=joint)
    if text is not None:
        return candidate._replace(text=text)
    return candidate._replace(unclear=bool(whole))


def _outside(region: Region, hit: Hit) -> list[Slot]:
    entry = region.index.fields[hit.field].field
    if hit.slot.table is None:
        return []
    if entry.where is Where.COLUMN or (entry.within and half_over(region, hit.slot)):
        return _under_heading(region, hit, entry)
    if entry.where is Where.BELOW:
        return below(region, hit) or _beside(region, hit)
    beside = _beside(region, hit)
    empty = beside and not any(slot.filled for slot in beside)
    if empty and (_alone(region, hit) or _among_labels(region, hit)):
        return below_row(region, hit) or beside
    return beside or below_row(region, hit)


def _alone(region: Region, hit: Hit) -> bool:
    """Say whether one text alone stands under a label alone in its row, of labels over values."""
    under = region.page.below(hit.slot)
    if under is None or not under.filled or not region.over_values(hit.slot.table or 0):
        return False
    rows = region.page.row_of(hit.slot), region.page.row_of(under)
    return all(sum(slot.filled for slot in row) == 1 for row in rows)


def _among_labels(region: Region, hit: Hit) -> bool:
    """Say whether a label stands last of labels side by side in a row that holds nothing else."""
    row = [slot for slot in region.page.row_of(hit.slot) if slot.filled]
    before = region.page.left_of(hit.slot)
    beside = before is not None and region.matches.is_label(before)
    return beside and row[-1] is hit.slot and all(map(region.matches.is_label, row))


def _under_heading(region: Region, hit: Hit, entry: FormField) -> list[Slot]:
    half = half_over(region, hit.slot)
    own_row = entry.within is not None  # a sub-value that was given a row has its number there
    named = entry.column is not None and not own_row
    wanted = read_label(entry.column or "").core if named else region.index.value_heading
    heading = half.slots.get(wanted) if half else None
    if heading is None:
        return _without_heading(region, hit)
    if heading.table != hit.slot.table:
        columns = list(range(heading.column, heading.right_edge))
    else:
        columns = region.columns.get(id(heading)) or _columns_under(region, heading)
    rows = range(hit.slot.row, hit.slot.bottom_edge)
    found = _distinct(region, hit, [(row, column) for row in rows for column in columns])
    own = [s for s in found if s.column < heading.right_edge]
    if len(own) == len(found) or not any(s.filled for s in own):
        return own
    return [s for s in found if s in own or is_number(s)]


def _columns_under(region: Region, heading: Slot) -> list[int]:
    columns = columns_under(region.page, heading, region.index.year)
    region.columns[id(heading)] = columns
    return columns


def _distinct(region: Region, hit: Hit, positions: list[tuple[int, int]]) -> list[Slot]:
    found: list[Slot] = []
    for row, column in positions:
        slot = region.page.at(hit.slot.table or 0, row, column)
        if slot is None or slot is hit.slot or slot in found or region.matches.is_label(slot):
            continue
        found.append(slot)
    return found


def _without_heading(region: Region, hit: Hit) -> list[Slot]:
    """Take the column in which numbers stand beside the labels; both, if two compete."""
    columns, votes = number_columns(region, hit.slot)
    if not columns or region.stacked(hit.slot.table or 0):
        return below_row(region, hit)
    if hit.rest and not votes:
        return []
    rows = range(hit.slot.row, hit.slot.bottom_edge)
    return _distinct(region, hit, [(row, column) for row in rows for column in columns])


def _beside(region: Region, hit: Hit) -> list[Slot]:
    """Return what stands right of the label, in each row the label covers."""
    stacked = region.stacked(hit.slot.table or 0) and not _over_labels(region, hit)
    if stacked or hit.slot.line in region.page.heads:
        return []
    found: list[Slot] = []
    for row in range(hit.slot.row, hit.slot.bottom_edge):
        found.extend(slot for slot in _values_in(region, hit, row) if slot not in found)
    return found


def _over_labels(region: Region, hit: Hit) -> bool:
    """Say whether a row of labels begins right under a label: 单位名称 over a list's heads."""
    under = region.page.below(hit.slot)
    if under is None or not under.filled:
        return False
    return any(map(region.matches.is_label, region.page.row_of(under)))


def _values_in(region: Region, hit: Hit, row: int) -> list[Slot]:
    """Return the value right of a label in one row; all of it beside a label of several rows."""
    first = _past_gap(region, hit, region.page.right_of(hit.slot, row))
    right = _up_to_label(region, first, row)
    rivals = [s for s in right if s.filled and (s.table, s.column) in region.page.rivals]
    if len(rivals) > 1:
        return rivals
    if right and read_label(right[0].text).core in NAME_OF_IT:
        return right[1:2]
    if len(right) > 1:
        meant = values_of_half(region, hit.slot.table or 0, right)
        if meant is not right:
            return meant
    entry = region.index.fields[hit.field].field
    whole = entry.type is FieldType.TEXT and hit.slot.row_span > 1
    return right if whole and sum(slot.filled for slot in right) > 1 else right[:1]


def _up_to_label(region: Region, slot: Slot | None, row: int) -> list[Slot]:
    found: list[Slot] = []
    while slot is not None and region.holds(slot) and not region.matches.is_label(slot):
        found.append(slot)
        slot = region.page.right_of(slot, row)
    return found


def _past_gap(region: Region, hit: Hit, slot: Slot | None) -> Slot | None:
    """Skip empty columns, and empty cells after a colon if one text alone stands in the row."""
    slot = past_gap_columns(region, slot)
    if slot is None or slot.filled or not hit.slot.text.rstrip().endswith((":", "：")):
        return slot
    beyond = [other for other in _up_to_label(region, slot, slot.row) if other.filled]
    alone = len(beyond) == 1 and not ends_value(region, beyond[0])
    return beyond[0] if alone else slot


def _in_paragraph(region: Region, hit: Hit) -> list[Candidate]:
    """Return what follows the label in its paragraph, or in those after it."""
    entry = region.index.fields[hit.field].field
    more = paragraphs_after(region, hit)
    if not hit.rest.strip(" \t　_"):
        lines = more if entry.type in (FieldType.TEXT, FieldType.CHOICE) else more[:1]
        text = "\n".join(s.text for s in lines)
        return [Candidate(text, hit.slot, hit, inside=True, lines=tuple(lines))]
    goes_on = entry.type is FieldType.TEXT and entry.where is not Where.INSIDE
    goes_on = goes_on and (region.shared or not region.has_table)
    goes_on = goes_on or entry.type is FieldType.CHOICE
    following = tuple(s for s in more if goes_on or is_another_way(region, hit, s))
    text = hit.rest
    for slot in following:
        text += ("  " if slot.line == hit.slot.line else "\n") + slot.text
    return [Candidate(text, hit.slot, hit, inside=True, lines=following)]
