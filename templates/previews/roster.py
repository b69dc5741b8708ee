"""Answers to a mailed roster, to look at: what it would change, and what is wrong in one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from rules.commands.command import WORDS, Verb
from rules.folder.problem import CampaignProblem
from rules.folder.validation import suggest
from rules.rosters.change import Kind, RosterChange
from templates.previews.buttons import CODE
from templates.previews.sample import said
from templates.views import OrderButton, RosterView

if TYPE_CHECKING:
    from templates.previews.sample import Sample


def proposed(sample: Sample) -> RosterView:
    """Show a roster with a change of every kind."""
    order = f"{WORDS[Verb.ADOPT][0]} {said('version')}"
    subject = f"{order} [{CODE}]"
    boxes = (*sample.campaign.file.mailboxes, said("address"))
    button = OrderButton(order, f"mailto:{boxes[0]}?subject={quote(subject)}", subject)
    units = len(sample.campaign.roster.units) or 12
    return RosterView(
        campaign=sample.campaign.file,
        file=said("roster"),
        units=units,
        before=units,
        changes=tuple(_changes(sample)),
        removed=(("a", (sample.requirement.title,)),),
        problems=(_problem("no-address", "F9"), _problem("similar-unit", "A12", sample)),
        said=order,
        mark=CODE,
        buttons=(button,),
        until=sample.now + timedelta(days=14),
    )


def same(sample: Sample) -> RosterView:
    """Show what a roster without any change is answered."""
    units = len(sample.campaign.roster.units) or 12
    return RosterView(campaign=sample.campaign.file, file=said("roster"), units=units, before=units)


def faulty(sample: Sample) -> RosterView:
    """Show a roster that cannot be used."""
    address = {"given": "wangli@126.con", "meant": "wangli@126.com"}
    titles = [requirement.title for requirement in sample.campaign.file.requirements]
    asked = {"given": titles[0][1:], "suggestion": suggest(titles[0][1:], titles)}
    return RosterView(
        campaign=sample.campaign.file,
        file=said("roster"),
        units=12,
        before=12,
        problems=(
            CampaignProblem(said("roster"), "misspelt-address", cell="F4", values=address),
            CampaignProblem(said("roster"), "unknown-requirement", cell="I7", values=asked),
        ),
    )


def _problem(code: str, cell: str, sample: Sample | None = None) -> CampaignProblem:
    names = sample.names if sample else ("", "")
    values = {"given": names[1], "other": names[0], "first": "A2"} if sample else {}
    return CampaignProblem(said("roster"), code, cell=cell, values=values)


def _changes(sample: Sample) -> tuple[RosterChange, ...]:
    first, second, third, fourth = sample.names
    title = sample.requirement.title
    due, later = (f"{sample.due - timedelta(days=1) + timedelta(days=d):%Y-%m-%d}" for d in (0, 5))
    person = said("greeting")
    return (
        RosterChange(Kind.REMOVED, "a", first),
        RosterChange(Kind.ADDED, "b", said("units")[1], "邮箱", after=said("address")),
        RosterChange(Kind.RENAMED, "c", said("units")[0], "单位", before=second),
        RosterChange(Kind.EXEMPTED, "d", third, "免报", title),
        RosterChange(Kind.EXTENDED, "e", fourth, "展期至", title, due, later),
        RosterChange(
            Kind.ADDRESSES, "d", third, "邮箱", "", said("address"), said("other_address")
        ),
        RosterChange(Kind.DETAIL, "e", fourth, "联系人", after=person),
    )
