"""One copy of a form as a reading: each field answered once, rows added, remarks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from parsers.values.measures import alike, asked_units
from rules.form import FieldType
from rules.labels import read_label
from rules.reader.answer import read_candidate
from rules.reader.columns import is_mere_number
from rules.reader.doubt import doubted, shared_slots, unsure
from rules.reader.extras import added_rows, unit_after, unit_beside, unit_between, unit_over
from rules.reader.groups import group_before, group_slot
from rules.reader.locate import Candidate, candidates
from rules.reader.matching import NUMERIC
from rules.reader.pairs import added_pairs
from rules.reader.region import match_region, match_retyped
from rules.reader.remarks import read_in_remarks, remarks
from rules.reader.retracted import corrections
from rules.reader.scanned import proven, proven_extra, proven_remarks
from rules.reader.sub_values import read_sub_value, without_sub_values
from rules.reader.within import take_labels_within
from rules.reading import Extra, FieldReading, Reading, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.form import Form
    from rules.reader.index import FieldIndex, FormIndex
    from rules.reader.matching import Hit
    from rules.reader.page import Page, Slot
    from rules.reader.region import Region


class Told(NamedTuple):
    """What recognising a copy told of it: how sure it is the form, what its sender is called."""

    score: float = 0.0
    named: tuple[str, ...] = ()


def read_form(  # noqa: PLR0913, PLR0917 - which lines, against what, and what is known already
    page: Page,
    lines: tuple[int, int],
    index: FormIndex,
    campaign: str,
    year: int | None = None,
    told: Told = Told(),  # noqa: B008 - immutable
) -> Reading:
    """Read the lines first..last of a page, both included, as one copy of a form."""
    region = match_region(page, *lines, index)
    places = _places(region)
    claimed = _claimed(region, places)
    if match_retyped(region, claimed):
        places = _places(region)
        claimed = _claimed(region, places)
    take_labels_within(region, places)
    shared = shared_slots(places)
    answers = [_answer(region, entry, places, shared, year) for entry in index.fields]
    answers = proven(region, places, answers)
    form = index.form
    extra = tuple(proven_extra(region, _extra(region, form, claimed), answers))
    blank = not extra and all(a.status is Status.MISSING for a in answers)
    return Reading(
        campaign,
        form.id,
        form.title,
        tuple(answers),
        extra,
        tuple(proven_remarks(region, remarks(region))),
        told.score,
        blank,
        told.named,
        corrections(page),
    )


def _extra(region: Region, form: Form, claimed: set[int]) -> Iterable[Extra]:
    if form.table is None:
        return added_pairs(region, claimed)
    return added_rows(region, claimed)


def _places(region: Region) -> dict[int, list[Candidate]]:
    """Return where each field's value may stand; a text belongs to one label only."""
    return {
        n: [c for hit in hits for c in candidates(region, hit)]
        for n, hits in region.matches.hits.items()
    }


def _claimed(region: Region, places: dict[int, list[Candidate]]) -> set[int]:
    """Return the ids of the slots that hold values; a label's own cell is not among them."""
    found = [c for candidates in places.values() for c in candidates]
    beside = [c.slot for c in found if not c.inside]
    pieces = (p for s in beside for p in region.page.lines[s.line].slots if p.place is s.place)
    return {id(slot) for slot in (*beside, *pieces, *(s for c in found for s in c.lines))}


def _answer(
    region: Region,
    entry: FieldIndex,
    places: dict[int, list[Candidate]],
    shared: frozenset[int],
    year: int | None,
) -> FieldReading:
    if entry.field.within is not None:
        within = read_sub_value(region, entry)
        if within.status is not Status.MISSING or not places.get(entry.number):
            return within
    found = places.get(entry.number, [])
    if not region.matches.hits.get(entry.number):
        return _without_label(region, entry)
    answers = [_read_at(region, entry, c, year, shared=id(c.slot) in shared) for c in found]
    answer = _agreed(region, entry, found, answers) if answers else _empty(region, entry)
    if answer.status is not Status.MISSING:
        return answer
    hits = region.matches.hits[entry.number]
    beside = (read_in_remarks(region, entry, hit) for hit in hits[:1])
    return next(filter(None, beside), answer)


def _read_at(
    region: Region, entry: FieldIndex, candidate: Candidate, year: int | None, *, shared: bool
) -> FieldReading:
    """Read one place of a field, its sub-values left out of it."""
    own = without_sub_values(region, entry, candidate)
    answer = read_candidate(entry, own, _unit_of(region, entry, own), year)
    if own is not candidate:
        answer = replace(answer, raw=candidate.text.strip())
    stated = _own_unit(region, entry, candidate.hit)
    return doubted(region, entry, candidate, answer, stated, shared=shared)


def _without_label(region: Region, entry: FieldIndex) -> FieldReading:
    seen = region.matches.unsure.get(entry.number)
    label = entry.field.label
    if seen is not None:
        return FieldReading(
            entry.field.key, label, Status.AMBIGUOUS, place=seen.place, notes=("duplicate-label",)
        )
    return FieldReading(entry.field.key, label, Status.MISSING, label_found=False)


def _empty(region: Region, entry: FieldIndex) -> FieldReading:
    """Return the answer for a label beside which there is no place for a value."""
    place = region.matches.hits[entry.number][0].slot.place
    return FieldReading(entry.field.key, entry.field.label, Status.MISSING, place=place)


def _agreed(
    region: Region, entry: FieldIndex, found: list[Candidate], answers: list[FieldReading]
) -> FieldReading:
    """Return the one answer of all places, or say that they differ."""
    if len(answers) == 1:
        return answers[0]
    pairs = [p for p in zip(found, answers, strict=True) if p[1].status is not Status.MISSING]
    pairs = [p for p in pairs if not p[0].slot.hidden] or pairs
    if not pairs:
        return answers[0]
    pairs = _number_over_words(entry, pairs)
    first = pairs[0][1]
    if all((a.status, a.value) == (first.status, first.value) for _, a in pairs):
        return first if first.nil or not _abreast(pairs) else unsure(first, "two-numbers")
    one_label = len({id(c.hit.slot) for c, _ in pairs}) == 1
    if one_label and all(c.goes_on for c, _ in pairs[1:]) and not first.nil:
        return _joined([answer for _, answer in pairs], entry)
    rows = all(not c.inside and c.slot.row < c.hit.slot.bottom_edge for c, _ in pairs)
    rows = rows and not all(is_mere_number(c.text) for c, _ in pairs)
    if one_label and rows and not region.page.rivals and entry.field.type is FieldType.TEXT:
        return _joined([answer for _, answer in pairs], entry)
    note = "two-numbers" if one_label else "duplicate-label"
    raw = " / ".join(dict.fromkeys(a.raw for _, a in pairs))
    return replace(unsure(first, note), raw=raw)


def _abreast(pairs: list[tuple[Candidate, FieldReading]]) -> bool:
    """Say whether several numbers stand side by side for one label: equal parts of a sum."""
    label, first = pairs[0][0].hit.slot, pairs[0][0].slot
    return any(
        c.hit.slot is label and not c.inside and c.slot.row == first.row and c.slot is not first
        for c, answer in pairs
        if not isinstance(answer.value, str)
    )


def _joined(answers: list[FieldReading], entry: FieldIndex) -> FieldReading:
    """Return the words of several rows beside one label as one text."""
    divider = "\n" if entry.field.type is FieldType.TEXT else "、"
    value = divider.join(str(answer.value) for answer in answers)
    return replace(answers[0], value=value, raw="\n".join(a.raw for a in answers), nil=False)


def _number_over_words(
    entry: FieldIndex, pairs: list[tuple[Candidate, FieldReading]]
) -> list[tuple[Candidate, FieldReading]]:
    """Where a label's cell goes on in words, only the place that can be read counts."""
    one_label = len({id(c.hit.slot) for c, _ in pairs}) == 1
    if not one_label or entry.field.type is FieldType.TEXT:
        return pairs
    return [p for p in pairs if not (p[0].inside and p[1].status is Status.UNREADABLE)] or pairs


def _unit_of(region: Region, entry: FieldIndex, candidate: Candidate) -> str | None:
    named = written_unit(region, entry, candidate.hit)
    if candidate.inside or entry.field.type not in NUMERIC:
        return named
    own = unit_after(region, candidate.slot)  # 12 | 万人次 is more than a label's 人次
    if own is None and not _unit_over(region, entry, candidate.hit):
        own = unit_between(region, candidate.hit.slot, candidate.slot)
    return named if own is None or (named and alike(own, named)) else own


def written_unit(region: Region, entry: FieldIndex, hit: Hit) -> str | None:
    """Return the unit of measure the label names, or its group, as written in this document."""
    own = _own_unit(region, entry, hit)
    return own or (region.unit if entry.field.type is FieldType.MONEY else None)


def _own_unit(region: Region, entry: FieldIndex, hit: Hit) -> str | None:
    """Return the unit of measure that is written for this label, not for the whole table."""
    over = _unit_over(region, entry, hit)
    if over and (len(asked_units(over)) == 1 or hit.label.unit is None):
        return over  # 数量（个、人、元） is said of no row that names its own
    if hit.label.unit is not None:
        return hit.label.unit
    if beside := unit_beside(region, hit.slot):
        return beside
    group = _group_of(region, entry, hit) if entry.group else None
    return read_label(group.text).unit if group else None


def _unit_over(region: Region, entry: FieldIndex, hit: Hit) -> str | None:
    """Return the unit of measure that the heading of the field's own column names: 增减（%）."""
    column = entry.field.column if entry.field.within is None else None
    return unit_over(region, hit.slot, column) if column else None


def _group_of(region: Region, entry: FieldIndex, hit: Hit) -> Slot | None:
    page, index = region.page, region.index
    named = group_slot(page, hit.slot, index)
    if named or hit.slot.table is None:
        return named
    before = group_before(page, hit.slot, index)
    return before if before and index.group_of(before.text) == entry.group else None
