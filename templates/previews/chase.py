"""Reminders to look at: to a unit, and to who stands above it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rules.outcome import Standing
from templates.previews.answers import correction
from templates.previews.sample import TOKEN, said
from templates.views import ReminderItem, ReminderView, SuperiorUnit, SuperiorView

if TYPE_CHECKING:
    from templates.previews.sample import Sample


def reminder(sample: Sample) -> ReminderView:
    """Show a form that waits for its correction, and other things that have not come."""
    findings = correction(sample).parts[0].submission.findings
    main = ReminderItem(
        sample.requirement, sample.form, sample.due, Standing.RETURNED, findings=findings,
        returned_at=sample.now - timedelta(days=3),
    )  # fmt: skip
    soon = [r for r in sample.others if sample.due_of(r) >= sample.due]
    items = (ReminderItem(r, None, sample.due_of(r), Standing.MISSING) for r in soon[:2])
    return ReminderView(
        campaign=sample.campaign.file,
        unit_name=sample.names[1],
        now=sample.now,
        due=sample.due,
        token=TOKEN,
        items=(main, *items),
        greeting_name=said("greeting"),
        blanks=sample.blank(),
    )


def superior(sample: Sample) -> SuperiorView:
    """Show two units that still owe something three days after the due day."""
    titles = (sample.requirement.title, *(r.title for r in sample.others[:1]))
    return SuperiorView(
        campaign=sample.campaign.file,
        unit_name=sample.names[0],
        now=sample.due + timedelta(days=3, hours=9),
        token=TOKEN,
        units=(
            SuperiorUnit(sample.names[1], titles, sample.due),
            SuperiorUnit(sample.names[2], titles[:1], sample.due),
        ),
        greeting_name=said("greeting"),
    )
