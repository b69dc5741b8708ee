"""The values that go into the ledger and come out of it, all frozen."""

from state.rows.accounts import AlertRow, AuditRow, Equation, PurgeCount
from state.rows.letters import AttemptRow, BouncedRow, LetterRow, NewLetter, QueuedLetter
from state.rows.mails import (
    ArrivalRow,
    ClaimedMail,
    FileRow,
    MailHeaders,
    MailRow,
    NewArrival,
    NewFile,
    PollState,
    RecordedArrival,
)
from state.rows.submissions import SpokenRow, StandingRow, SubmissionRow

__all__ = [
    "AlertRow",
    "ArrivalRow",
    "AttemptRow",
    "AuditRow",
    "BouncedRow",
    "ClaimedMail",
    "Equation",
    "FileRow",
    "LetterRow",
    "MailHeaders",
    "MailRow",
    "NewArrival",
    "NewFile",
    "NewLetter",
    "PollState",
    "PurgeCount",
    "QueuedLetter",
    "RecordedArrival",
    "SpokenRow",
    "StandingRow",
    "SubmissionRow",
]
