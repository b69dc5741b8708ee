"""The sender's own files with the places to be corrected marked, as they go back with a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.log import get_log
from bot.reading.children import ReadingFailed
from parsers.mark import Mark
from parsers.names import extension
from rules.finding import Severity
from rules.outcome import Standing
from templates.findings import comment
from templates.views import Attachment
from templates.words import marked_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.office import Office
    from parsers.mail import File, Mail
    from rules.decision import Submission
    from rules.finding import Finding
    from state.rows.mails import ClaimedMail

log = get_log("answering")
MARKABLE = frozenset({"docx", "docm", "xlsx", "xlsm"})


def marked_copies(
    office: Office, claimed: ClaimedMail, mail: Mail, submissions: Sequence[Submission]
) -> tuple[Attachment, ...]:
    """Return the sender's own files with what must be corrected highlighted and commented."""
    copies = []
    for file in mail.files:
        marks = marks_for(file, submissions)
        copy = marked_copy(office, claimed, file, marks) if marks else None
        if copy is not None:
            copies.append(copy)
    return tuple(copies)


def marks_for(file: File, submissions: Sequence[Submission]) -> tuple[Mark, ...]:
    """Return one mark per finding that stands in this file; notes are not marked."""
    if file.kind not in MARKABLE:
        return ()
    findings: list[Finding] = [
        finding
        for submission in submissions
        if submission.standing is Standing.RETURNED
        and submission.files
        and submission.files[0].sha256 == file.sha256
        for finding in submission.findings
        if finding.place is not None and finding.severity is not Severity.NOTE
    ]
    return tuple(Mark(f.place, comment(f)) for f in findings if f.place is not None)


def marked_copy(
    office: Office, claimed: ClaimedMail, file: File, marks: Sequence[Mark]
) -> Attachment | None:
    """Mark one file in a reading child; a file that cannot be marked is answered without it."""
    try:
        with office.archive.local(claimed.raw_sha256) as raw:
            data = office.pool.mark(raw, file.sha256, marks)
    except ReadingFailed as failure:
        log.warning("not-marked", mail=claimed.mail_id, cause=failure.cause)
        return None
    if not data:
        return None
    media = "application/vnd.openxmlformats-officedocument"
    kind = "spreadsheetml.sheet" if file.kind.startswith("xls") else "wordprocessingml.document"
    named = file.name if extension(file.name) in MARKABLE else f"{file.name}.{file.kind}"
    return Attachment(marked_name(named), data, f"{media}.{kind}")
