"""What a letter needs to know, as values: bot fills them, templates only say them.

Every `datetime` here is aware and already in the campaign's time zone; a due moment may be
given as 24:00 of its day (00:00 of the next) or as 23:59:59, both are said as 24:00. Text that
came from outside (names, subjects, raw values) may hold anything: rendering cleans it. One file,
because whoever fills a letter looks for its view here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rules.campaign import CampaignFile, Requirement
from rules.decision import FileRef, Standing, Submission, UnitMatch
from rules.finding import Finding, Severity
from rules.form import Form
from rules.problem import CampaignProblem
from rules.reading import Reading


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that goes out with a letter; `name` is what the recipient sees."""

    name: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class PartView:
    """What one mail made of one requirement (one per item where many may be sent).

    `late` says the mail came after `due`. `version` counts the unit's submissions of this
    requirement (and item) from 1; `previous` is the version before this one. `stands` says that
    an earlier version is in force, which stays so when this one is returned.
    """

    requirement: Requirement
    form: Form | None
    submission: Submission
    due: datetime
    late: bool = False
    version: int = 1
    previous: Submission | None = None
    stands: bool = False

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What was read, one reading for each copy of the form in the mail."""
        return self.submission.readings

    @property
    def returned(self) -> bool:
        """Whether this part has to come again."""
        return self.submission.standing is Standing.RETURNED


@dataclass(frozen=True, slots=True)
class OwedView:
    """What the unit still owes after this mail, a returned part included."""

    title: str
    due: datetime
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """A receipt or a correction list: one letter answers one mail.

    `subject` is the answered mail's. `token` ("A7K2") goes into the subject as `[#A7K2]` and
    finds the thread again. `findings` are about the mail as a whole (an unreadable file).
    `marked` are the sender's own files with the places marked; `blanks` are empty forms.
    """

    campaign: CampaignFile
    unit_name: str
    receipt_number: str
    received_at: datetime
    subject: str
    token: str
    greeting_name: str = ""
    parts: tuple[PartView, ...] = ()
    findings: tuple[Finding, ...] = ()
    owed: tuple[OwedView, ...] = ()
    files: tuple[FileRef, ...] = ()
    marked: tuple[Attachment, ...] = ()
    blanks: tuple[Attachment, ...] = ()

    @property
    def needs_correction(self) -> bool:
        """Whether anything has to come again; then the letter is a correction list."""
        return any(part.returned for part in self.parts) or any(
            finding.severity is Severity.ERROR for finding in self.findings
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnrecognisedView:
    """A mail in which nothing could be recognised: what came, and how to do it right.

    `campaign` is None when the mailbox serves several and none could be told.
    """

    campaign: CampaignFile | None
    received_at: datetime
    subject: str
    token: str
    greeting_name: str = ""
    unit_name: str = ""
    findings: tuple[Finding, ...] = ()
    files: tuple[FileRef, ...] = ()
    owed: tuple[OwedView, ...] = ()
    blanks: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderItem:
    """One thing the unit still owes; a returned one carries its open `findings` and file names."""

    requirement: Requirement
    form: Form | None
    due: datetime
    standing: Standing
    item: str = ""
    findings: tuple[Finding, ...] = ()
    returned_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderView:
    """Written to one unit about one due moment; `now` decides how it is said.

    `items` are what is owed by `due`; `later` is what falls due after it.
    """

    campaign: CampaignFile
    unit_name: str
    now: datetime
    due: datetime
    token: str
    items: tuple[ReminderItem, ...]
    greeting_name: str = ""
    later: tuple[OwedView, ...] = ()
    blanks: tuple[Attachment, ...] = ()


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


@dataclass(frozen=True, slots=True)
class CampaignBrokenView:
    """An edit of a campaign's folder that cannot be used, for who mends it.

    `in_force` is the version that works on; None when there is none, and its mail waits.
    """

    folder: str
    problems: tuple[CampaignProblem, ...]
    in_force: CampaignFile | None = None


@dataclass(frozen=True, slots=True)
class AlertView:
    """Trouble of the bot itself, for its operator: a `kind` of alerts.yaml, about `subject`.

    `until` is when it was over, None while it lasts; both instants are in the operator's zone.
    """

    kind: str
    subject: str
    reason: str
    since: datetime
    until: datetime | None = None


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
