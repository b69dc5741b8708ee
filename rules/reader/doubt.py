"""When a value that was read is taken back: two rows, two fields or two units claim it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from parsers.values.measures import alike, asked_units, factor, size_of
from rules.form import FieldType
from rules.reader.matching import NUMERIC
from rules.reader.narrowed import says_other
from rules.reader.retracted import retracts
from rules.reading import FieldReading, Status

if TYPE_CHECKING:
    from rules.reader.index import FieldIndex
    from rules.reader.locate import Candidate
    from rules.reader.region import Region


def shared_slots(places: dict[int, list[Candidate]]) -> frozenset[int]:
    """Return ids of slots that several labels, each in a cell of its own, claim as their value."""
    owners: dict[int, int] = {}
    shared: set[int] = set()
    for found in places.values():
        for candidate in found:
            slot, label = id(candidate.slot), id(candidate.hit.slot)
            if not candidate.inside and owners.setdefault(slot, label) != label:
                shared.add(slot)
    return frozenset(shared)


def doubted(  # noqa: PLR0913 - what is known of one value, and of its neighbours
    region: Region,
    entry: FieldIndex,
    candidate: Candidate,
    answer: FieldReading,
    stated: str | None,
    *,
    shared: bool,
) -> FieldReading:
    """Take a value back that answers several fields, another question, or is in two units at once.

    `stated` is the unit of measure that is written for its label: there, over it or beside it.
    """
    if candidate.unclear and answer.status is not Status.MISSING:
        return unsure(answer, "words")
    if answer.status is not Status.FOUND:
        return answer
    if says_other(region, entry, candidate):
        return unsure(answer, "other-label")
    if entry.field.type not in NUMERIC:
        return answer
    in_two = answer.given_unit is None and _in_two_units(region, entry, candidate, stated)
    if retracted := retracts(region, candidate, answer.value):
        return unsure(answer, retracted)
    doubts = (
        ("shared-cell", shared and not answer.nil),
        ("unit-contradicts", in_two and not answer.nil),
    )
    return next((unsure(answer, note) for note, doubt in doubts if doubt), answer)


def _in_two_units(
    region: Region, entry: FieldIndex, candidate: Candidate, stated: str | None
) -> bool:
    """Say whether label, column, group and the line over the table contradict each other."""
    own, line = candidate.hit.label.unit, region.unit
    if own and stated and entry.field.column and _of_other_things(own, stated, entry.measure):
        own = None
    if entry.field.type is not FieldType.MONEY:
        line = _size(region, entry)
        if line and not stated:
            return True
    return (
        bool(stated and line and not alike(stated, line))
        or bool(stated and own and not alike(stated, own))
        or bool(own and _asks_more(entry.measure, own))
    )


def _of_other_things(own: str, stated: str, asked: str | None) -> bool:
    """Say whether a row counts one thing, its column another, as asked: 中心（个）, 床位数（张）.

    元 under 万元 and 人 under 人次 are of the same thing, and contradict each other.
    """
    alone = own not in stated and stated not in own and factor(own, asked_units(stated)) is None
    return alone and asked is not None and alike(stated, asked)


def _size(region: Region, entry: FieldIndex) -> str | None:
    """Return the size in which a line over the table counts what the field asks: 万人次, 万.

    A mere 万 over money in 万元 is said of the money.
    """
    for unit in region.sizes:
        base = size_of(unit)[1]
        if base and entry.counted_in and alike(base, entry.counted_in):
            return unit
        if not base and not any(f.is_money and f.measure != "元" for f in region.index.fields):
            return unit
    return None


@lru_cache(maxsize=1024)
def _asks_more(measure: str | None, unit: str) -> bool:
    """Say whether a label asks for something in another unit as well: 科技报告会（场、人次）."""
    parts = [alike(part, measure or part) for part in asked_units(unit)]
    return any(parts) and not all(parts)


def unsure(answer: FieldReading, note: str) -> FieldReading:
    """Return an answer without its value, and why."""
    return replace(
        answer, status=Status.AMBIGUOUS, value=None, nil=False, notes=(note,), given_unit=None
    )
