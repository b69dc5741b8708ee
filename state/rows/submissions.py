"""What the ledger knows of what units handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.outcome import Standing
from state import rows


@dataclass(frozen=True, slots=True)
class SpokenRow:
    """A sender who spoke for a unit; `by` says how the unit was known, "form" if it was named."""

    submission_id: int
    address: str | None
    unit: str
    by: str


@dataclass(frozen=True, slots=True)
class CameRow:
    """One version of a unit as a reminder tells of it: without what was read in it."""

    requirement: str
    item: str
    standing: Standing
    received_at: datetime
    findings: rows.stored.Findings
    sender_address: str | None


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One unit's version of one requirement, with its sources."""

    id: int
    mail_id: int
    campaign: str
    unit: str
    unit_by: str
    requirement: str
    item: str
    version: int
    standing: Standing
    received_at: datetime
    sender_address: str | None
    message_id: str | None
    files: rows.stored.Files
    readings: rows.stored.Readings
    findings: rows.stored.Findings
    supersedes: int | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class StandingRow:
    """Where a unit stands with a requirement, by its submission in force, else the returned one.

    `items` counts the items in force; `returned_open` says a returned version still waits for
    its correction.
    """

    standing: Standing
    received_at: datetime
    version: int
    submission_id: int
    items: int
    returned_open: bool
