"""A campaign as data: mailboxes, requirements, deadlines, people; its roster and its forms."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from rules.form import Strict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rules.form import Form
    from rules.roster import Roster


class Window(Strict):
    """The days of the activity itself, both included."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")


class ReportRule(Strict):
    """A report is a document with enough words of its own."""

    min_characters: int = 300


class VideoRule(Strict):
    """Limits for a video; seconds of duration."""

    max_seconds: int | None = None
    width: int | None = None
    height: int | None = None
    min_mbps: float | None = None
    max_mbps: float | None = None
    containers: tuple[str, ...] = ()


class Requirement(Strict):
    """One thing each unit owes by `due` (its end in the campaign's time zone, or `due_time`).

    Exactly one of `form`, `report`, `video`, `photos`, `press` says what it is; `keywords`
    are words in file names or titles by which a report or other material is known.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    title: str
    due: date
    due_time: time | None = None
    form: str | None = None
    report: ReportRule | None = None
    video: VideoRule | None = None
    photos: bool = False
    press: bool = False
    per_unit: Literal["one", "many"] = "one"
    identified_by: str | None = None  # label of the field that tells many apart
    required: bool = True
    keywords: tuple[str, ...] = ()


class Reminders(Strict):
    """When units that still owe something are written to."""

    before_days: tuple[int, ...] = (7, 3, 1, 0)
    after_days: tuple[int, ...] = (1, 3, 7)
    at: time = time(9)
    workdays_only: bool = True


class Digest(Strict):
    """When coordinators get the digest."""

    at: time = time(8, 30)
    to: tuple[str, ...] = ()
    workdays_only: bool = False


class Contact(Strict):
    """A person named in the notice, for submitters to call."""

    name: str
    phone: str = ""


class CampaignFile(Strict):
    """What campaign.yaml holds."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    document: str = ""
    organiser: str = ""  # signs the letters
    mailboxes: tuple[str, ...] = ()
    timezone: str = "Asia/Shanghai"
    window: Window | None = None
    requirements: tuple[Requirement, ...]
    reminders: Reminders = Reminders()
    digest: Digest = Digest()
    coordinators: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    opens: date | None = None  # mail received earlier is not looked at
    closes: date | None = None  # default: 60 days after the last due date


class Campaign:
    """A loaded campaign folder: its file, its forms by id, its roster, its blanks' bytes."""

    def __init__(
        self,
        file: CampaignFile,
        forms: Mapping[str, Form],
        roster: Roster,
        blanks: Mapping[str, bytes],
        folder: Path,
    ) -> None:
        self.file = file
        self.forms = forms
        self.roster = roster
        self.blanks = blanks  # form id → the blank .docx
        self.folder = folder

    @property
    def id(self) -> str:
        """The campaign's id, its folder's name."""
        return self.file.id

    def requirement(self, key: str) -> Requirement:
        """Return the requirement with this key; KeyError when there is none."""
        for candidate in self.file.requirements:
            if candidate.key == key:
                return candidate
        raise KeyError(key)

    def requirement_of_form(self, form_id: str) -> Requirement | None:
        """Return the first requirement that asks for this form."""
        return next((r for r in self.file.requirements if r.form == form_id), None)
