"""Which units of a roster a written name may mean, and when that is sure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract_iter

from rules.decision import UnitMatch
from rules.roster import Roster, Unit
from rules.who.spellings import (
    BARE_PLACE,
    abbreviated,
    parted,
    place_of,
    regions_of,
    spellings,
    tidied,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SURE = 0.88  # at or above it a single match may be taken
MARGIN = 0.04  # the second must be this much below
_LIKE, _MAYBE = 0.9, 0.72  # rapidfuzz: the same name mistyped; worth showing to a coordinator

_STEM = re.compile(r"(?:地区|街道|.)$")
_LAST_HAN = re.compile(r"[\u4e00-\u9fff]+$")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Key:
    """One spelling of one unit. `whole` spellings keep the province or the place.

    `alone` ones (包头 for 包头市) count only when nothing else stands there.
    """

    text: str
    unit: Unit
    score: float
    whole: bool
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Names:
    """All spellings of a roster's names: by their text, and those looked for inside a text."""

    regions: tuple[str, ...]
    by_text: dict[str, tuple[_Key, ...]]
    inner: tuple[_Key, ...]  # the longest first
    texts: tuple[str, ...]  # theirs
    places: frozenset[str]


@lru_cache(maxsize=16)
def _names_of(roster: Roster) -> _Names:
    regions = regions_of(roster)
    keys = _keys(roster, regions)
    by_text: dict[str, tuple[_Key, ...]] = {}
    for key in keys:
        by_text[key.text] = (*by_text.get(key.text, ()), key)
    inner = tuple(sorted((k for k in keys if not k.alone), key=lambda k: -len(k.text)))
    places = frozenset(key.text[:2] for key in inner if BARE_PLACE.fullmatch(key.text))
    return _Names(regions, by_text, inner, tuple(key.text for key in inner), places)


def _keys(roster: Roster, regions: tuple[str, ...]) -> list[_Key]:
    keys = []
    for unit in roster.units:
        ways: dict[str, float] = {}
        for name in (*unit.aliases, unit.name):
            for way, score in spellings(name, regions).items():
                ways[way] = max(score, ways.get(way, 0))
        keys += [_Key(way, unit, score, score > 0.95) for way, score in ways.items()]
    return keys + _places(roster, regions)


def _places(roster: Roster, regions: tuple[str, ...]) -> list[_Key]:
    """Take a place alone for its bureau, where the roster has only one unit of that place."""
    owners: dict[str, list[Unit]] = {}
    for unit in roster.units:
        names = (unit.name, *unit.aliases)
        for place in {p for name in names if (p := place_of(name, regions))}:
            owners.setdefault(place, []).append(unit)
    single = [(place, units[0]) for place, units in owners.items() if len(units) == 1]
    keys = [_Key(place, unit, 0.93, whole=False) for place, unit in single]
    stems = [
        _Key(_STEM.sub("", place), unit, 0.93, whole=False, alone=True)
        for place, unit in single
        if len(place) > 2
    ]
    return keys + stems


def match_name(text: str, roster: Roster, by: str = "form") -> tuple[UnitMatch, ...]:
    """Return the units a name may mean, best first; several when it is not clear which.

    1.0 is the roster's own name or alias, 0.93 and up another spelling of it, 0.9 a longer
    text that holds it (赤峰市科技局办公室), less a likeness that a person must confirm. Take the
    first only through `sure`.
    """
    if not tidied(text):
        return ()
    names = _names_of(roster)
    exact = _equal(text, names)
    if exact:
        return _ranked(exact, by)
    scores = _held(text, names)
    if not any(score >= SURE for _, score in scores):
        scores += _alike(text, names)
    return _ranked(scores, by)


def sure(matches: Sequence[UnitMatch]) -> UnitMatch | None:
    """Return the first match if it is sure and no other comes near it."""
    if not matches or matches[0].score < SURE:
        return None
    if len(matches) > 1 and matches[1].score > matches[0].score - MARGIN:
        return None
    return matches[0]


_Scores = list[tuple["Unit", float]]


def _ranked(scores: Iterable[tuple[Unit, float]], by: str) -> tuple[UnitMatch, ...]:
    best: dict[str, UnitMatch] = {}
    for unit, score in scores:
        known = best.get(unit.id)
        if known is None or score > known.score:
            best[unit.id] = UnitMatch(unit.id, unit.name, by, round(score, 3))
    return tuple(sorted(best.values(), key=lambda match: -match.score))


def _equal(text: str, names: _Names) -> _Scores:
    """Compare spelling by spelling, the surest first."""
    ways = sorted(spellings(text, names.regions).items(), key=lambda way: -way[1])
    for way, score in ways:
        hits = [(key.unit, min(score, key.score)) for key in names.by_text.get(way, ())]
        if hits:
            return hits
    return []


# what may stand before or behind a unit's name without making it another organisation
_BEFORE = re.compile(r"(?:关于|报送|来自|附件\d?|转发|原|中共|[:：]|报|由)$|^中国$")
_REPORT = re.compile(
    r"^(?:的|关于|填报|报送|上报|开展|举办|报|20\d\d|科技活动周|科技周|科普|统计表|情况|备案|总结|活动|重点|项目|影像|视频|照片|表)"
)
_OFFICE = re.compile(
    r"^(?:办公室|机关|党组|党委|工会|团委|综合[^\W\d]{0,6}|[^\W\d]{1,12}(?:科|处|室|股|部|中心|组|系|学院|研究院|图书馆))"
    r"(?:$|[^\u4e00-\u9fff])"
)
_OTHER = re.compile(r"附属|附中|附小|有限|公司|医院|学会|协会|宣传部|分局|分院|委员会|中学|小学")


@dataclass(frozen=True, slots=True)
class _Span:
    """A unit's name inside a longer text: what stands before it, and what behind."""

    key: _Key
    start: int
    before: str
    behind: str

    @property
    def end(self) -> int:
        return self.start + len(self.key.text)

    def covers(self, other: _Span) -> bool:
        """Whether the other name overlaps this one and is not just another unit's same name."""
        same = (self.start, self.end) == (other.start, other.end)
        return self.start < other.end and other.start < self.end and not same


def _held(text: str, names: _Names) -> _Scores:
    """Find names inside a longer text, first as its words are parted, then without spaces."""
    return _inside(parted(text), names) or _inside(abbreviated(tidied(text)), names)


def _inside(text: str, names: _Names) -> _Scores:
    """Of overlapping names take the longest; of two in a row the second is the one meant."""
    spans: list[_Span] = []
    for key in names.inner:
        before, hit, behind = text.partition(key.text)
        if not hit:
            continue
        span = _Span(key, len(before), before, behind)
        if not any(other.covers(span) for other in spans):
            spans.append(span)
    scored = [(span, _surety(span, names)) for span in spans]
    starts = {span.start for span, score in scored if score >= SURE}
    return [(s.key.unit, score - 0.3 * (s.end in starts)) for s, score in scored if score]


def _surety(span: _Span, names: _Names) -> float:
    """Say how surely the name inside the text is the unit itself."""
    key, behind = span.key, span.behind
    touches = len(key.text) < 3 and _touches(span.before, behind)
    if touches or not (_may_precede(span.before, key, names.regions) or _lies_in(span, names)):
        return 0.0
    if not _HAN.match(behind) or _REPORT.match(behind):
        return 0.9
    place = BARE_PLACE.fullmatch(key.text) is not None
    other = place or _OTHER.search(behind) or any(p in behind for p in names.places)
    return 0.9 if not other and _OFFICE.match(behind) else 0.6


def _touches(before: str, behind: str) -> bool:
    return bool(_HAN.match(before[-1:]) or (_HAN.match(behind) and not _REPORT.match(behind)))


def _may_precede(before: str, key: _Key, regions: Sequence[str]) -> bool:
    """Say whether what stands before leaves the name whole: 河北省教育厅 is not our 教育厅."""
    if not before or not _HAN.match(before[-1]) or before.endswith(tuple(regions)):
        return True
    if _BEFORE.search(before) is not None:
        return True
    return key.whole and not BARE_PLACE.fullmatch(key.text) and len(key.text) >= 4


def _lies_in(span: _Span, names: _Names) -> bool:
    """Say whether a spelling of the same unit begins so: 太原市小店区 of 太原市小店区科技局."""
    before = _LAST_HAN.search(span.before)
    whole = f"{before[0] if before else ''}{span.key.text}"
    return any(k.unit is span.key.unit and k.text.startswith(whole) for k in names.inner)


def _alike(text: str, names: _Names) -> _Scores:
    """Find mistyped names; short ones are never sure, for one letter may be another place."""
    best: dict[int, float] = {}  # by place among the names
    for way in (way for way in spellings(text, names.regions) if len(way) >= 4):
        like = extract_iter(way, names.texts, scorer=ratio, score_cutoff=100 * _MAYBE)
        for _, likeness, place in like:
            best[place] = max(likeness / 100, best.get(place, 0.0))
    scores: _Scores = []
    for place, likeness in sorted(best.items()):
        key = names.inner[place]
        if len(key.text) >= 4:
            sure_enough = likeness >= _LIKE and len(key.text) >= 8
            scores.append((key.unit, likeness if sure_enough else min(likeness, SURE - 0.05)))
    return scores
