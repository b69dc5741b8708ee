"""How a closing report is laid out: how each thing due went, then whom it has not come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rules.outcome import Standing
from templates import words
from templates.digest import (
    MOST_EVENTS,
    event_lines,
    missing_line,
    proposal_lines,
    undelivered_lines,
)
from templates.lines import EventLine, MissingLine
from templates.progress import Segment, progress_line, segments
from templates.totals import total_lines

if TYPE_CHECKING:
    from templates.views import ClosingView, OutcomeView

MOST_NEVER = 60  # units a requirement


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """How one requirement went, in words; the counts are of units."""

    title: str
    due: str
    total: int
    on_time: int
    late_count: int
    nil: int
    exempt: int
    returned_count: int
    never_count: int
    extended: int
    segments: tuple[Segment, ...]
    never: tuple[MissingLine, ...]
    late: tuple[EventLine, ...]
    returned: tuple[MissingLine, ...]


def closing_page(view: ClosingView) -> dict[str, Any]:
    """Lay out a closing report."""
    return {
        "view": view,
        "campaign": view.campaign,
        "outcomes": tuple(_outcome(outcome) for outcome in view.outcomes),
        "progress": tuple(progress_line(p, view.now) for p in view.progress),
        "totals": total_lines(view.totals),
        "compared": any(total.last_year is not None for total in view.totals),
        "undelivered": undelivered_lines(view.letters.undelivered[:MOST_EVENTS]),
        "proposals": proposal_lines(view.proposals[:MOST_EVENTS]),
        "attachments": (*((view.rollup,) if view.rollup else ()), *view.upward),
    }


def _outcome(outcome: OutcomeView) -> OutcomeLine:
    counts = outcome.counts
    return OutcomeLine(
        title=outcome.title,
        due=words.due(outcome.due),
        total=sum(counts.values()) + outcome.extended,
        on_time=counts.get(Standing.ACCEPTED, 0),
        late_count=counts.get(Standing.ACCEPTED_LATE, 0),
        nil=counts.get(Standing.NIL, 0),
        exempt=counts.get(Standing.EXEMPT, 0),
        returned_count=counts.get(Standing.RETURNED, 0),
        never_count=counts.get(Standing.MISSING, 0),
        extended=outcome.extended,
        segments=segments(counts),
        never=tuple(missing_line(one) for one in outcome.never[:MOST_NEVER]),
        late=event_lines(outcome.late[:MOST_EVENTS]),
        returned=tuple(missing_line(one) for one in outcome.returned[:MOST_NEVER]),
    )
