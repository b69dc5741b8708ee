"""Every spelling of every name on a roster, gathered once for a roster."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from rules.roster import Roster, Unit
from rules.who.spellings import BARE_PLACE, place_of, regions_of, spellings, without_higher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_K = TypeVar("_K")
_V = TypeVar("_V")
_ONE_GATHERS = threading.Lock()
_STEM = re.compile(r"(?:地区|街道|.)$")


@dataclass(frozen=True, slots=True)
class Key:
    """One spelling of one unit. `whole` spellings keep the province or the place.

    `alone` ones (包头 for 包头市) count only when nothing else stands there.
    """

    text: str
    unit: Unit
    score: float
    whole: bool
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """All spellings of a roster's names: by their text, and those looked for inside a text."""

    regions: tuple[str, ...]
    by_text: dict[str, tuple[Key, ...]]
    inner: tuple[Key, ...]  # the longest first
    texts: tuple[str, ...]  # theirs
    places: frozenset[str]  # two letters of each
    begun: dict[str, list[int]]  # two letters → which of `inner` begin so
    of_unit: dict[int, list[str]]  # a unit's id() → its texts in `inner`
    places_of: dict[int, frozenset[str]]  # a unit's id() → the places its names begin with

    def begun_in(self, text: str) -> Iterator[Key]:
        """Yield, the longest first, what may stand in a text: its first two letters do."""
        found = {n for pair in pairs_of(text) for n in self.begun.get(pair, ())}
        return (self.inner[number] for number in sorted(found))


def pairs_of(text: str) -> set[str]:
    """Return every two letters that stand together in a text."""
    return {text[at : at + 2] for at in range(len(text) - 1)}


def names_of(roster: Roster) -> Names:
    """Return the spellings of a roster; who asks while another thread gathers them waits."""
    with _ONE_GATHERS:
        return _gathered(roster)


@lru_cache(maxsize=16)
def _gathered(roster: Roster) -> Names:
    """Gather the spellings of a roster, which is equal only to itself."""
    regions = regions_of(roster)
    keys = _keys(roster, regions)
    by_text: dict[str, tuple[Key, ...]] = {}
    for key in keys:
        by_text[key.text] = (*by_text.get(key.text, ()), key)
    inner = tuple(sorted((k for k in keys if not k.alone), key=lambda k: -len(k.text)))
    places = frozenset(key.text[:2] for key in inner if BARE_PLACE.fullmatch(key.text))
    texts = tuple(key.text for key in inner)
    begun = _grouped((text[:2], number) for number, text in enumerate(texts))
    of_unit = _grouped((id(key.unit), key.text) for key in inner)
    places_of = {id(unit): frozenset(_places_of(unit, regions)) for unit in roster.units}
    return Names(regions, by_text, inner, texts, places, begun, of_unit, places_of)


def _places_of(unit: Unit, regions: tuple[str, ...]) -> Iterator[str]:
    for name in (unit.name, *unit.aliases):
        if place := place_of(name, regions):
            yield place


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    found: dict[_K, list[_V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _keys(roster: Roster, regions: tuple[str, ...]) -> list[Key]:
    keys = []
    for unit in roster.units:
        ways: dict[str, float] = {}
        for name in (*unit.aliases, unit.name):
            for way, score in spellings(name, regions).items():
                ways[way] = max(score, ways.get(way, 0))
            if inner := without_higher(name, regions):
                ways.setdefault(inner, 0.92)
        keys += [Key(way, unit, score, score > 0.95) for way, score in ways.items()]
    return keys + _places(roster, regions)


def _places(roster: Roster, regions: tuple[str, ...]) -> list[Key]:
    """Take a place alone for its bureau, where the roster has only one unit of that place."""
    owners: dict[str, list[Unit]] = {}
    for unit in roster.units:
        for place in set(_places_of(unit, regions)):
            owners.setdefault(place, []).append(unit)
    single = [(place, units[0]) for place, units in owners.items() if len(units) == 1]
    keys = [Key(place, unit, 0.93, whole=False) for place, unit in single]
    stems = [
        Key(_STEM.sub("", place), unit, 0.93, whole=False, alone=True)
        for place, unit in single
        if len(place) > 2
    ]
    return keys + stems
