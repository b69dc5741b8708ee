"""What was read from a picture is a value only where two readings agree and the grid is the form's.

So is what stands in a table without lines: where its cells end is a guess.

A parser flags a text of which its two readings differ; here such a text is no value. Labels prove
the grid: a value counts in its own label's row only, and where most of the form's labels stand.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from rules.form import FieldType, Where
from rules.reading import FieldReading, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parsers.document import Place
    from rules.reader.index import FieldIndex
    from rules.reader.locate import Candidate
    from rules.reader.page import Slot
    from rules.reader.region import Region
    from rules.reading import Extra, Remark

UNSURE = frozenset({"readings-disagree", "unread-ink"})
NOTE = "scan"
UNRULED = "unruled"  # of a table without lines
NOT_SEEN = "not-seen"  # nor was its label: the picture may show a part of the form
LEAST_LABELS = 0.6  # of a form's labels, that its grid counts as proven
_BOXES = "□☐◻▢☑☒■√✓✔"


def proven(
    region: Region, places: Mapping[int, list[Candidate]], answers: list[FieldReading]
) -> list[FieldReading]:
    """Take back the values of a picture that its readings or its grid do not bear out."""
    seen, unruled = _is_picture(region), _unruled(region)
    if not seen and not unruled:
        return answers
    doubtful = _doubtful(region) | _shared(region, answers)
    fits = _fits(region, answers)
    return [
        answer
        if (not seen and answer.place not in unruled and not _is_all(region, unruled))
        or (fits and _holds(entry, places, answer, doubtful))
        else _unread(answer, seen=seen)
        for entry, answer in zip(region.index.fields, answers, strict=True)
    ]


def proven_extra(
    region: Region, extra: Iterable[Extra], answers: Iterable[FieldReading]
) -> Iterable[Extra]:
    """Keep an added row whose words are not sure, or may be a label misread, without its value."""
    rows = {(place.table, place.row) for place in _doubtful(region)}
    inside = {f.field.key for f in region.index.fields if f.field.within is not None}
    misread = any(not a.label_found and a.key not in inside for a in answers)
    for row in extra:
        at = (row.place.table, row.place.row) if row.place else None
        if at in rows or (misread and _is_picture(region)):
            yield replace(row, status=Status.UNREADABLE, value=None)
        else:
            yield row


def proven_remarks(region: Region, said: Iterable[Remark]) -> Iterable[Remark]:
    """Leave out remarks whose words are not sure."""
    doubtful = _doubtful(region)
    return (remark for remark in said if remark.place not in doubtful)


def _is_picture(region: Region) -> bool:
    return any(slot.seen for slot in region.slots)


def _unruled(region: Region) -> frozenset[Place]:
    """Return the cells of tables without lines."""
    return frozenset(slot.place for slot in region.slots if UNRULED in slot.flags)


def _is_all(region: Region, unruled: frozenset[Place]) -> bool:
    """Say whether no table of a form has lines: what was not found may stand anywhere."""
    return all(slot.place in unruled for slot in region.slots if slot.table is not None)


def _doubtful(region: Region) -> frozenset[Place]:
    return frozenset(slot.place for slot in region.slots if slot.flags and slot.flags & UNSURE)


def _shared(region: Region, answers: Iterable[FieldReading]) -> frozenset[Place]:
    """Return the cells that several labels have to themselves: the line between was not seen."""
    alone = zip(region.index.fields, answers, strict=True)
    count = Counter(
        answer.place
        for entry, answer in alone
        if answer.place is not None and entry.field.where is not Where.INSIDE
    )
    return frozenset(place for place, times in count.items() if times > 1)


def _fits(region: Region, answers: Iterable[FieldReading]) -> bool:
    """Say whether enough of the form's own labels stand on the picture."""
    asked = [f.field.key for f in region.index.fields if f.field.within is None]
    found = [a for a in answers if a.key in asked and a.label_found]
    return len(found) >= LEAST_LABELS * len(asked)


def _holds(
    entry: FieldIndex,
    places: Mapping[int, list[Candidate]],
    answer: FieldReading,
    doubtful: frozenset[Place],
) -> bool:
    """Say whether an answer, an empty one too, rests on sure words in the right row."""
    found = places.get(entry.number, [])
    slots = [slot for c in found for slot in (c.slot, *c.lines)]
    if answer.place in doubtful or any(slot.place in doubtful for slot in slots):
        return False
    if not answer.label_found:  # its label was misread rather than deleted
        return entry.field.within is not None
    if entry.field.type is FieldType.CHOICE and not _boxed(entry, slots, answer):
        return False
    return entry.field.where is Where.BELOW or all(_beside(c) for c in found)


def _beside(candidate: Candidate) -> bool:
    """Say whether a value stands in the rows of its label, no more and no fewer."""
    value, label = candidate.slot, candidate.hit.slot
    if candidate.inside or value.table is None or value.table != label.table:
        return True
    if value.row >= label.bottom_edge:
        return True  # under its label: told by the columns
    return (value.row, value.row_span) == (label.row, label.row_span)


def _boxed(entry: FieldIndex, slots: Iterable[Slot], answer: FieldReading) -> bool:
    """Say whether every choice still has its box: one that was lost may have been ticked.

    Where no box stands at all none was printed, and nothing chosen has to be asked for.
    """
    text = "".join(slot.text for slot in slots)
    boxes = sum(char in _BOXES for char in text)
    return boxes >= len(entry.field.choices) or (not boxes and answer.status is Status.MISSING)


def _unread(answer: FieldReading, *, seen: bool) -> FieldReading:
    notes = (NOTE,) if answer.label_found else (NOTE, NOT_SEEN)
    notes = notes if seen else (UNRULED,)
    return replace(
        answer, status=Status.UNREADABLE, value=None, nil=False, notes=notes, given_unit=None
    )
