"""The versions of a campaign's roster, as they go into the ledger and come out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.rosters.change import RosterChange

Changes = tuple[RosterChange, ...]


@dataclass(frozen=True, slots=True)
class NewRoster:
    """A version; `data` is the workbook.

    `how` it came: first, file (roster.xlsx was saved), mail, undo. `actor` is who: an address,
    or whom the file names. One that came by mail is proposed until an order adopts it, and
    `base` says from which roster it differs so (`rules.rosters.diff.fingerprint`).
    """

    campaign: str
    data: bytes
    actor: str
    how: str
    changes: Changes = ()
    mail_id: int | None = None
    base: str = ""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A version as kept. `adopted_at` is None while it is only proposed.

    `written_at` is None while roster.xlsx does not hold it yet.
    """

    id: int
    campaign: str
    number: int
    sha256: str
    at: datetime
    actor: str
    how: str
    mail_id: int | None
    base: str
    changes: Changes
    adopted_at: datetime | None
    written_at: datetime | None
