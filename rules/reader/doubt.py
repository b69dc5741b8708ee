"""When a value that was read is taken back: two rows, two fields or two units claim it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from parsers.values.measures import alike, asked_units
from rules.form import FieldType
from rules.reader.matching import NUMERIC
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


def doubted(
    region: Region, entry: FieldIndex, candidate: Candidate, answer: FieldReading, *, shared: bool
) -> FieldReading:
    """Take a value back that answers several fields at once, or is in two units at once."""
    if candidate.unclear and answer.status is not Status.MISSING:
        return unsure(answer, "words")
    if answer.status is not Status.FOUND or answer.nil or entry.field.type not in NUMERIC:
        return answer
    if shared:
        return unsure(answer, "shared-cell")
    own, line = candidate.hit.label.unit, region.unit
    money = entry.field.type is FieldType.MONEY and answer.given_unit is None
    if money and own and line and not alike(own, line):
        return unsure(answer, "unit-contradicts")
    if answer.given_unit is None and own and _asks_more(entry.measure, own):
        return unsure(answer, "unit-contradicts")
    return answer


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
