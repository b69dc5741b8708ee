"""The decision on one mail: campaign, unit, requirement, findings, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rules.decision import EACH, Decision, Submission, UnitMatch
from rules.finding import Finding, Severity
from rules.judging.announced import find_announced
from rules.judging.arrival import in_force, is_meant, preferred
from rules.judging.copies import without_earlier
from rules.judging.courtesy import is_thanks
from rules.judging.evidence import Evidence, gather
from rules.judging.forgotten import forgotten_files
from rules.judging.gainsaid import with_contradictions
from rules.judging.misdirected import as_meant, is_misdirected
from rules.judging.nothing import declare
from rules.judging.parting import part
from rules.judging.pictured import as_registered
from rules.judging.submitting import submissions_of
from rules.judging.turns import in_turn
from rules.outcome import Outcome, Standing
from rules.recognise import read_forms
from rules.who.speakers import has_several, units_named
from rules.who.speaking import find_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.mail import Mail
    from rules.campaign import Campaign
    from rules.judging.arrival import Arrival, History
    from rules.judging.parting import Parted
    from rules.recognise import FormsReader
    from rules.who.units import UnitAnswer

SURE_OF_UNIT = frozenset({"conflicting-copies", "no-sender"})
"""Reasons to hold a mail whose unit is nevertheless known."""


def judge(
    mail: Mail,
    arrival: Arrival,
    campaigns: Sequence[Campaign],
    history: History,
    read_forms: FormsReader = read_forms,
) -> Decision:
    """Decide on one mail. Pure: the same inputs always give the same decision.

    `read_forms` may be notes of the forms that whoever read the mail has found in it.
    """
    if mail.automatic in {"own-loop", "bounce"}:  # what they hold is ours, or was never sent to us
        reason = "own-letter" if mail.automatic == "own-loop" else mail.automatic
        return Decision(Outcome.IGNORED, reason, answer=False)
    opened = in_force(campaigns, arrival)
    if not opened:
        return Decision(Outcome.IGNORED, "no-campaign-open", answer=False)
    prefer = preferred(opened, arrival)
    evidence = gather(mail, opened, prefer, read_forms)
    meant = [c for c in opened if c.id in prefer]
    if is_misdirected(mail, evidence, meant, arrival, history):
        evidence = as_meant(mail, evidence, meant, prefer)
    evidence = in_turn(evidence, arrival.received_at)
    evidence = replace(evidence, findings=evidence.findings + find_announced(mail, opened[0]))
    decision = (
        _judge_pieces(mail, evidence, arrival, history)
        if evidence.pieces
        else _judge_nothing(mail, evidence, opened, arrival, history)
    )
    decision = replace(decision, findings=decision.findings + _elsewhere(decision, meant, opened))
    quiet = mail.automatic is not None or not arrival.answerable or mail.sender is None
    return replace(decision, answer=False) if quiet else decision


def _elsewhere(
    decision: Decision, meant: Sequence[Campaign], opened: Sequence[Campaign]
) -> tuple[Finding, ...]:
    """Note that what was accepted is of another campaign than those of the mailbox it came to."""
    if not meant or not decision.submissions or decision.campaign in {c.id for c in meant}:
        return ()
    boxes = next((c.file.mailboxes for c in opened if c.id == decision.campaign), ())
    details = {"mailbox": boxes[0]} if boxes else {}
    return (Finding("other-mailbox", Severity.NOTE, details=details),)


def _judge_pieces(mail: Mail, evidence: Evidence, arrival: Arrival, history: History) -> Decision:
    said = (c for c in evidence.campaigns if c.id == arrival.assigned_campaign)
    campaign = next(said, evidence.campaigns[0])
    answer = find_unit(mail, evidence, campaign, arrival, history)
    if evidence.conflicting and answer.unit is not None:
        sent = history.earlier(campaign.id, answer.unit.id, arrival.received_at)
        evidence = without_earlier(evidence, sent)
    held = _reason_to_hold(mail, evidence, campaign, answer, arrival)
    if held == "several-units":
        parted = part(mail, evidence, campaign, history)
        held = _reason_not_to_part(parted, arrival)
        if parted is not None and held is None:
            return _of_each(mail, parted, evidence, campaign, arrival)
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
            submissions=submissions_of(pieces, None, arrival, ()) if answer.unit is None else (),
        )
    if answer.unit is None:
        raise ValueError("a mail whose unit is unknown is held")
    pieces = as_registered(mail, with_contradictions(mail, pieces), answer.unit.id, history)
    submissions = submissions_of(pieces, answer.unit, arrival, _disagreement(answer))
    return _conclude(campaign, answer.unit, submissions, evidence.findings)


def _reason_to_hold(
    mail: Mail, evidence: Evidence, campaign: Campaign, answer: UnitAnswer, arrival: Arrival
) -> str | None:
    """Return why a person must look first, a constant; a coordinator's word settles whose it is."""
    if len(evidence.campaigns) > 1 and campaign.id != arrival.assigned_campaign:
        return "several-campaigns"
    assigned = answer.unit is not None and answer.unit.by == "coordinator"
    if not assigned and has_several(evidence.copies, campaign):
        return "several-units"
    if answer.unit is None:
        return "unit-uncertain" if answer.candidates else "unit-unknown"
    if evidence.conflicting:
        return "conflicting-copies"
    nobody = mail.sender is None and mail.automatic is None and arrival.answerable
    return "no-sender" if nobody and not assigned else None


def _reason_not_to_part(parted: Parted | None, arrival: Arrival) -> str | None:
    """Return why the forms of several units wait; who may send for all of them is believed."""
    if parted is None:
        return "several-units-unclear"
    if parted.conflicting:
        return "conflicting-copies"
    return None if parted.entrusted or arrival.assigned_unit == EACH else "several-units"


def _of_each(
    mail: Mail, parted: Parted, evidence: Evidence, campaign: Campaign, arrival: Arrival
) -> Decision:
    """Count each form for the unit it names; the mail is its sender's, else of the first unit."""
    owners = [unit for unit, pieces in parted.parts for _ in pieces]
    pieces = with_contradictions(mail, [piece for _, pieces in parted.parts for piece in pieces])
    owned = zip(owners, pieces, strict=True)
    submissions = tuple(s for u, piece in owned for s in submissions_of((piece,), u, arrival, ()))
    unit = parted.sender or parted.parts[0][0]
    by = "coordinator" if arrival.assigned_unit == EACH else unit.by
    return _conclude(campaign, replace(unit, by=by), submissions, evidence.findings)


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
    good: str = "complete",
) -> Decision:
    wrong = any(s.standing is Standing.RETURNED for s in submissions)
    wrong = wrong or any(f.severity is Severity.ERROR for f in findings)
    return Decision(
        Outcome.RETURNED if wrong else Outcome.ACCEPTED,
        "needs-correction" if wrong else good,
        campaign=campaign.id,
        unit=unit,
        submissions=submissions,
        findings=findings,
    )


def _disagreement(answer: UnitAnswer) -> tuple[Finding, ...]:
    if answer.disagrees is None:
        return ()
    form_unit, sender_unit = answer.disagrees
    details = {"form_unit": form_unit.name, "sender_unit": sender_unit.name}
    return (Finding("unit-disagrees", Severity.WARNING, details=details),)


def _judge_nothing(
    mail: Mail,
    evidence: Evidence,
    opened: Sequence[Campaign],
    arrival: Arrival,
    history: History,
) -> Decision:
    """Decide on a mail in which nothing that is owed was found."""
    campaign, several = opened[0], sum(is_meant(c, arrival) for c in opened) > 1
    if mail.automatic is not None:
        return Decision(Outcome.IGNORED, mail.automatic, campaign=campaign.id, answer=False)
    answer = find_unit(mail, evidence, campaign, arrival, history)
    if evidence.unread or mail.links:
        return _judge_unread(evidence, campaign, answer)
    if answer.unit is None:
        return Decision(Outcome.IGNORED, "stranger", campaign=campaign.id, answer=False)
    nothing = () if several else declare(mail, campaign, answer.unit, arrival, history)
    if nothing:
        return _conclude(campaign, answer.unit, nothing, evidence.findings, "declared-nothing")
    forgotten = forgotten_files(mail, campaign, answer.unit, history)
    if forgotten is not None:
        return forgotten
    thanks = is_thanks(mail.text)
    return Decision(
        Outcome.IGNORED if thanks else Outcome.HELD,
        "thanks" if thanks else "message-for-a-person",
        campaign=campaign.id,
        unit=answer.unit,
        answer=False,
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
