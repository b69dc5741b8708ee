"""What the ledger says of itself: the equation, who did what, troubles, what a purge takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Equation:
    """Mails in the mailboxes = accepted + returned + ignored + held, once none are pending.

    The five count arrivals through their mails. `unaccounted` are mails the servers showed at
    the last poll that have no arrival.
    """

    arrivals: int
    mails: int
    accepted: int
    returned: int
    ignored: int
    held: int
    pending: int
    on_server: int
    unaccounted: int

    @property
    def complete(self) -> bool:
        """Whether every mail shown by a server has ended in one of the four ways."""
        ended = self.accepted + self.returned + self.ignored + self.held
        return ended == self.arrivals and not self.unaccounted


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Who did what, when."""

    id: int
    at: datetime
    actor: str
    action: str
    detail: str


@dataclass(frozen=True, slots=True)
class AlertRow:
    """Trouble of one kind with one thing, from when it was noticed until it was over."""

    id: int
    kind: str
    subject: str
    reason: str
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PurgeCount:
    """How much a purge takes; `held` of its mails still wait for a person."""

    mails: int
    bytes: int
    letters: int
    held: int
