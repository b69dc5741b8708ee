"""What a letter that answers one mail needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rules.campaign import CampaignFile, Requirement
from rules.decision import FileRef, Submission
from rules.finding import Finding, Severity
from rules.form import Form
from rules.outcome import Standing
from templates.views.attachment import Attachment

if TYPE_CHECKING:
    from rules.reading import Reading


@dataclass(frozen=True, slots=True)
class PartView:
    """What one mail made of one requirement (one per item where many may be sent).

    `late` says the mail came after `due`. `version` counts the unit's submissions of this
    requirement (and item) from 1; `previous` is the version before this one. `stands` says that
    an earlier version is in force, which stays so when this one is returned. `overtaken` is when
    the one in force was received, if that was after this one, which took longer to read; then
    nothing is asked. `unit_name` is told where the mail holds several units'.
    """

    requirement: Requirement
    form: Form | None
    submission: Submission
    due: datetime
    late: bool = False
    version: int = 1
    previous: Submission | None = None
    stands: bool = False
    overtaken: datetime | None = None
    unit_name: str = ""

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What was read, one reading for each copy of the form in the mail."""
        return self.submission.readings

    @property
    def returned(self) -> bool:
        """Whether this part has to come again."""
        return self.submission.standing is Standing.RETURNED and self.overtaken is None


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
