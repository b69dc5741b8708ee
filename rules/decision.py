"""The decision on one mail, as values: what it holds, for whom, and what follows."""

from __future__ import annotations

from dataclasses import dataclass

from rules.finding import Finding
from rules.outcome import Outcome, Standing
from rules.reading import Reading

EACH = "*"
"""In place of a unit in a person's word: each form of a mail is of the unit that it names."""


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """The unit a mail speaks for. `by`: form, sender, filename, subject, signature."""

    id: str
    name: str
    by: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file as the ledger and letters name it."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Submission:
    """One unit's version of one requirement, as found in one mail.

    `item` is the identifying value (项目名称) where a unit may send many, else "".
    `standing` is what this submission makes of unit × requirement.
    """

    campaign: str
    requirement: str
    unit: str
    item: str
    standing: Standing
    files: tuple[FileRef, ...]
    readings: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One value per mail: a constant reason for machines, findings for people.

    `cause` goes to the log only. `findings` are about the mail as a whole (unreadable files,
    unit). `candidates` are units a held mail might be from. `answer` is False when nobody may
    be answered (automatic mail, too old, stranger without a form). `campaign` is the campaign
    the mail belongs to, if known.
    """

    outcome: Outcome
    reason: str
    campaign: str | None = None
    unit: UnitMatch | None = None
    submissions: tuple[Submission, ...] = ()
    findings: tuple[Finding, ...] = ()
    candidates: tuple[UnitMatch, ...] = ()
    answer: bool = True
    cause: str = ""
