"""Labels typed inside another field's value: 新华路8号 邮编：024000, 其木格（电话：139…）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.form import FieldType
from rules.labels import read_label
from rules.reader.locate import Candidate
from rules.reader.matching import SHAPED, Hit
from rules.synonyms import synonyms

if TYPE_CHECKING:
    from rules.reader.index import FieldIndex
    from rules.reader.region import Region

LONGEST = 80  # characters of a value that may hold another; a summary is told as it stands
_AROUND = " \t\n　,，;；、()（）"


def take_labels_within(region: Region, places: dict[int, list[Candidate]]) -> None:
    """Give fields that stand nowhere else what other values say of them under their label."""
    for entry in region.index.fields:
        if entry.field.type not in SHAPED or entry.number in region.matches.unsure:
            continue
        if any(c.inside or c.slot.filled for c in places.get(entry.number, ())):
            continue
        found = _hold(region, entry, places)
        if found is not None:
            places[entry.number] = [found]
            region.matches.hits[entry.number].append(found.hit)


def _hold(
    region: Region, entry: FieldIndex, places: dict[int, list[Candidate]]
) -> Candidate | None:
    """Take the field's label and value out of the value that holds them."""
    named = _named(entry)
    for number, candidates in places.items():
        if region.index.fields[number].field.type is not FieldType.TEXT:
            continue
        for at, other in enumerate(candidates):
            found = named.search(other.text) if len(other.text) <= LONGEST else None
            if found is None:
                continue
            left = f"{other.text[: found.start()].rstrip(_AROUND)} {other.text[found.end() :]}"
            candidates[at] = other._replace(text=left.strip(_AROUND))
            hit = Hit(entry.number, other.slot, read_label(found[1]), found[2])
            return Candidate(found[2], other.slot, hit, inside=True)
    return None


def _named(entry: FieldIndex) -> re.Pattern[str]:
    names = {*entry.cores}.union(*map(synonyms, entry.cores))
    words = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
    return re.compile(
        rf"(?:^|[\s,，;；、(（])({words})\s*[:：]?\s*([0-9A-Za-z+（(][^\s,，;；、）)]*)[)）]?",
        re.IGNORECASE,
    )
