"""Where each unit stands with each requirement, derived from its versions and never stored.

A good version stands even when a later one was returned: nobody who has submitted is chased.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, select

from rules.outcome import Standing
from state import rows
from state.engine import Database
from state.prepared import Prepared
from state.submissions import GOOD, RECEIPT, s

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from state.rows.submissions import StandingRow

COLUMNS = (s.id, s.mail_id, s.unit, s.requirement, s.item, s.version, s.standing, s.received_at)
IN_ORDER = (
    select(*COLUMNS)
    .where(s.campaign == bindparam("campaign"), s.withdrawn_at.is_(None))
    .order_by(s.unit, s.requirement, *RECEIPT)
)
EVERYBODYS = Prepared(IN_ORDER.where(s.unit != ""))
ONE_UNITS = Prepared(IN_ORDER.where(s.unit == bindparam("its_unit")))
# Over several items, the best standing of one in force is the unit's.
BEST_FIRST = (Standing.ACCEPTED, Standing.ACCEPTED_LATE, Standing.NIL)


class Standings(Database):
    """Units × requirements. What is missing or exempt is not here: the roster knows it."""

    def standings(
        self, campaign: str, unit: str | None = None
    ) -> dict[tuple[str, str], StandingRow]:
        """Return (unit, requirement) → standing, for all that was accepted or returned.

        With `unit`, only that unit's.
        """
        query = EVERYBODYS if unit is None else ONE_UNITS
        found = self.ask(query, {"campaign": campaign, "its_unit": unit})
        versions = (_Version(*row) for row in found)
        owed = groupby(versions, key=lambda version: (version.unit, version.requirement))
        return {key: _standing(tuple(its)) for key, its in owed}


class _Version(NamedTuple):
    """One version, in the order of COLUMNS."""

    id: int
    mail_id: int
    unit: str
    requirement: str
    item: str
    version: int
    standing: str
    received_at: datetime


def _standing(versions: Sequence[_Version]) -> StandingRow:
    """Several versions of one thing owed, in order of receipt → where the unit stands."""
    in_force = {v.item: v for v in versions if v.standing in GOOD}
    shown = max(in_force.values(), key=_received) if in_force else versions[-1]
    standings = {v.standing for v in in_force.values()}
    best = next((standing for standing in BEST_FIRST if standing in standings), Standing.RETURNED)
    return rows.submissions.StandingRow(
        standing=best,
        received_at=shown.received_at,
        version=shown.version,
        submission_id=shown.id,
        items=len(in_force),
        returned_open=any(_is_open(v, in_force) for v in versions if v.standing not in GOOD),
    )


def _is_open(returned: _Version, in_force: dict[str, _Version]) -> bool:
    """Nothing good came later for its item; one without an item is answered by any."""
    answers = (good for item, good in in_force.items() if returned.item in {"", item})
    return not any(_received(good) > _received(returned) for good in answers)


def _received(version: _Version) -> tuple[datetime, int, int]:
    return (version.received_at, version.mail_id, version.id)
