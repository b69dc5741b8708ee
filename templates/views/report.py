"""What a letter that tells coordinators of a campaign needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rules.campaign import CampaignFile
from rules.decision import Standing, UnitMatch
from rules.finding import Finding
from templates.views.attachment import Attachment


@dataclass(frozen=True, slots=True)
class ProgressView:
    """One requirement over the whole roster: how many units have each standing."""

    title: str
    due: datetime
    counts: Mapping[Standing, int]


@dataclass(frozen=True, slots=True)
class EventView:
    """One submission since the last digest."""

    unit_name: str
    title: str
    standing: Standing
    received_at: datetime
    item: str = ""
    version: int = 1
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingView:
    """One unit that owes `titles` by `due`, and whom to call; `reminded` counts letters sent."""

    unit_name: str
    titles: tuple[str, ...]
    due: datetime
    contact: str = ""
    phone: str = ""
    reminded: int = 0
    standing: Standing = Standing.MISSING


@dataclass(frozen=True, slots=True)
class HeldView:
    """A mail that waits for a person: `reason` is the decision's constant."""

    number: str
    received_at: datetime
    sender: str
    subject: str
    reason: str
    candidates: tuple[UnitMatch, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EquationView:
    """Every mail of the mailbox has exactly one ending (promise P2); `waiting` are unread yet."""

    mails: int
    accepted: int
    returned: int
    ignored: int
    held: int
    waiting: int = 0

    @property
    def holds(self) -> bool:
        """Whether the sum of the endings is the number of mails."""
        endings = self.accepted + self.returned + self.ignored + self.held + self.waiting
        return self.mails == endings


@dataclass(frozen=True, slots=True)
class UndeliveredView:
    """A letter that did not arrive, or perhaps not. `state`: bounced, refused, uncertain.

    `unit_name` is whose address bounced, `others` where that unit is written to instead.
    """

    recipient: str
    subject: str
    state: str
    at: datetime
    detail: str = ""
    unit_name: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LettersView:
    """What was sent since the last digest; `waiting` are still in the outbox."""

    sent: int
    waiting: int = 0
    undelivered: tuple[UndeliveredView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    """The state of one campaign for its coordinators, at `now`, told since `since`."""

    campaign: CampaignFile
    now: datetime
    since: datetime | None
    units: int
    progress: tuple[ProgressView, ...]
    equation: EquationView
    letters: LettersView
    new: tuple[EventView, ...] = ()
    returned: tuple[EventView, ...] = ()
    late: tuple[EventView, ...] = ()
    missing: tuple[MissingView, ...] = ()
    held: tuple[HeldView, ...] = ()
    rollup: Attachment | None = None
    ignored_reasons: Mapping[str, int] = field(default_factory=dict)
