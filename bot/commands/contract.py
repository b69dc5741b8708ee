"""The JSON of `read` and `replay`: one object a line, as other programs rely on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from templates.findings import tell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.settings.mistakes import Mistake
    from parsers.mail import File, Mail
    from rules.campaign import Campaign
    from rules.decision import Decision, Submission, UnitMatch
    from rules.finding import Finding
    from rules.form import Form
    from rules.judging.evidence import Piece
    from rules.reading import Extra, FieldReading, Reading
    from state.rows.letters import NewLetter

ARCHIVES = frozenset({"zip", "rar", "7z", "tar", "gz"})


def line_of(row: dict[str, Any]) -> str:
    """Return a row of `read` or `replay` as a line; its error is English there."""
    error: Mistake | None = row["error"]
    return json.dumps(row | {"error": error and error.told("en")}, ensure_ascii=False)


def unit_json(unit: UnitMatch | None) -> dict[str, Any] | None:
    """Return which unit, and by what it was known."""
    return {"id": unit.id, "name": unit.name, "by": unit.by} if unit else None


def field_json(answer: FieldReading) -> dict[str, Any]:
    """Return one field, once, whatever its status."""
    row: dict[str, Any] = {
        "key": answer.key,
        "label": answer.label,
        "status": answer.status.value,
        "value": list(answer.value) if isinstance(answer.value, tuple) else answer.value,
        "raw": answer.raw,
        "place": str(answer.place) if answer.place else None,
    }
    if answer.nil:
        row["nil"] = True
    if answer.notes:
        row["notes"] = list(answer.notes)
    return row


def extra_json(extra: Extra) -> dict[str, Any]:
    """Return one added row."""
    return {
        "label": extra.label,
        "value": list(extra.value) if isinstance(extra.value, tuple) else extra.value,
        "unit": extra.unit,
        "raw": extra.raw,
        "place": str(extra.place) if extra.place else None,
    }


def finding_json(finding: Finding, form: Form | None) -> dict[str, Any]:
    """Return one finding with the sentence its sender would read."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "label": finding.label,
        "place": str(finding.place) if finding.place else None,
        "message": str(tell(finding, form)),
    }


def reading_json(
    name: str,
    reading: Reading,
    campaign: Campaign,
    unit: UnitMatch | None,
    findings: Iterable[Finding],
) -> dict[str, Any]:
    """Return one line of `read` for a recognised form."""
    form = campaign.forms[reading.form]
    return {
        "file": name,
        "kind": "form",
        "form": {"campaign": campaign.id, "id": form.id, "title": form.title},
        "unit": unit_json(unit),
        "fields": [field_json(answer) for answer in reading.fields],
        "extra": [extra_json(extra) for extra in reading.extra],
        "findings": [finding_json(finding, form) for finding in findings],
        "error": None,
    }


def plain_json(
    name: str, kind: str, findings: Iterable[Finding] = (), error: Mistake | None = None
) -> dict[str, Any]:
    """Return one line of `read` for a file that holds no form."""
    told = [finding_json(finding, None) for finding in findings]
    return {
        "file": name, "kind": kind, "form": None, "unit": None, "fields": [], "extra": [],
        "findings": told, "error": error,
    }  # fmt: skip


def kind_of(file: File, piece: Piece | None) -> str:
    """Return the contract's word for a file that is no form."""
    if file.problem is not None:
        return "unreadable"
    if piece is not None and piece.requirement.report is not None:
        return "report"
    by_kind = {"image": "photo", "video": "video", "mail": "mail"}
    return "archive" if file.kind in ARCHIVES else by_kind.get(file.kind, "other")


def submission_json(
    submission: Submission, campaign: Campaign, unit: UnitMatch | None
) -> dict[str, Any]:
    """Return one submission of `replay`, its readings as in `read`."""
    form = campaign.forms.get(campaign.requirement(submission.requirement).form or "")
    name = submission.files[0].name if submission.files else ""
    return {
        "campaign": submission.campaign,
        "requirement": submission.requirement,
        "item": submission.item,
        "standing": submission.standing.value,
        "files": [{"name": f.name, "sha256": f.sha256} for f in submission.files],
        "readings": [
            reading_json(name, reading, campaign, unit, submission.findings)
            for reading in submission.readings
        ],
        "findings": [finding_json(finding, form) for finding in submission.findings],
    }


def decision_json(
    name: str,
    mail: Mail,
    decision: Decision,
    campaigns: Iterable[Campaign],
    letters: Iterable[NewLetter],
) -> dict[str, Any]:
    """Return one line of `replay`."""
    known = {campaign.id: campaign for campaign in campaigns}
    return {
        "file": name,
        "mail": mail.message_id,
        "decision": decision.outcome.value,
        "reason": decision.reason,
        "unit": unit_json(decision.unit),
        "submissions": [
            submission_json(s, known[s.campaign], decision.unit) for s in decision.submissions
        ],
        "findings": [finding_json(finding, None) for finding in decision.findings],
        "candidates": [unit_json(candidate) for candidate in decision.candidates],
        "letters": [
            {"kind": letter.kind, "to": list(letter.recipients), "subject": letter.subject}
            for letter in letters
        ],
        "error": None,
    }


def failed_json(name: str, error: Mistake) -> dict[str, Any]:
    """Return one line of `replay` for a mail that could not be judged."""
    return {
        "file": name, "mail": None, "decision": "held", "reason": "reading-failed", "unit": None,
        "submissions": [], "findings": [], "candidates": [], "letters": [], "error": error,
    }  # fmt: skip
