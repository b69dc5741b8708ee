"""Which units the forms in one mail name: one, several, or somebody else than the sender."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from rules.judging.evidence import unit_text
from rules.who.keys import pairs_of
from rules.who.names import match_name, sure
from rules.who.spellings import abbreviated, place_of, regions_of, tidied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.campaign import Campaign
    from rules.decision import UnitMatch
    from rules.judging.evidence import Piece
    from rules.roster import Unit

# 红山区, 科尔沁左翼中旗: a place inside another, named before any office
_LOWER = re.compile(r"[^局厅委馆院校学会办部]{1,10}?(?:自治旗|旗|县|区|市|镇|乡|苏木)")
_OWN = re.compile(r"(?:我们?|本)(?:单位|部门|机构|[市县区旗盟州省]?[局厅委院校馆会部处办站所])")
_OTHER_KIND = re.compile(
    r"(?:中学|小学|学校|幼儿园|附[中小]|[医生]院|公司|(?<!科)协会|学会|(?<!图书)馆)$"
)
_MISTYPED = 75  # rapidfuzz: 科学技木局
_GOVERNMENT = frozenset({"", "政府", "人民政府", "党委政府"})


def texts_of(copies: Sequence[Piece]) -> tuple[str, ...]:
    """Return what the forms say about their unit, in order of appearance."""
    return tuple(text for piece in copies if (text := unit_text(piece)))


def units_named(copies: Sequence[Piece], campaign: Campaign) -> tuple[UnitMatch, ...]:
    """Return the units of the roster that the forms surely name, each once."""
    sures = (sure(match_name(text, campaign.roster)) for text in texts_of(copies))
    return tuple({match.id: match for match in sures if match is not None}.values())


def has_several(copies: Sequence[Piece], campaign: Campaign) -> bool:
    """Say whether the forms in one mail are several units' (a city sends its counties')."""
    named = units_named(copies, campaign)
    if len(named) == 1:
        unit = campaign.roster.get(named[0].id)
        return unit is not None and speaks_for_another(copies, unit, campaign)
    once = {abbreviated(tidied(text)) for text in texts_of(_once_owed(copies))}
    return len(named) > 1 or len(once) > 1


def speaks_for_another(copies: Sequence[Piece], unit: Unit, campaign: Campaign) -> bool:
    """Say whether a form owed once per unit names an organisation that is not this unit.

    Where a unit may send many (备案表) the organiser may well be somebody else.
    """
    return any(not _fits(text, unit, campaign) for text in texts_of(_once_owed(copies)))


def _once_owed(copies: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in copies if piece.requirement.per_unit == "one")


def _fits(text: str, unit: Unit, campaign: Campaign) -> bool:
    matches = match_name(text, campaign.roster)
    certain = sure(matches)
    if certain is not None:
        return certain.id == unit.id
    if _is_own_word(text, unit):
        return True
    regions = regions_of(campaign.roster)
    likely = any(match.id == unit.id for match in matches)
    return likely and not _is_lower(text, unit, regions) and _is_alike(text, unit, regions)


def _is_own_word(text: str, unit: Unit) -> bool:
    """Say whether a text names nobody but who writes (我单位), or only how it ends: 科技局."""
    bare = abbreviated(tidied(text))
    ends = len(bare) > 2 and any(name.endswith(bare) for name in _names(unit))
    return ends or _OWN.fullmatch(bare) is not None


def _is_alike(text: str, unit: Unit, regions: Sequence[str]) -> bool:
    """Say whether a text may be another name of the unit, as 第二中学, 教育局 are not 科技局's.

    Bureaus that were joined or renamed keep a word (科学技术和工业信息化局), mistyped ones most.
    """
    bare = abbreviated(tidied(text))
    kind = _OTHER_KIND.search(bare)
    names = tuple(map(tidied, (unit.name, *unit.aliases)))
    if kind is not None and not any(name.endswith(kind[0]) for name in names):
        return False
    rest = _without_place(bare, unit, regions)
    if rest in _GOVERNMENT:
        return True
    whole = _without_place(tidied(text), unit, regions)
    return any(
        not pairs_of(_without_place(abbreviated(name), unit, regions)).isdisjoint(pairs_of(rest))
        or ratio(_without_place(name, unit, regions), whole) >= _MISTYPED
        for name in names
    )


def _names(unit: Unit) -> tuple[str, ...]:
    return tuple(abbreviated(tidied(name)) for name in (unit.name, *unit.aliases))


def _without_place(name: str, unit: Unit, regions: Sequence[str]) -> str:
    place = place_of(unit.name, tuple(regions)) or ""
    for start in (*regions, place, place[:-1]):
        name = name.removeprefix(start)
    return name


def _is_lower(text: str, unit: Unit, regions: Sequence[str]) -> bool:
    """Say whether a text names a place inside the unit's own: 红山区 of 赤峰市."""
    place = place_of(unit.name, tuple(regions)) or ""
    rest = abbreviated(tidied(text))
    for start in (*regions, place):
        rest = rest.removeprefix(start)
    match = _LOWER.match(rest)
    if match is None or _is_short_for(match[0], place):
        return False
    return all(match[0] not in name for name in (unit.name, *unit.aliases))


def _is_short_for(place: str, whole: str) -> bool:
    """Say whether a place is written short: 呼市, 二连市."""
    short = 1 < len(place) < 4 and whole.startswith(place[:-1])
    return short and whole.endswith(place[-1])
