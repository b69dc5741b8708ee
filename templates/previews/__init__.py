"""Which letters can be looked at with sample data: one view for each kind of `LETTERS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from templates.previews import answers, chase, orders, report, roster, unsent
from templates.previews.sample import Sample
from templates.render import Letter, View, render

if TYPE_CHECKING:
    from rules.campaign import Campaign


@dataclass(frozen=True, slots=True)
class Preview:
    """One kind of letter and the view that shows it; `variant` tells further ones apart."""

    kind: str
    view: Callable[[Sample], View]
    variant: str = ""

    @property
    def name(self) -> str:
        """What it is asked for by."""
        return f"{self.kind}.{self.variant}" if self.variant else self.kind


PREVIEWS: tuple[Preview, ...] = (
    Preview("receipt", answers.receipt),
    Preview("correction", answers.correction),
    Preview("unrecognised", answers.unrecognised),
    Preview("reminder", chase.reminder),
    Preview("superior", chase.superior),
    Preview("digest", report.digest),
    Preview("digest", unsent.rehearsal, "rehearsal"),
    Preview("digest", unsent.approvals, "approvals"),
    Preview("approval", unsent.approval),
    Preview("closing", report.closing),
    Preview("campaign-broken", report.campaign_broken),
    Preview("alert", report.alert),
    Preview("alert-over", report.alert_over),
    Preview("command-done", orders.done),
    Preview("command-confirm", orders.confirm),
    Preview("command-unclear", orders.unclear),
    Preview("command-told", orders.status),
    Preview("command-told", orders.help_, "help"),
    Preview("roster-proposed", roster.proposed),
    Preview("roster-proposed", roster.same, "same"),
    Preview("roster-faulty", roster.faulty),
    Preview("command-own", orders.own),
    Preview("command-own", orders.blanks, "blanks"),
)


def preview(name: str, campaign: Campaign) -> Letter:
    """Render one letter with sample data of a campaign; KeyError for a name there is not."""
    known = {one.name: one for one in PREVIEWS}[name]
    return render(known.kind, known.view(Sample(campaign)))
