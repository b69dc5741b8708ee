"""How units whose rows carry no 编号 keep their ids when an edit of roster.xlsx renames them.

Their ids come from their names, so a renamed unit would be a new one. Which id it had before is
kept beside the version in force, under the data folder, and laid over every later load.
"""

from __future__ import annotations

import json
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from rules.roster import Roster
from rules.rosters.ids import is_derived, kept_ids, with_ids
from state.durable import put_in_place

if TYPE_CHECKING:
    from pathlib import Path

    from rules.campaign import Campaign

Names = dict[str, str]  # id that comes from a name → id the unit had before


def recall(path: Path) -> Names:
    """Return what was kept; nothing when there is nothing, or it cannot be read."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in kept.items()} if isinstance(kept, dict) else {}


def keep(path: Path, names: Names) -> None:
    """Keep the names; never half of them, whoever else keeps them now."""
    if names == recall(path):
        return
    put_in_place(path, json.dumps(names))


def with_known(campaign: Campaign, names: Names) -> Campaign:
    """Return the campaign as loaded, its units under the ids they are known by."""
    taken = {unit.id for unit in campaign.on_file.units}
    units = tuple(
        replace(unit, id=names[unit.id])
        if is_derived(unit) and unit.id in names and names[unit.id] not in taken
        else unit
        for unit in campaign.on_file.units
    )
    return campaign if units == campaign.on_file.units else _on_file(campaign, Roster(units))


def settled(campaign: Campaign, before: Campaign | None, names: Names) -> tuple[Campaign, Names]:
    """Return the campaign with the ids its units had before, and what is to be kept of that."""
    known = with_known(campaign, names)
    if before is not None and any(map(is_derived, known.on_file.units)):
        ids = kept_ids(known.on_file, before.on_file, trusted=True)
        roster = with_ids(known.on_file, ids)
        known = known if roster.units == known.on_file.units else _on_file(known, roster)
    pairs = zip(campaign.on_file.units, known.on_file.units, strict=True)
    return known, {loaded.id: unit.id for loaded, unit in pairs if loaded.id != unit.id}


def _on_file(campaign: Campaign, roster: Roster) -> Campaign:
    changed = copy(campaign)
    changed.roster = changed.on_file = roster
    return changed
