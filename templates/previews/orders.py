"""Answers to commands by mail, to look at: done, asked back, not done, what was asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rules.commands.command import WORDS, Verb
from rules.outcome import Standing
from templates.previews.buttons import CODE, button
from templates.previews.report import progress
from templates.previews.sample import said
from templates.views import OrderView, OwedView, OwnUnit, OwnView, ToldView

if TYPE_CHECKING:
    from templates.previews.sample import Sample


def done(sample: Sample) -> OrderView:
    """Show an exemption that was carried out, and the button that takes it back."""
    return OrderView(
        campaign=sample.campaign.file,
        code="exempt",
        said=_exempt(sample),
        facts={"unit": sample.names[0], "titles": sample.requirement.title},
        number="37",
        mark=CODE,
        buttons=(button(sample, said("undo")),),
    )


def confirm(sample: Sample) -> OrderView:
    """Show the same, typed without a code, as it is asked back."""
    return OrderView(
        campaign=sample.campaign.file,
        code="typed",
        said=_exempt(sample),
        mark=CODE,
        buttons=(button(sample, _exempt(sample)),),
        until=sample.now + timedelta(days=2),
    )


def unclear(sample: Sample) -> OrderView:
    """Show a command that names two units at once."""
    return OrderView(
        campaign=sample.campaign.file,
        code="which-unit",
        said=_exempt(sample),
        candidates=sample.names[:2],
    )


def status(sample: Sample) -> ToldView:
    """Show how a campaign stands that is paused just now."""
    return ToldView(
        campaign=sample.campaign.file,
        verb=Verb.STATUS,
        now=sample.now,
        units=len(sample.campaign.roster.units) or 12,
        progress=tuple(progress(sample)),
        held=2,
        paused_at=sample.now - timedelta(days=1),
        buttons=(button(sample, WORDS[Verb.RESUME][0]),),
    )


def help_(sample: Sample) -> ToldView:
    """Show which commands there are."""
    day = sample.now + timedelta(days=7)
    examples = {
        "eg_unit": sample.names[0],
        "eg_title": sample.requirement.title,
        "eg_day": f"{day.month}月{day.day}日",
    }
    file = sample.campaign.file
    return ToldView(campaign=file, verb=Verb.HELP, now=sample.now, examples=examples)


def own(sample: Sample) -> OwnView:
    """Show what a submitter hears who asks what is still owed."""
    return OwnView(campaign=sample.campaign.file, units=(_own(sample),), now=sample.now)


def blanks(sample: Sample) -> OwnView:
    """Show what a submitter hears who asks for the blanks."""
    return OwnView(
        campaign=sample.campaign.file,
        units=(_own(sample),),
        now=sample.now,
        blanks=sample.blank(),
        asks_blanks=True,
    )


def _own(sample: Sample) -> OwnUnit:
    main = OwedView(sample.requirement.title, sample.due, Standing.RETURNED)
    return OwnUnit(sample.names[0], (main, *sample.owed(Standing.ACCEPTED, Standing.MISSING)))


def _exempt(sample: Sample) -> str:
    return f"{WORDS[Verb.EXEMPT][0]} {sample.names[0]} {sample.requirement.title}"
