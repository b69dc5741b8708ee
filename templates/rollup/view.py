"""What a roll-up is made from, and which submissions count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rules.campaign import Campaign, Requirement
from rules.outcome import Standing
from rules.standing import COUNTED, Due, dues_of
from templates.views import SubmissionView

if TYPE_CHECKING:
    from rules.form import Form
    from rules.reading import Reading
    from rules.roster import Unit


@dataclass(frozen=True, slots=True)
class RollupView:
    """One campaign at `now` (local). `submissions` are in force, `versions` are all there were.

    `last_year` are the submissions of the campaign before, where the ledger knows it.
    `standings` maps (unit id, requirement key) → standing; a pair that is not there is missing.
    """

    campaign: Campaign
    now: datetime
    submissions: tuple[SubmissionView, ...]
    versions: tuple[SubmissionView, ...]
    standings: Mapping[tuple[str, str], Standing]
    last_year: tuple[SubmissionView, ...] = ()

    def forms(self) -> tuple[tuple[Requirement, Form], ...]:
        """Return the requirements that are forms, each with its form."""
        asked = self.campaign.file.requirements
        return tuple((r, self.campaign.forms[r.form]) for r in asked if r.form is not None)

    def counted(self, requirement: Requirement) -> tuple[SubmissionView, ...]:
        """Return the accepted submissions of a requirement, in the roster's order."""
        order = {unit.id: place for place, unit in enumerate(self.campaign.roster.units)}
        mine = (
            submission
            for submission in self.submissions
            if submission.requirement == requirement.key and submission.standing in COUNTED
        )
        return tuple(sorted(mine, key=lambda s: (order.get(s.unit_id, len(order)), s.item)))

    def readings(self) -> Iterator[tuple[SubmissionView, Reading, Form]]:
        """Return every accepted copy of a form."""
        for requirement, form in self.forms():
            for submission in self.counted(requirement):
                for reading in readings_of(submission, form):
                    yield submission, reading, form

    def dues(self) -> tuple[tuple[Unit, Due], ...]:
        """Return what each unit of the roster owes, with where it stands."""
        units = self.campaign.roster.units
        return tuple(
            (unit, due) for unit in units for due in dues_of(self.campaign, unit, self.standings)
        )

    def standing(self, unit: Unit, requirement: Requirement) -> Standing:
        """Return where a unit stands with a requirement."""
        mine = dues_of(self.campaign, unit, self.standings)
        known = (due.standing for due in mine if due.requirement == requirement)
        return next(known, Standing.MISSING)

    def title_of(self, submission: SubmissionView) -> str:
        """Return the title of the requirement a submission answers."""
        return self.campaign.requirement(submission.requirement).title


def readings_of(submission: SubmissionView, form: Form) -> tuple[Reading, ...]:
    """Return a submission's copies of one form."""
    return tuple(reading for reading in submission.readings if reading.form == form.id)
