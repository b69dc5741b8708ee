"""From a piece of evidence to a submission: what is wrong with it, and where it then stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rules.calendar import due_instant, is_late
from rules.checks import check_reading
from rules.decision import FileRef, Submission
from rules.finding import Finding, Severity
from rules.outcome import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.campaign import Campaign, Requirement
    from rules.decision import UnitMatch
    from rules.judging.arrival import Arrival
    from rules.judging.evidence import Piece
    from rules.reading import Reading


def submissions_of(
    pieces: Sequence[Piece],
    match: UnitMatch | None,
    arrival: Arrival,
    told: tuple[Finding, ...],
) -> tuple[Submission, ...]:
    """Return one submission a piece; `told` are findings that every form of the mail shares."""
    return tuple(_submission(piece, match, arrival, told) for piece in pieces)


def _submission(
    piece: Piece, match: UnitMatch | None, arrival: Arrival, told: tuple[Finding, ...]
) -> Submission:
    unit = piece.campaign.roster.get(match.id) if match is not None else None
    findings = _about_unit(_findings(piece), match) + (told if piece.reading else ())
    due = due_instant(piece.campaign.file, piece.requirement, unit)
    late = is_late(arrival.received_at, piece.campaign.file, piece.requirement, unit)
    if late:
        findings += (Finding("late", Severity.NOTE, details={"due": due.isoformat()}),)
    return Submission(
        campaign=piece.campaign.id,
        requirement=piece.requirement.key,
        unit=match.id if match is not None else "",
        item=piece.item,
        standing=_standing(findings, late=late),
        files=tuple(FileRef(f.name, f.sha256) for f in piece.files),
        readings=(piece.reading,) if piece.reading else (),
        findings=findings,
    )


def _about_unit(findings: tuple[Finding, ...], match: UnitMatch | None) -> tuple[Finding, ...]:
    """Do not send a form back for its empty 填报单位 alone when the sender is known."""
    if match is None or match.by == "form":
        return findings
    details = {"registered": match.name}
    return tuple(
        replace(f, severity=Severity.WARNING, details=details) if f.code == "unit-missing" else f
        for f in findings
    )


def _findings(piece: Piece) -> tuple[Finding, ...]:
    if piece.reading is None:
        return piece.findings
    return piece.findings + judge_reading(piece.reading, piece.campaign, piece.requirement)


def judge_reading(
    reading: Reading, campaign: Campaign, requirement: Requirement | None
) -> tuple[Finding, ...]:
    """Return what is wrong with one reading: the blank itself, no identifier, failed checks."""
    if reading.blank:
        return (Finding("blank-form", Severity.ERROR),)
    findings = check_reading(reading, campaign.forms[reading.form], campaign.file)
    field = campaign.identifier(requirement) if requirement is not None else None
    if field is None or reading.get(field.key).value is not None:
        return findings
    if any(f.field == field.key and f.severity is Severity.ERROR for f in findings):
        return findings
    place = reading.get(field.key).place
    return (
        Finding("identifier-missing", Severity.ERROR, field.key, field.label, place),
        *findings,
    )


def _standing(findings: Sequence[Finding], *, late: bool) -> Standing:
    if any(f.severity is Severity.ERROR for f in findings):
        return Standing.RETURNED
    return Standing.ACCEPTED_LATE if late else Standing.ACCEPTED
