"""What the ledger knows of mails, how they came, and their files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from state import rows


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
class LabelRow:
    """What a server said of a mail when it was recorded."""

    uid: int
    received_at: datetime
    size: int


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
    findings: rows.stored.Findings | None
    candidates: rows.stored.Units | None
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
