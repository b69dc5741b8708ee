"""Which unit a mail speaks for: a person's word, form, sender, thread, names, text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rules.decision import UnitMatch
from rules.who.speakers import speaks_for_another, texts_of
from rules.who.units import UnitAnswer, identify_unit

if TYPE_CHECKING:
    from parsers.mail import Mail
    from rules.campaign import Campaign
    from rules.judging.arrival import Arrival, History
    from rules.judging.evidence import Evidence

WEAK = frozenset({"document", "filename", "subject", "signature"})
"""Evidence that only proposes a unit when the form itself names somebody else."""


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
        document=[n for c in evidence.copies if c.reading for n in c.reading.named],
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
