"""What the ledger knows of the letters that leave, and of each try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

AttemptOutcome = Literal["sent", "refused", "deferred", "uncertain", "rehearsed", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """A rendered letter. At most one ever leaves per (kind, subject_key, period).

    `account` sends it; `recipients` are all envelope addresses; the smaller `priority` goes
    first. `mail_id` is the mail it answers, and only letters with one count as answers. Until
    `approvals` letters of its campaign and kind were let go by a person, it waits for one too.
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
    approvals: int = 0


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
class WrittenRow:
    """For whom a letter is, of which period, and how far it has come."""

    unit: str | None
    period: str
    state: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter without its bytes; `code` and `text` are the last answer of a server.

    `state`: waiting-approval, queued, sending, deferred, uncertain, sent, refused, rehearsed,
    withdrawn (nothing is left to say), unwanted (a person said so).
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
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What one try to send a letter came to; one that is to be tried again waits for `retry_at`."""

    letter_id: int
    outcome: AttemptOutcome
    code: int | None = None
    text: str = ""
    retry_at: datetime | None = None


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
