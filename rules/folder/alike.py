"""When two forms are too alike to tell apart: the recogniser itself is asked, on their blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats import read_document
from rules.folder.problem import CampaignProblem
from rules.recognise import read_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules.campaign import Campaign
    from rules.folder.form import LoadedForm
    from rules.recognise import FoundForm

SAME = 0.02  # lead of the recogniser's score under which nothing tells two forms apart
CLOSE = 0.06  # under which a carelessly filled copy may be taken for the other


def find_alike(
    campaign: Campaign, loaded: Sequence[LoadedForm], others: Sequence[Campaign] = ()
) -> Iterator[CampaignProblem]:
    """Yield what the recogniser would mistake: within the campaign, and beside `others`.

    A mailbox of its own, or days that do not overlap, keep another campaign's forms apart.
    """
    beside = [other for other in others if _collects_beside(campaign, other)]
    for entry in loaded:
        if entry.form is None:
            continue
        yield from _within(entry, _recognised(entry.blank, (campaign,)), entry.form.blank)
        for other in beside:
            yield from _outside(entry, campaign, other)


def _collects_beside(campaign: Campaign, other: Campaign) -> bool:
    (first, last), (begins, ends) = campaign.days_open(), other.days_open()
    shared = frozenset(campaign.file.boxes) & frozenset(other.file.boxes)
    return campaign.id != other.id and bool(shared) and first <= ends and begins <= last


def _recognised(blank: bytes, campaigns: Sequence[Campaign]) -> tuple[FoundForm, ...]:
    return read_forms(read_document(blank, "docx"), campaigns)


def _within(entry: LoadedForm, found: Sequence[FoundForm], blank: str) -> Iterator[CampaignProblem]:
    """Yield what is wrong with the form in its own blank, which may hold others as well."""
    own = next((one for one in found if one.form.id == entry.id), None)
    if own is None and found:
        other = found[0]
        yield _problem(entry, "forms-alike", other=other.form.id, likeness=100)
    elif own is None:
        yield _problem(entry, "form-not-recognised", blank=blank)
    elif own.runner_up is not None and own.score - own.runner_up.score < CLOSE:
        rival, lead = own.runner_up, own.score - own.runner_up.score
        values = {"other": rival.form.id, "likeness": _percent(1 - lead)}
        if lead < SAME:
            yield _problem(entry, "forms-alike", **values)
        else:
            yield _problem(entry, "forms-close", campaign=rival.campaign.id, **values)


def _outside(entry: LoadedForm, campaign: Campaign, other: Campaign) -> Iterator[CampaignProblem]:
    for found in _recognised(entry.blank, (campaign, other)):
        rival = found.runner_up
        if found.campaign is other:
            name, lead = found.form.id, 0.0
        elif rival is not None and rival.campaign is other:
            name, lead = rival.form.id, found.score - rival.score
        else:
            continue
        if lead < CLOSE:
            likeness = _percent(1 - lead)
            yield _problem(entry, "forms-close", other=name, campaign=other.id, likeness=likeness)


def _percent(part: float) -> int:
    return round(100 * min(max(part, 0.0), 1.0))


def _problem(entry: LoadedForm, code: str, **values: object) -> CampaignProblem:
    file = f"forms/{entry.id}.yaml"
    return CampaignProblem(file, code, entry.title_line, key="title", values=values)
