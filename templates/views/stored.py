"""A stored submission, as the roll-up shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.decision import FileRef
from rules.finding import Finding
from rules.outcome import Standing
from rules.reading import Reading


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """One stored submission as the roll-up shows it; `requirement` is its key.

    `mail_ref` leads to the stored mail (its Message-ID or the ledger's number).
    """

    unit_id: str
    unit_name: str
    requirement: str
    item: str
    version: int
    standing: Standing
    received_at: datetime
    sender: str
    mail_ref: str
    files: tuple[FileRef, ...] = ()
    readings: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()
