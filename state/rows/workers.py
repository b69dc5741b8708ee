"""A worker as it is known to the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """One worker: it lives until `until`, by the database's clock, and longer if it beats.

    `campaigns` are fingerprints of the campaigns it has in force, by folder.
    """

    name: str
    machine: str
    began_at: datetime
    until: datetime
    campaigns: dict[str, str]
