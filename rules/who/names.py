"""Which units of a roster a written name may mean, and when that is sure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract_iter

from rules.decision import UnitMatch
from rules.who.keys import Key, names_of, pairs_of
from rules.who.spellings import (
    BARE_PLACE,
    LONGEST,
    abbreviated,
    parted,
    place_of,
    spellings,
    tidied,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules.roster import Roster, Unit
    from rules.who.keys import Names

SURE = 0.88  # at or above it a single match may be taken
MARGIN = 0.04  # the second must be this much below
_LIKE, _MAYBE = 0.9, 0.72  # rapidfuzz: the same name mistyped; worth showing to a coordinator

# letters by which two organisations differ that are otherwise called alike: 左翼中旗 and 左翼后旗,
# 科学技术厅 and 科学技术馆, 第十四中学 and 第十五中学
_TELLING = frozenset(
    "东西南北中前后左右上下内外新老大小一二三四五六七八九十0123456789"
    "省市州盟县区旗镇乡村局厅委院校馆会部处办站所学社团"
)

_LAST_HAN = re.compile(r"[\u4e00-\u9fff]+$")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def match_name(text: str, roster: Roster, by: str = "form") -> tuple[UnitMatch, ...]:
    """Return the units a name may mean, best first; several when it is not clear which.

    1.0 is the roster's own name or alias, 0.93 and up another spelling of it, 0.9 a longer
    text that holds it (赤峰市科技局办公室), less a likeness that a person must confirm. Take the
    first only through `sure`.
    """
    return _matched(text[:LONGEST], roster, by)


@lru_cache(maxsize=16)  # the same name is asked about several times while one mail is judged
def _matched(text: str, roster: Roster, by: str) -> tuple[UnitMatch, ...]:
    if not tidied(text):
        return ()
    names = names_of(roster)
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


def _equal(text: str, names: Names) -> _Scores:
    """Compare spelling by spelling, the surest first: as it is written."""
    own = tidied(text)
    if len(own) > 1 and own in names.by_text:
        return [(key.unit, key.score) for key in names.by_text[own]]
    ways = sorted(spellings(text, names.regions).items(), key=lambda way: -way[1])
    place = place_of(text, names.regions)
    for way, score in ways:
        keys = names.by_text.get(way, ())
        hits = [
            (key.unit, min(score, key.score) if _is_same_place(place, key, names) else _MAYBE)
            for key in keys
        ]
        if hits:
            return hits
    return []


def _is_same_place(place: str | None, key: Key, names: Names) -> bool:
    """Say whether a name of the unit may be of that place: 朝阳县 is not 朝阳市, nor inside it."""
    places = names.places_of[id(key.unit)] if place else ()
    return not places or place in places


# what may stand before or behind a unit's name without making it another organisation
_BEFORE = re.compile(r"(?:关于|报送|来自|附件\d?|转发|原|中共|[:：]|报|由)$|^中国$")
_REPORT = re.compile(
    r"^(?:的|关于|填报|报送|上报|开展|举办|报|20\d\d|科技活动周|科技周|科普|统计表|情况|备案|总结|活动|重点|项目|影像|视频|照片|表)"
)
_OFFICE = re.compile(
    r"^(?:办公室|机关|党组|党委|工会|团委|综合[^\W\d]{0,6}|[^\W\d]{1,12}(?:科|处|室|股|部|中心|组|系|学院|研究院|图书馆))"
    r"(?:$|[^\u4e00-\u9fff])"
)
_OTHER = re.compile(
    r"附属|下属|所属|直属|附中|附小|有限|公司|医院|学会|协会|宣传部|分局|分院|委员会|中学|小学"
)


@dataclass(frozen=True, slots=True)
class _Span:
    """A unit's name inside a longer text: what stands before it, and what behind."""

    key: Key
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


def _held(text: str, names: Names) -> _Scores:
    """Find names inside a longer text, first as its words are parted, then without spaces."""
    return _inside(parted(text), names) or _inside(abbreviated(tidied(text)), names)


def _inside(text: str, names: Names) -> _Scores:
    """Of overlapping names take the longest; of two in a row the second is the one meant."""
    spans: list[_Span] = []
    for key in names.begun_in(text):
        before, hit, behind = text.partition(key.text)
        if not hit:
            continue
        span = _Span(key, len(before), before, behind)
        if not any(other.covers(span) for other in spans):
            spans.append(span)
    scored = [(span, _surety(span, names)) for span in spans]
    starts = {span.start for span, score in scored if score >= SURE}
    return [(s.key.unit, score - 0.3 * (s.end in starts)) for s, score in scored if score]


def _surety(span: _Span, names: Names) -> float:
    """Say how surely the name inside the text is the unit itself."""
    key, behind = span.key, span.behind
    touches = len(key.text) < 3 and _touches(span.before, behind)
    if touches or not (_may_precede(span.before, key, names.regions) or _lies_in(span, names)):
        return 0.0
    if not _HAN.match(behind) or _REPORT.match(behind):
        return 0.9
    place = BARE_PLACE.fullmatch(key.text) is not None
    other = place or _OTHER.search(behind) or not names.places.isdisjoint(pairs_of(behind))
    return 0.9 if not other and _OFFICE.match(behind) else 0.6


def _touches(before: str, behind: str) -> bool:
    return bool(_HAN.match(before[-1:]) or (_HAN.match(behind) and not _REPORT.match(behind)))


def _may_precede(before: str, key: Key, regions: Sequence[str]) -> bool:
    """Say whether what stands before leaves the name whole: 河北省教育厅 is not our 教育厅."""
    if not before or not _HAN.match(before[-1]) or before.endswith(tuple(regions)):
        return True
    if _BEFORE.search(before) is not None:
        return True
    return key.whole and not BARE_PLACE.fullmatch(key.text) and len(key.text) >= 4


def _lies_in(span: _Span, names: Names) -> bool:
    """Say whether a spelling of the same unit begins so: 太原市小店区 of 太原市小店区科技局."""
    before = _LAST_HAN.search(span.before)
    whole = f"{before[0] if before else ''}{span.key.text}"
    return any(text.startswith(whole) for text in names.of_unit[id(span.key.unit)])


def _alike(text: str, names: Names) -> _Scores:
    """Find mistyped names; short ones are never sure, for one letter may be another place."""
    best: dict[int, float] = {}  # by place among the names
    for way in (way for way in spellings(text, names.regions) if len(way) >= 4):
        like = extract_iter(way, names.texts, scorer=ratio, score_cutoff=100 * _MAYBE)
        for _, likeness, place in like:
            name, score = names.texts[place], likeness / 100
            sure_enough = score >= _LIKE and len(name) >= 8 and _is_typo(way, name)
            score = score if sure_enough else min(score, SURE - 0.05)
            best[place] = max(score, best.get(place, 0.0))
    alike = ((names.inner[place], score) for place, score in sorted(best.items()))
    return [(key.unit, score) for key, score in alike if len(key.text) >= 4]


def _is_typo(text: str, name: str) -> bool:
    """Say whether the letters in which two names differ are not those that tell names apart.

    居 in place of 局 tells nothing, 厅 does; so does 前 where the other has no such letter.
    """
    more, less = set(Counter(text) - Counter(name)), set(Counter(name) - Counter(text))
    if more and less:
        return more.isdisjoint(_TELLING) or less.isdisjoint(_TELLING)
    return (more | less).isdisjoint(_TELLING)
