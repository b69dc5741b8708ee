"""The versions that units sent of what they owe, and which of them is in force.

In force is the good version received last, whatever the order in which mails were read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select

from rules.outcome import Standing
from state import rows
from state.columns import words
from state.engine import Database
from state.prepared import Prepared
from state.tables import mails, submissions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Subquery

    from state.rows.submissions import CameRow, SpokenRow, SubmissionRow

GOOD = frozenset({Standing.ACCEPTED, Standing.ACCEPTED_LATE, Standing.NIL})
GOOD_CODES = tuple(sorted(standing.value for standing in GOOD))
s = submissions.c
COLUMNS = (
    s.id,
    s.mail_id,
    s.campaign,
    s.unit,
    s.unit_by,
    s.requirement,
    s.item,
    s.version,
    s.standing,
    s.received_at,
    mails.c.sender_address,
    mails.c.message_id,
    s.files,
    s.readings,
    s.findings,
    s.supersedes,
    s.withdrawn_at,
)
NAMES = tuple(column.name for column in COLUMNS)
RECEIPT = (s.received_at, s.mail_id, s.id)  # in order: servers tell seconds, and two may share one
LAST_FIRST = tuple(column.desc() for column in RECEIPT)
IS_GOOD = (s.standing.in_(words(*GOOD_CODES)), s.withdrawn_at.is_(None))


class Submissions(Database):
    """All versions."""

    def submissions(
        self,
        campaign: str,
        *,
        in_force: bool = True,
        since: datetime | None = None,
        unit: str | None = None,
    ) -> list[SubmissionRow]:
        """Return the versions in force, or all of them, in order of receipt; perhaps one unit's.

        With `since`, only those recorded from then on, whenever their mails were received.
        """
        query = _rows().where(s.campaign == campaign).order_by(*RECEIPT)
        if unit is not None:
            query = query.where(s.unit == unit)
        if since is not None:
            query = query.where(s.recorded_at >= since)
        if in_force:
            ranked = _ranked(campaign)
            query = query.where(s.id.in_(select(ranked.c.id).where(ranked.c.rank == 1)))
        return self._submissions(query)

    def submissions_mark(self, campaign: str) -> tuple[int, int, int]:
        """Return what differs as soon as a version was recorded, withdrawn or put back."""
        gone = case((s.withdrawn_at.is_not(None), s.id))
        counts = (func.max(s.id), func.count(gone), func.sum(gone))
        query = select(*counts).where(s.campaign == campaign)
        with self.reading() as connection:
            last, withdrawn, which = connection.execute(query).one()
        return last or 0, withdrawn, int(which or 0)

    def submissions_of(self, mail_id: int) -> list[SubmissionRow]:
        """Return what came with one mail."""
        return self._submissions(_rows().where(s.mail_id == mail_id).order_by(s.id))

    def submission(self, submission_id: int) -> SubmissionRow | None:
        """Return one version."""
        return next(iter(self._submissions(_rows().where(s.id == submission_id))), None)

    def standing_submission(
        self, campaign: str, unit: str, requirement: str, item: str = ""
    ) -> SubmissionRow | None:
        """Return the version in force."""
        owed = {"campaign": campaign, "unit": unit, "requirement": requirement, "item": item}
        return next(map(_row_of, self.ask(STANDS, owed)), None)

    def latest_submission(
        self, campaign: str, unit: str, requirement: str, item: str = ""
    ) -> SubmissionRow | None:
        """Return the version received last, returned ones too."""
        owed = {"campaign": campaign, "unit": unit, "requirement": requirement, "item": item}
        return next(map(_row_of, self.ask(LATEST, owed)), None)

    def came(self, campaign: str, unit: str) -> list[CameRow]:
        """Return all that a unit sent, in order of receipt; what was withdrawn left out."""
        return [_came(*row) for row in self.ask(CAME, {"campaign": campaign, "unit": unit})]

    def spoken(self, campaign: str, after: int = 0) -> list[SpokenRow]:
        """Return who spoke for which unit in the submissions after this id, in order of id."""
        found = self.ask(SPOKEN, {"campaign": campaign, "after": after})
        return [rows.submissions.SpokenRow(*row) for row in found]

    def known_addresses(self, campaign: str) -> dict[str, str]:
        """Address → unit, for senders whose forms named that unit and no other ever."""
        units: dict[str, set[str]] = {}
        spoken = self.spoken(campaign)
        for row in spoken:
            units.setdefault(row.address or "", set()).add(row.unit)
        named = {row.address for row in spoken if row.by == "form" and row.address}
        return {address: min(units[address]) for address in named if len(units[address]) == 1}

    def _submissions(self, query: Select[Any]) -> list[SubmissionRow]:
        with self.reading() as connection:
            return [_row(found) for found in connection.execute(query).mappings()]


def in_force(versions: Sequence[SubmissionRow]) -> list[SubmissionRow]:
    """Return those of all versions, which are in order of receipt, that are in force."""
    good = (row for row in versions if row.standing in GOOD and row.withdrawn_at is None)
    last = {(row.campaign, row.unit, row.requirement, row.item): row.id for row in good}
    ids = frozenset(last.values())
    return [row for row in versions if row.id in ids]


def same_owed(
    campaign: Any, unit: Any, requirement: Any, item: Any
) -> tuple[ColumnElement[bool], ...]:
    """Match the versions of one thing owed."""
    where = (s.campaign == campaign, s.unit == unit, s.requirement == requirement)
    return (*where, s.item == item)


def latest_good(*where: ColumnElement[bool]) -> Select[tuple[int]]:
    """Select the id of the good version received last."""
    return select(s.id).where(*where, *IS_GOOD).order_by(*LAST_FIRST).limit(1)


def _rows() -> Select[Any]:
    return select(*COLUMNS).join_from(submissions, mails)


# Asked once for every mail, so built once.
OWED = same_owed(*map(bindparam, ("campaign", "unit", "requirement", "item")))
STANDS = Prepared(_rows().where(*OWED, *IS_GOOD).order_by(*LAST_FIRST).limit(1))
LATEST = Prepared(_rows().where(*OWED, s.withdrawn_at.is_(None)).order_by(*LAST_FIRST).limit(1))
CAME = Prepared(
    select(s.requirement, s.item, s.standing, s.received_at, s.findings, mails.c.sender_address)
    .join_from(submissions, mails)
    .where(s.campaign == bindparam("campaign"), s.unit == bindparam("unit"))
    .where(s.withdrawn_at.is_(None))
    .order_by(*RECEIPT)
)
# Read from the last id on: by the index of campaigns it would be read from the first.
OF_CAMPAIGN = func.coalesce(s.campaign, "") == bindparam("campaign")
SPOKEN = Prepared(
    select(s.id, mails.c.sender_address, s.unit, s.unit_by)
    .join_from(submissions, mails)
    .where(OF_CAMPAIGN, s.withdrawn_at.is_(None), s.unit != "")
    .where(s.id > bindparam("after"))
    .order_by(s.id)
)


def _row_of(found: Sequence[Any]) -> SubmissionRow:
    return _row(dict(zip(NAMES, found, strict=True)))


def _row(found: Mapping[Any, Any]) -> SubmissionRow:
    return rows.submissions.SubmissionRow(**{**found, "standing": Standing(found["standing"])})


def _came(requirement: str, item: str, standing: str, *rest: Any) -> CameRow:
    return rows.submissions.CameRow(requirement, item, Standing(standing), *rest)


def _ranked(campaign: str) -> Subquery:
    owed = (s.unit, s.requirement, s.item)
    rank = func.row_number().over(partition_by=owed, order_by=LAST_FIRST).label("rank")
    return select(s.id, rank).where(s.campaign == campaign, *IS_GOOD).subquery()
