"""Invented people and papers of a real campaign, for letters to be looked at before they go out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from parsers.document import Place
from rules.calendar import due_instant
from rules.campaign import Campaign, Requirement
from rules.decision import FileRef, Submission
from rules.form import FieldType, Form
from rules.reading import Extra, FieldReading, Reading, Status
from templates import words
from templates.views import Attachment, OwedView

if TYPE_CHECKING:
    from rules.finding import Finding
    from rules.form import FormField
    from rules.outcome import Standing
    from rules.reading import Value

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TOKEN = "A7K2"  # noqa: S105 - the mark of a thread, no secret
_SEED = {FieldType.COUNT: 37, FieldType.NUMBER: 12.5, FieldType.MONEY: 5.2}


def said(key: str) -> Any:
    """Return what previews.yaml has under a key."""
    return words.load("previews.yaml")[key]


@dataclass(frozen=True)
class Sample:
    """One campaign as a letter of it would find it: a day before its main form is due."""

    campaign: Campaign

    @cached_property
    def requirement(self) -> Requirement:
        """The form with most numbers, else the first thing asked for."""
        asked = self.campaign.file.requirements
        return max(asked, key=lambda r: len(self.campaign.forms[r.form].fields) if r.form else -1)

    @cached_property
    def form(self) -> Form | None:
        """The form of the main requirement."""
        return self.campaign.forms.get(self.requirement.form or "")

    @cached_property
    def others(self) -> tuple[Requirement, ...]:
        """What else is asked for."""
        return tuple(r for r in self.campaign.file.requirements if r is not self.requirement)

    @cached_property
    def due(self) -> datetime:
        """When the main requirement is due, in the campaign's zone."""
        return self.due_of(self.requirement)

    @cached_property
    def now(self) -> datetime:
        """A moment on the day before."""
        return self.due - timedelta(days=1, hours=13, minutes=37)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of units: the roster's, invented ones where it has too few."""
        units = tuple(unit.name for unit in self.campaign.roster.units[:4])
        return (*units, *said("units"))[:4]

    def due_of(self, requirement: Requirement) -> datetime:
        """Return when something is due, in the campaign's zone."""
        zone = ZoneInfo(self.campaign.file.timezone)
        return due_instant(self.campaign.file, requirement).astimezone(zone)

    def owed(self, *standings: Standing) -> tuple[OwedView, ...]:
        """Return other requirements, with these standings in turn."""
        pairs = zip(self.others, standings, strict=False)
        return tuple(OwedView(r.title, self.due_of(r), standing) for r, standing in pairs)

    def file(self, name: str = "") -> FileRef:
        """Return a file under a unit's name."""
        shown = name or f"{self.names[0]}{self.requirement.title}.docx"
        return FileRef(shown, hashlib.sha256(shown.encode()).hexdigest())

    def blank(self) -> tuple[Attachment, ...]:
        """Return the main form's blank."""
        name = f"{self.form.title if self.form else self.requirement.title}.docx"
        return (Attachment(name, b"", DOCX),)

    def reading(self, **changes: FieldReading) -> tuple[Reading, ...]:
        """Return a complete copy of the main form; none where no form is asked for."""
        if self.form is None:
            return ()
        fields = tuple(
            changes.get(field.key, self.answer(field, row))
            for row, field in enumerate(self.form.fields, 2)
        )
        label, unit = said("added")
        place = Place(table=1, row=len(fields) + 2, column=2)
        rows = self.form.table is not None and self.form.table.extra_rows
        extra = (Extra(label, Status.FOUND, 3, unit, "3", place),) if rows else ()
        return (Reading(self.campaign.id, self.form.id, self.form.title, fields, extra),)

    def answer(self, field: FormField, row: int, value: Value = None, **more: Any) -> FieldReading:
        """Return what a copy says of one field."""
        shown = self._value(field, row) if value is None else value
        raw = more.pop("raw", words.value_text(shown))
        place = Place(table=1, row=row, column=2)
        return FieldReading(field.key, field.label, Status.FOUND, shown, raw, place, **more)

    def submission(
        self, standing: Standing, readings: tuple[Reading, ...], *findings: Finding
    ) -> Submission:
        """Return a submission of the main requirement."""
        unit, key = "sample", self.requirement.key
        files = (self.file(),)
        return Submission(self.campaign.id, key, unit, "", standing, files, readings, findings)

    def _value(self, field: FormField, row: int) -> Value:
        if field.type is FieldType.COUNT:
            return 37 * row
        if field.type in _SEED:
            return _SEED[field.type] * row
        if field.key == (self.form.unit_field if self.form else None):
            return self.names[0]
        if field.type is FieldType.CHOICE:
            return field.choices[:1]
        value: str = said("values").get(field.type.value, said("values")["text"])
        return value
