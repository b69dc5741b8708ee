"""The values that go into the ledger and come out of it, all frozen.

Longer than a house file because it is a list, read beside tables.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.decision import FileRef, Standing, UnitMatch
from rules.finding import Finding
from rules.reading import Reading


@dataclass(frozen=True, slots=True)
class NewArrival:
    """One mail as a mailbox showed it, its bytes already in the archive.

    `content_key` is the hash without trace headers: equal content is one mail. `answerable` is
    False for mail that was old when its mailbox was first seen. A folder that gives no
    UIDVALIDITY has 0. Mails of a lower `lane` are read first.
    """

    mailbox: str
    folder: str
    uidvalidity: int
    uid: int
    received_at: datetime
    raw_sha256: str
    content_key: str
    size: int
    answerable: bool = True
    lane: int = 1


@dataclass(frozen=True, slots=True)
class RecordedArrival:
    """The mail an arrival belongs to, and whether this arrival brought it."""

    mail_id: int
    is_new_mail: bool


@dataclass(frozen=True, slots=True)
class PollState:
    """What was last seen of one folder.

    `older` of the mails `on_server` were beyond the search's reach when its UIDs were last
    compared, at `listed_at`.
    """

    mailbox: str
    folder: str
    uidvalidity: int
    on_server: int
    older: int
    last_uid: int | None
    first_polled_at: datetime
    polled_at: datetime
    listed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A mail that one worker may read now. `attempts` counts this one.

    `assigned_campaign` and `assigned_unit` are what a coordinator said when reopening it.
    """

    mail_id: int
    raw_sha256: str
    mailbox: str
    folder: str
    received_at: datetime
    attempts: int
    answerable: bool
    assigned_campaign: str | None
    assigned_unit: str | None
    content_key: str = ""


@dataclass(frozen=True, slots=True)
class MailHeaders:
    """What the ledger remembers of a mail's headers. `references`: nearest first.

    In-Reply-To goes before References, and X-OQ-MSGID may be among them.
    """

    message_id: str | None = None
    subject: str = ""
    sender_address: str | None = None
    sender_name: str = ""
    automatic: str | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewFile:
    """One attachment, archive member or in-body table of a mail, as parsers.mail.File."""

    name: str
    sha256: str
    size: int
    kind: str
    path: tuple[str, ...] = ()
    inline: bool = False
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file and the mail that brought it."""

    mail_id: int
    position: int
    name: str
    sha256: str
    size: int
    kind: str
    path: tuple[str, ...]
    inline: bool
    problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """A rendered letter. At most one ever leaves per (kind, subject_key, period).

    `account` sends it; `recipients` are all envelope addresses; the smaller `priority` goes
    first. `mail_id` is the mail it answers, and only letters with one count as answers.
    """

    kind: str
    subject_key: str
    period: str
    account: str
    recipients: tuple[str, ...]
    message_id: str
    subject: str
    raw: bytes
    not_before: datetime
    campaign: str | None = None
    unit: str | None = None
    mail_id: int | None = None
    priority: int = 5
    requirements: tuple[str, ...] = ()
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueuedLetter:
    """A letter that one worker must send now, byte for byte. `attempts` counts this one."""

    id: int
    kind: str
    account: str
    recipients: tuple[str, ...]
    message_id: str
    subject: str
    raw: bytes
    attempts: int
    campaign: str | None
    unit: str | None
    mail_id: int | None
    requirements: tuple[str, ...]
    period: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter without its bytes; `code` and `text` are the last answer of a server.

    `state`: queued, sending, deferred, uncertain, sent, refused, rehearsed, withdrawn.
    """

    id: int
    kind: str
    subject_key: str
    period: str
    account: str
    recipients: tuple[str, ...]
    message_id: str
    subject: str
    size: int
    campaign: str | None
    unit: str | None
    mail_id: int | None
    requirements: tuple[str, ...]
    priority: int
    not_before: datetime
    created_at: datetime
    state: str
    attempts: int
    settled_at: datetime | None
    code: int | None
    text: str | None

    @property
    def sent_at(self) -> datetime | None:
        """When a server took it."""
        return self.settled_at if self.state == "sent" else None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One try to send a letter, and what came of it."""

    letter_id: int
    worker: str
    at: datetime
    outcome: str
    code: int | None
    text: str


@dataclass(frozen=True, slots=True)
class BouncedRow:
    """An address that a letter of ours came back from."""

    address: str
    letter_id: int
    bounced_at: datetime
    campaign: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class SpokenRow:
    """A sender who spoke for a unit; `by` says how the unit was known, "form" if it was named."""

    submission_id: int
    address: str | None
    unit: str
    by: str


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
    files: tuple[FileRef, ...]
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]
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


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail and what was decided about it; `outcome` is None while that is pending."""

    id: int
    mailbox: str
    folder: str
    received_at: datetime
    raw_sha256: str
    size: int
    answerable: bool
    attempts: int
    outcome: str | None
    reason: str | None
    cause: str | None
    decided_at: datetime | None
    campaign: str | None
    unit: str | None
    unit_name: str | None
    unit_by: str | None
    message_id: str | None
    subject: str | None
    sender_address: str | None
    sender_name: str | None
    automatic: str | None
    findings: tuple[Finding, ...] | None
    candidates: tuple[UnitMatch, ...] | None
    notes: tuple[str, ...] | None
    assigned_campaign: str | None
    assigned_unit: str | None
    mended_key: str | None
    purged_at: datetime | None


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One showing of a mail; `raw_sha256` is what came then, whatever has been mended since."""

    mailbox: str
    folder: str
    uidvalidity: int
    uid: int | None
    received_at: datetime
    raw_sha256: str
    recorded_at: datetime
    gone_at: datetime | None


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
