"""What coordinators get of letters that have not left, to look at: a rehearsal, and approvals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rules.commands.command import WORDS, Verb
from templates.previews import answers, report
from templates.previews.buttons import button
from templates.render import render
from templates.views import ApprovalView, RehearsedView, WaitingLetters, WaitingView

if TYPE_CHECKING:
    from templates.previews.sample import Sample
    from templates.render import Letter
    from templates.views import DigestView

RECIPIENT = "kjj@kepu.example.cn"
RELEASE, REFUSE = WORDS[Verb.RELEASE][0], WORDS[Verb.REFUSE][0]


def approval(sample: Sample) -> ApprovalView:
    """Ask a coordinator to look at a receipt and a correction."""
    return ApprovalView(
        campaign=sample.campaign.file, now=sample.now, first=3, waiting=_waiting(sample)
    )


def approvals(sample: Sample) -> DigestView:
    """Show a digest while letters wait for a coordinator."""
    return replace(report.digest(sample), waiting=_waiting(sample))


def rehearsal(sample: Sample) -> DigestView:
    """Show a digest of a rehearsal."""
    written = tuple(
        RehearsedView(letter.kind, (RECIPIENT,), letter.subject, sample.now)
        for letter in _letters(sample)
    )
    return replace(report.digest(sample), rehearsed=written)


def _letters(sample: Sample) -> tuple[Letter, ...]:
    receipt = render("receipt", answers.receipt(sample))
    return receipt, render("correction", answers.correction(sample))


def _waiting(sample: Sample) -> WaitingLetters:
    shown = tuple(
        WaitingView(
            number=str(number),
            kind=letter.kind,
            recipients=(RECIPIENT,),
            unit_name=sample.names[0],
            subject=letter.subject,
            at=sample.now,
            text=letter.text,
            files=tuple(file.name for file in letter.attachments),
            buttons=(
                button(sample, f"{RELEASE} 第{number}封"),
                button(sample, f"{REFUSE} 第{number}封"),
            ),
        )
        for number, letter in enumerate(_letters(sample), 57)
    )
    return WaitingLetters(shown, 4, button(sample, f"{RELEASE} 全部 到 第58封"))
