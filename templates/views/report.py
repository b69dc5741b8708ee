"""What a letter that tells coordinators of a campaign needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote

from rules.campaign import CampaignFile
from rules.decision import UnitMatch
from rules.finding import Finding
from rules.outcome import Standing
from templates.views.attachment import Attachment
from templates.views.unsent import RehearsedView, WaitingLetters


@dataclass(frozen=True, slots=True)
class ProgressView:
    """One requirement over the whole roster: how many units have each standing."""

    title: str
    due: datetime
    counts: Mapping[Standing, int]


@dataclass(frozen=True, slots=True)
class ActionView:
    """A button: what it orders, in words, and the mailto link that orders it."""

    label: str
    href: str

    @property
    def subject(self) -> str:
        """What the link sends, for who reads plain text and has to type it."""
        return unquote(self.href.partition("?subject=")[2])


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
    """One unit that owes `titles` by `due`, and whom to call; `reminded` counts letters sent.

    `silent`: it has never written; `unreachable`: no address of it is left to write to.
    """

    unit_name: str
    titles: tuple[str, ...]
    due: datetime
    contact: str = ""
    phone: str = ""
    reminded: int = 0
    standing: Standing = Standing.MISSING
    silent: bool = False
    unreachable: bool = False


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
    actions: tuple[ActionView, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnouncedView:
    """A file of which only a link came, to be fetched by a person before it expires."""

    unit_name: str
    title: str
    name: str
    size: str
    expires: datetime | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ProposalView:
    """An address that submitted for a unit and is not on the roster; `actions` put it there."""

    unit_name: str
    address: str
    received_at: datetime
    actions: tuple[ActionView, ...] = ()


@dataclass(frozen=True, slots=True)
class TotalView:
    """A total so far beside last year's, None if not given; `unit` of measure, perhaps ""."""

    title: str
    label: str
    unit: str
    value: float
    last_year: float | None = None


@dataclass(frozen=True, slots=True)
class ActView:
    """An order that somebody gave by mail; `number` takes it back."""

    at: datetime
    actor: str
    said: str
    number: str
    undone: bool = False


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
    """A letter that did not arrive, or perhaps not.

    `state`: bounced, refused, uncertain, stale (its day was over before it could leave).

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
    """The state of one campaign for its coordinators, at `now`, told since `since`.

    `rehearsed` are the letters a rehearsal did not send; None when this is no rehearsal.
    """

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
    links: tuple[AnnouncedView, ...] = ()
    proposals: tuple[ProposalView, ...] = ()
    totals: tuple[TotalView, ...] = ()
    acts: tuple[ActView, ...] = ()
    actions: tuple[ActionView, ...] = ()
    paused: datetime | None = None
    rehearsed: tuple[RehearsedView, ...] | None = None
    waiting: WaitingLetters = field(default_factory=WaitingLetters)


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """How one requirement went: units by standing, and those whose extension still runs.

    `never` are the units it has not come from, `late` came after the due day, `returned` wait
    for a correction.
    """

    title: str
    due: datetime
    counts: Mapping[Standing, int]
    extended: int
    never: tuple[MissingView, ...] = ()
    late: tuple[EventView, ...] = ()
    returned: tuple[MissingView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingView:
    """A closing report (收尾报告): of what was due on `due`, or with None of the week past.

    `upward` is the higher level's form filled in, where there is one.
    """

    campaign: CampaignFile
    now: datetime
    due: datetime | None
    units: int
    outcomes: tuple[OutcomeView, ...]
    equation: EquationView
    letters: LettersView
    progress: tuple[ProgressView, ...] = ()
    totals: tuple[TotalView, ...] = ()
    proposals: tuple[ProposalView, ...] = ()
    actions: tuple[ActionView, ...] = ()
    rollup: Attachment | None = None
    upward: tuple[Attachment, ...] = ()
