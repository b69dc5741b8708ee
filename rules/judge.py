"""The decision on one mail: campaign, unit, requirement, findings, and how it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from parsers.quotation import own_lines
from rules.announced import find_announced
from rules.calendar import due_instant, is_late
from rules.checks import check_reading
from rules.decision import Decision, FileRef, Outcome, Standing, Submission, UnitMatch
from rules.evidence import Evidence, Piece, gather
from rules.finding import Finding, Severity
from rules.speakers import has_several, speaks_for_another, texts_of, units_named
from rules.units import UnitAnswer, identify_unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parsers.mail import Mail
    from rules.campaign import Campaign, Requirement
    from rules.reading import Reading


class History(Protocol):
    """What earlier mails have taught, asked of the ledger."""

    def known_addresses(self, campaign: str) -> Mapping[str, str]:
        """Address → the one unit it spoke for."""
        ...

    def thread_unit(self, campaign: str, mail: Mail) -> str | None:
        """Return the unit of the letter of ours that this mail answers, if any."""
        ...


class NoHistory:
    """A history that knows nothing: `shoubiao read` and `replay`."""

    def known_addresses(self, campaign: str) -> Mapping[str, str]:  # noqa: ARG002 - the protocol's
        """Know nobody."""
        return {}

    def thread_unit(self, campaign: str, mail: Mail) -> str | None:  # noqa: ARG002 - the protocol's
        """Know no thread."""
        return None


@dataclass(frozen=True, slots=True)
class Arrival:
    """When and where a mail came in. `answerable` is False for mail too old to be answered.

    `assigned_campaign` and `assigned_unit` are a coordinator's word (认领), which goes first.
    """

    mailbox: str
    received_at: datetime
    answerable: bool = True
    assigned_campaign: str | None = None
    assigned_unit: str | None = None


def is_open(campaign: Campaign, received_at: datetime) -> bool:
    """Say whether a mail received at this instant may belong to the campaign."""
    first, last = campaign.days_open()
    return first <= campaign.day_of(received_at) <= last


def in_force(campaigns: Sequence[Campaign], arrival: Arrival) -> tuple[Campaign, ...]:
    """Return the campaigns open at the arrival, those of its mailbox first."""
    opened = [c for c in campaigns if is_open(c, arrival.received_at)]
    return tuple(sorted(opened, key=lambda c: not _is_meant(c, arrival)))


def _is_meant(campaign: Campaign, arrival: Arrival) -> bool:
    if arrival.assigned_campaign is not None:
        return campaign.id == arrival.assigned_campaign
    return arrival.mailbox in campaign.file.mailboxes


def judge(
    mail: Mail, arrival: Arrival, campaigns: Sequence[Campaign], history: History
) -> Decision:
    """Decide on one mail. Pure: the same inputs always give the same decision."""
    if mail.automatic in {"own-loop", "bounce"}:  # what they hold is ours, or was never sent to us
        reason = "own-letter" if mail.automatic == "own-loop" else mail.automatic
        return Decision(Outcome.IGNORED, reason, answer=False)
    opened = in_force(campaigns, arrival)
    if not opened:
        return Decision(Outcome.IGNORED, "no-campaign-open", answer=False)
    prefer = frozenset(c.id for c in opened if _is_meant(c, arrival))
    evidence = gather(mail, opened, prefer)
    evidence = replace(evidence, findings=evidence.findings + find_announced(mail, opened[0]))
    decision = (
        _judge_pieces(mail, evidence, arrival, history)
        if evidence.pieces
        else _judge_nothing(mail, evidence, opened[0], arrival, history)
    )
    quiet = mail.automatic is not None or not arrival.answerable or mail.sender is None
    return replace(decision, answer=False) if quiet else decision


def _judge_pieces(mail: Mail, evidence: Evidence, arrival: Arrival, history: History) -> Decision:
    campaign = evidence.campaigns[0]
    answer = find_unit(mail, evidence, campaign, arrival, history)
    held = _reason_to_hold(mail, evidence, answer, arrival)
    pieces = tuple(p for p in evidence.pieces if p.campaign is campaign)
    if held is not None:
        whose = answer.unit if held in SURE_OF_UNIT else None
        return Decision(
            Outcome.HELD,
            held,
            campaign=campaign.id,
            unit=whose,
            findings=evidence.findings,
            candidates=() if whose else _candidates(evidence, answer, campaign),
            submissions=_submissions(pieces, None, arrival, ()) if answer.unit is None else (),
        )
    if answer.unit is None:
        raise ValueError("a mail whose unit is unknown is held")
    submissions = _submissions(pieces, answer.unit, arrival, _disagreement(answer))
    return _conclude(campaign, answer.unit, submissions, evidence.findings)


def _reason_to_hold(
    mail: Mail, evidence: Evidence, answer: UnitAnswer, arrival: Arrival
) -> str | None:
    """Return why a person must look first, a constant; a coordinator's word settles the unit."""
    if len(evidence.campaigns) > 1:
        return "several-campaigns"
    assigned = answer.unit is not None and answer.unit.by == "coordinator"
    if not assigned and has_several(evidence.copies, evidence.campaigns[0]):
        return "several-units"
    if answer.unit is None:
        return "unit-uncertain" if answer.candidates else "unit-unknown"
    if evidence.conflicting:
        return "conflicting-copies"
    nobody = mail.sender is None and mail.automatic is None and arrival.answerable
    return "no-sender" if nobody and not assigned else None


def _candidates(
    evidence: Evidence, answer: UnitAnswer, campaign: Campaign
) -> tuple[UnitMatch, ...]:
    """Return the units a coordinator may choose from, those the forms name first."""
    told = (*units_named(evidence.copies, campaign), *answer.candidates)
    told += (answer.unit,) if answer.unit is not None else ()
    chosen: dict[str, UnitMatch] = {}
    for match in told:
        chosen.setdefault(match.id, match)
    return tuple(chosen.values())


def _conclude(
    campaign: Campaign,
    unit: UnitMatch,
    submissions: tuple[Submission, ...],
    findings: tuple[Finding, ...],
) -> Decision:
    wrong = any(s.standing is Standing.RETURNED for s in submissions)
    wrong = wrong or any(f.severity is Severity.ERROR for f in findings)
    return Decision(
        Outcome.RETURNED if wrong else Outcome.ACCEPTED,
        "needs-correction" if wrong else "complete",
        campaign=campaign.id,
        unit=unit,
        submissions=submissions,
        findings=findings,
    )


def find_unit(
    mail: Mail, evidence: Evidence, campaign: Campaign, arrival: Arrival, history: History
) -> UnitAnswer:
    """Say which unit the mail speaks for: a person's word, form, sender, thread, names, text."""
    assigned = campaign.roster.get(arrival.assigned_unit or "")
    if assigned is not None:
        return UnitAnswer(UnitMatch(assigned.id, assigned.name, "coordinator"))
    threaded = campaign.roster.get(history.thread_unit(campaign.id, mail) or "")
    answer = identify_unit(
        texts_of(evidence.copies),
        mail.sender,
        history.known_addresses(campaign.id),
        tuple(file.name for file in mail.files),
        mail.subject,
        mail.text,
        campaign.roster,
    )
    if threaded is not None and (answer.unit is None or answer.unit.by in WEAK):
        thread = UnitMatch(threaded.id, threaded.name, "thread")
        answer = replace(answer, unit=thread, disagrees=None)
    return _doubted(answer, evidence, campaign)


def _doubted(answer: UnitAnswer, evidence: Evidence, campaign: Campaign) -> UnitAnswer:
    """Take the unit for a mere candidate where the form itself names somebody else."""
    if answer.unit is None or answer.unit.by == "form":
        return answer
    unit = campaign.roster.get(answer.unit.id)
    weak = answer.unit.by in WEAK and bool(texts_of(evidence.copies))
    if weak or (unit is not None and speaks_for_another(evidence.copies, unit, campaign)):
        return replace(answer, unit=None, candidates=(answer.unit, *answer.candidates))
    return answer


def _disagreement(answer: UnitAnswer) -> tuple[Finding, ...]:
    if answer.disagrees is None:
        return ()
    form_unit, sender_unit = answer.disagrees
    details = {"form_unit": form_unit.name, "sender_unit": sender_unit.name}
    return (Finding("unit-disagrees", Severity.WARNING, details=details),)


def _submissions(
    pieces: Sequence[Piece],
    match: UnitMatch | None,
    arrival: Arrival,
    told: tuple[Finding, ...],
) -> tuple[Submission, ...]:
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


def _judge_nothing(
    mail: Mail, evidence: Evidence, campaign: Campaign, arrival: Arrival, history: History
) -> Decision:
    """Decide on a mail in which nothing that is owed was found."""
    if mail.automatic is not None:
        return Decision(Outcome.IGNORED, mail.automatic, campaign=campaign.id, answer=False)
    answer = find_unit(mail, evidence, campaign, arrival, history)
    if evidence.unread or mail.links:
        return _judge_unread(evidence, campaign, answer)
    if answer.unit is None:
        return Decision(Outcome.IGNORED, "stranger", campaign=campaign.id, answer=False)
    if is_thanks(mail.text):
        return Decision(
            Outcome.IGNORED, "thanks", campaign=campaign.id, unit=answer.unit, answer=False
        )
    return Decision(
        Outcome.HELD, "message-for-a-person", campaign=campaign.id, unit=answer.unit, answer=False
    )


def _judge_unread(evidence: Evidence, campaign: Campaign, answer: UnitAnswer) -> Decision:
    """Files came, but none is what is owed: a known unit is told, a stranger is held."""
    if answer.unit is None:
        return Decision(
            Outcome.HELD,
            "unrecognised",
            campaign=campaign.id,
            findings=evidence.findings,
            candidates=answer.candidates,
            answer=False,
        )
    return Decision(
        Outcome.RETURNED,
        "unrecognised" if evidence.unread else "announced-only",
        campaign=campaign.id,
        unit=answer.unit,
        findings=evidence.findings,
    )


SURE_OF_UNIT = frozenset({"conflicting-copies", "no-sender"})
"""Reasons to hold a mail whose unit is nevertheless known."""

WEAK = frozenset({"filename", "subject", "signature"})
"""Evidence that only proposes a unit when the form itself names somebody else."""

THANKS = ("谢谢", "收到", "感谢", "好的", "辛苦")
ASKS = re.compile("[?？]|[吗呢]|请问|没|未|什么|怎么|哪|是否|能否|不")


def is_thanks(text: str) -> bool:
    """Say whether a reply's own words (before the quotation) are only a courtesy."""
    own = "".join("".join(own_lines(text)).split())
    return 0 < len(own) <= 16 and any(word in own for word in THANKS) and not ASKS.search(own)
