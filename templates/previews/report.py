"""What coordinators and operators get, to look at: digest, broken folder, alerts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from rules.commands.command import WORDS, Verb
from rules.decision import UnitMatch
from rules.folder.problem import CampaignProblem
from rules.folder.validation import suggest
from rules.outcome import Standing
from templates.previews.answers import correction
from templates.previews.buttons import button
from templates.previews.sample import DOCX, said
from templates.views import (
    ActionView,
    AlertView,
    Attachment,
    CampaignBrokenView,
    ClosingView,
    DigestView,
    EquationView,
    EventView,
    HeldView,
    LettersView,
    MissingView,
    OutcomeView,
    ProgressView,
    UndeliveredView,
)

if TYPE_CHECKING:
    from templates.previews.sample import Sample

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def digest(sample: Sample) -> DigestView:
    """Show a full day: news, what was returned, who is missing, what waits for a person."""
    file, now = sample.campaign.file, sample.now
    title, day = sample.requirement.title, timedelta(days=1)
    first, second, third, fourth = sample.names
    return DigestView(
        campaign=file,
        now=now,
        since=now - day,
        units=len(sample.campaign.roster.units) or 12,
        progress=tuple(progress(sample)),
        equation=EquationView(mails=96, accepted=61, returned=14, ignored=19, held=2),
        letters=letters(sample),
        new=(EventView(first, title, Standing.ACCEPTED, now - day / 2, version=2),),
        returned=(
            EventView(
                second, title, Standing.RETURNED, now - day / 3,
                findings=correction(sample).parts[0].submission.findings[:3],
            ),
        ),
        missing=(
            MissingView(third, (title,), sample.due, said("greeting"), said("phone"), 3),
            MissingView(fourth, (title,), sample.due, "", "", 2),
        ),
        held=held(sample),
        rollup=Attachment(f"{file.id}-{now:%m%d}.xlsx", b"", XLSX),
        ignored_reasons={"bounce": 3, "vacation": 10, "thanks": 6},
    )  # fmt: skip


def closing(sample: Sample) -> ClosingView:
    """Show what came of the main form, two days after its due day."""
    title, now = sample.requirement.title, sample.due + timedelta(days=1, hours=9)
    first, second, _, fourth = sample.names
    counts = {Standing.ACCEPTED: 9, Standing.ACCEPTED_LATE: 1, Standing.RETURNED: 1}
    outcome = OutcomeView(
        title=title,
        due=sample.due,
        counts={**counts, Standing.MISSING: 1},
        extended=1,
        never=(MissingView(first, (title,), sample.due, said("greeting"), said("phone"), 4),),
        late=(EventView(second, title, Standing.ACCEPTED_LATE, now - timedelta(hours=6)),),
        returned=(MissingView(fourth, (title,), sample.due, "", "", 2),),
    )
    return ClosingView(
        campaign=sample.campaign.file,
        now=now,
        due=sample.due,
        units=len(sample.campaign.roster.units) or 12,
        outcomes=(outcome,),
        equation=EquationView(mails=96, accepted=61, returned=14, ignored=19, held=2),
        letters=letters(sample),
        progress=tuple(one for one in progress(sample) if one.due > now),
        rollup=Attachment(f"{sample.campaign.id}-{now:%m%d}.xlsx", b"", XLSX),
        upward=_upward(sample),
    )


def _upward(sample: Sample) -> tuple[Attachment, ...]:
    upward = sample.campaign.upward
    return (Attachment(f"{upward.form.title}.docx", b"", DOCX),) if upward else ()


def progress(sample: Sample) -> list[ProgressView]:
    """Return every requirement part of the way."""
    return [
        ProgressView(
            r.title,
            sample.due_of(r),
            {Standing.ACCEPTED: 9 - n, Standing.RETURNED: 1, Standing.MISSING: 2 + n},
        )
        for n, r in enumerate(sample.campaign.file.requirements)
    ]


def letters(sample: Sample) -> LettersView:
    """Return the day's letters, one of which came back."""
    bounced = UndeliveredView(
        said("address"), sample.requirement.title, "bounced", sample.now - timedelta(hours=3),
        said("reason"), sample.names[3], (said("other_address"),),
    )  # fmt: skip
    return LettersView(sent=12, waiting=1, undelivered=(bounced,))


def held(sample: Sample) -> tuple[HeldView, ...]:
    """Return a mail of one of two units, and one written to a person."""
    first, second, *_ = sample.names
    ago, address = sample.now - timedelta(hours=5), said("address")
    unsure = (UnitMatch("a", first, "filename", 0.7), UnitMatch("b", second, "filename", 0.6))
    name, at = sample.file().name, said("held")["number"]
    claims = tuple(_order(sample, f"{WORDS[Verb.CLAIM][0]} {at}", n) for n in (first, second))
    ended = button(sample, f"{WORDS[Verb.SETTLE][0]} {said('held')['other_number']}")
    done = ActionView(ended.label, ended.href)
    return (
        HeldView(
            "91", ago, address, said("held")["unsure"], "unit-uncertain", unsure, (name,), claims
        ),
        HeldView(
            "93", ago, address, said("held")["person"], "message-for-a-person", actions=(done,)
        ),
    )


def _order(sample: Sample, words: str, unit: str) -> ActionView:
    shown = button(sample, f"{words} → {unit}")
    return ActionView(shown.label, shown.href)


def campaign_broken(sample: Sample) -> CampaignBrokenView:
    """Show a day that does not exist, and an address that is none."""
    file = sample.campaign.file
    name, day = f"{file.id}/campaign.yaml", {"given": said("wrong_day")}
    form = sample.form.id if sample.form else sample.requirement.key
    typo = {"given": form[:-1], "suggestion": suggest(form[:-1], [form])}
    problems = (
        CampaignProblem(name, "wrong-date", 15, key="requirements[1].due", values=day),
        CampaignProblem(name, "unknown-form", 16, key="requirements[1].form", values=typo),
    )
    return CampaignBrokenView(file.id, problems, file)


def alert(sample: Sample) -> AlertView:
    """Show a mailbox that cannot be reached."""
    boxes = (*sample.campaign.file.mailboxes, said("address"))
    return AlertView("no-poll", boxes[0], "network", sample.now)


def alert_over(sample: Sample) -> AlertView:
    """Show the same once it is over."""
    return replace(alert(sample), until=sample.now + timedelta(hours=3, minutes=38))
