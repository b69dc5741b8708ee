"""Whether a document is somebody's edited copy of a campaign's roster, whatever it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.rosters.cells import shown
from rules.rosters.clashes import unit_core
from rules.rosters.headings import OWN, find_headings
from rules.rosters.rows import unit_rows

if TYPE_CHECKING:
    from parsers.document import Document
    from rules.roster import Roster

_CONTACTS = frozenset({"邮箱", "手机", "联系人"})
_FEW, _MANY = 0.3, 0.6  # of the sheet's units that the roster knows
_LEAST_KNOWN = 2
_OURS = 3  # headings that only rosters have: the workbook is one, whoever is in it
_HARDLY = 0.01


def likeness(document: Document, roster: Roster) -> float:
    """Return which part of the sheet's units the roster knows; 0.0 when it is no roster.

    Three headings that only rosters have (应报材料, 免报, 展期至, 简称) are enough, two need few
    known units, a plain list of contacts needs most of them: a unit's form is neither.
    """
    headings = find_headings(document)
    if headings is None:
        return 0.0
    own, columns = OWN & headings.columns.keys(), headings.columns.keys()
    if not own and len(_CONTACTS & columns) < len(_CONTACTS) - 1:
        return 0.0
    known = {unit_core(name) for unit in roster.units for name in (unit.name, *unit.aliases)}
    names = [
        unit_core(shown(row.cells["单位"])) for row in unit_rows(headings) if "单位" in row.cells
    ]
    hits = sum(name in known for name in names)
    part = hits / len(names) if names else 0.0
    if names and len(own) >= _OURS:
        return max(part, _HARDLY)
    enough, least = (_FEW, 1) if len(own) > 1 else (_MANY, _LEAST_KNOWN)
    return part if part >= enough and hits >= least else 0.0
