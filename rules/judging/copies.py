"""Which copies of a form in a mail count: not the blank, last year's or what was sent before."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from rules.judging.leftovers import PAPER
from rules.reader.scanned import NOTE as UNSURE
from rules.reader.scanned import UNRULED
from rules.reading import Status
from rules.who.names import match_name, sure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules.judging.evidence import Evidence, Piece
    from rules.reading import FieldReading, Reading, Value

Key = tuple[str, str, str]  # campaign, requirement, item


def is_blank(piece: Piece) -> bool:
    """Say whether a form is recognised, but nothing is filled in."""
    return piece.reading is not None and piece.reading.blank


def that_count(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out a form's blank, and last year's, where this year's filled one came with it.

    So is the blank of another form in a filled one's file: of a notice's annexes one was filled in.
    """
    filled = [piece for piece in pieces if not is_blank(piece)]
    kept = {(p.campaign.id, p.requirement.key) for p in filled}
    used = {file.sha256 for piece in filled for file in piece.files}
    current = [piece for piece in filled if not _is_aged(piece)]
    return [
        piece
        for piece in pieces
        if not (is_blank(piece) and _is_beside(piece, kept, used))
        and not (_is_aged(piece) and any(_stands_for(other, piece) for other in current))
    ]


def _is_beside(blank: Piece, kept: set[tuple[str, str]], used: set[str]) -> bool:
    """Say whether a blank came with its filled copy, or in the file of another form's."""
    named = (blank.campaign.id, blank.requirement.key)
    return named in kept or any(file.sha256 in used for file in blank.files)


def _is_aged(piece: Piece) -> bool:
    """Say whether a form's title names another year; one of many that may come is none's copy."""
    if piece.campaign.identifier(piece.requirement) is not None:
        return False
    return any(finding.code == "wrong-template" for finding in piece.findings)


def _stands_for(piece: Piece, aged: Piece) -> bool:
    """Say whether a form is this year's of the unit whose other year's the second is."""
    key = piece.campaign.forms[piece.reading.form].unit_field if piece.reading else None
    units = {p.reading.get(key).value for p in (piece, aged) if p.reading} if key else set()
    return _key(piece) == _key(aged) and len(units - {None}) < 2


def contradicting(typed: Sequence[Piece], read: Sequence[Piece]) -> list[Piece]:
    """Return the forms that give another number than the same form among those `read`."""
    return [one for one in typed if any(_key(p) == _key(one) and _differ(p, one) for p in read)]


def _differ(first: Piece, second: Piece) -> bool:
    """Say whether two copies state different numbers; words are spelled in many ways."""
    stated = [_numbers(piece.reading) if piece.reading else {} for piece in (first, second)]
    return any(stated[0].get(key, number) != number for key, number in stated[1].items())


def _numbers(reading: Reading) -> dict[str, Value]:
    return {a.key: a.value for a in reading.fields if isinstance(a.value, int | float)}


def merge(pieces: Sequence[Piece]) -> tuple[list[Piece], bool]:
    """Join pieces that are the same thing twice; say whether any two contradict each other.

    The file that was typed stands for itself and its scan, which came with it under a seal.
    """
    groups: dict[Key, list[Piece]] = {}
    conflicting = False
    for piece in pieces:
        group = groups.setdefault(_key(piece), [])
        conflicting = conflicting or not all(_agree(one, piece) for one in group)
        group.append(piece)
    return [_joined(sorted(group, key=_rank)) for group in groups.values()], conflicting


def _rank(piece: Piece) -> tuple[bool, int]:
    """Rank copies: what was typed before what was read from a picture, then the fuller one."""
    return is_seen(piece), -_added(piece).total()


def is_seen(piece: Piece) -> bool:
    """Say whether a form was read from a picture of paper, or from a table without lines."""
    drawn = any(file.document is not None and "ocr" in file.document.flags for file in piece.files)
    return drawn or any(UNRULED in answer.notes for answer in _answers(piece))


def _answers(piece: Piece) -> Sequence[FieldReading]:
    return piece.reading.fields if piece.reading else ()


def without_earlier(evidence: Evidence, earlier: Iterable[Reading]) -> Evidence:
    """Leave out, of copies that differ, those that say what the unit sent in earlier mails.

    Those are its first file beside the corrected one, or ours with the marks in it. Where no
    copy says anything new, nobody can tell which is meant.
    """
    before = {_form_said(reading) for reading in earlier}
    new = [c for c in evidence.copies if c.reading and _form_said(c.reading) not in before]
    fresh = {_key(copy) for copy in new}
    copies = [c for c in evidence.copies if c in new or _key(c) not in fresh]
    forms, conflicting = merge(copies)
    merged = {_key(piece): piece for piece in forms}
    return replace(
        evidence,
        pieces=tuple(merged.get(_key(piece), piece) for piece in evidence.pieces),
        copies=tuple(copies),
        conflicting=conflicting,
    )


def _key(piece: Piece) -> Key:
    return (piece.campaign.id, piece.requirement.key, piece.item)


def _joined(group: Sequence[Piece]) -> Piece:
    """Return the first of a group of equal pieces with the files of all."""
    files = dict.fromkeys(file for piece in group for file in piece.files)
    return replace(group[0], files=tuple(files))


def _agree(first: Piece, second: Piece) -> bool:
    if first.reading is None or second.reading is None:
        return first.reading is second.reading
    return _say_the_same(first, second) and _add_the_same(first, second)


def _say_the_same(first: Piece, second: Piece) -> bool:
    typed, seen = (piece.reading for piece in sorted((first, second), key=is_seen))
    if typed is None or seen is None or is_seen(first) == is_seen(second):
        return _means(first) == _means(second)
    return all(bears_out(typed.get(answer.key), answer) for answer in seen.fields)


def bears_out(typed: FieldReading, seen: FieldReading) -> bool:
    """Say whether a picture shows what was typed, as far as it could be read."""
    if is_unsure(seen):
        return True
    stated = [(a.status, _bare(a.value)) for a in (typed, seen)]
    return stated[0] == stated[1]


def is_unsure(answer: FieldReading) -> bool:
    """Say whether a cell of a picture, or of a table without lines, could not be read surely."""
    return answer.status is Status.UNREADABLE and bool({UNSURE, UNRULED} & {*answer.notes})


def _means(piece: Piece) -> list[tuple[Status, Value]]:
    """Return what a copy says, its unit by the roster, words whatever their spaces and width."""
    unit = piece.campaign.forms[piece.reading.form].unit_field if piece.reading else None
    return [
        (a.status, _named(piece, a.value) if a.key == unit else _one_width(a.value))
        for a in _answers(piece)
    ]


def _named(piece: Piece, name: Value) -> Value:
    """Return the id of the unit a name surely means, 科技局 or 科学技术局; else the name."""
    if not isinstance(name, str):
        return name
    match = sure(match_name(name, piece.campaign.roster))
    return match.id if match else _one_width(name)


def _one_width(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    return "".join(unicodedata.normalize("NFKC", value).split())


def _bare(value: Value) -> Value:
    """Return words without what a picture does not show: spaces, the width of signs."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in unicodedata.normalize("NFKC", value) if c.isalnum())


def _add_the_same(first: Piece, second: Piece) -> bool:
    """Compare the rows that were added; of a picture or a PDF not all may have been read."""
    other, fuller = sorted((first, second), key=lambda piece: _added(piece).total())
    more = _added(fuller) - _added(other)
    return _added(other) <= _added(fuller) and (not more or _is_drawn(other))


def _added(piece: Piece) -> Counter[Value]:
    """Count the numbers of the rows that a copy adds."""
    rows = piece.reading.extra if piece.reading else ()
    return Counter(row.value for row in rows if isinstance(row.value, int | float))


def _is_drawn(piece: Piece) -> bool:
    return any(file.kind in PAPER for file in piece.files)


def _form_said(reading: Reading) -> tuple[object, ...]:
    added = tuple(sorted(str(row.value) for row in reading.extra))
    return (reading.form, added, *_said(reading))


def _said(reading: Reading) -> tuple[tuple[Status, Value], ...]:
    return tuple((answer.status, answer.value) for answer in reading.fields)
