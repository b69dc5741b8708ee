"""Which units the forms in one mail name: one, several, or somebody else than the sender."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.judging.evidence import unit_text
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
    return any(match.id == unit.id for match in matches) and not _is_lower(text, unit, campaign)


def _is_lower(text: str, unit: Unit, campaign: Campaign) -> bool:
    """Say whether a text names a place inside the unit's own: 红山区 of 赤峰市."""
    regions = regions_of(campaign.roster)
    own = (*regions, place_of(unit.name, regions) or "")
    rest = abbreviated(tidied(text))
    for place in own:
        rest = rest.removeprefix(place)
    match = _LOWER.match(rest)
    return match is not None and all(match[0] not in name for name in (unit.name, *unit.aliases))
