"""A campaign as data: mailboxes, requirements, deadlines, people; its roster and its forms."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from rules.strict import Strict
from rules.written import Clock, Day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rules.form import Form, FormField
    from rules.roster import Roster
    from rules.rosters.amending import Amendment
    from rules.upward import Upward


class Window(Strict):
    """The days of the activity itself, both included."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")


class ReportRule(Strict):
    """A report is a document with enough words of its own.

    `named`: only one whose file name or title has one of the requirement's `keywords`; else a
    long document that nothing names, or one that calls itself a 总结, is taken for it as well.
    `phone`: it has to name a mobile number (工作人员姓名、手机号).
    """

    min_characters: int = 300
    named: bool = False
    phone: bool = False


class VideoRule(Strict):
    """Limits for a video; seconds of duration. 1080/50i and 25P are both 25 frames a second."""

    max_seconds: int | None = None
    width: int | None = None
    height: int | None = None
    min_mbps: float | None = None
    max_mbps: float | None = None
    frames_per_second: float | None = None
    containers: tuple[str, ...] = ()


class Requirement(Strict):
    """One thing each unit owes by `due` (its end in the campaign's time zone, or `due_time`).

    One of `form`, `report`, `video`, `photos`, `press` says what it is; `video` and `photos` may
    go together (影像资料). `keywords` are words in file names or titles by which a report or
    other material is known.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    title: str
    due: Day
    due_time: Clock | None = None
    form: str | None = None
    report: ReportRule | None = None
    video: VideoRule | None = None
    photos: bool = False
    press: bool = False
    per_unit: Literal["one", "many"] = "one"
    identified_by: str | None = None  # label of the field that tells many apart
    required: bool = True
    keywords: tuple[str, ...] = ()
    note: str = ""  # what the notice asks of it, in a line for letters that remind
    nil: bool = False  # a unit may declare in a mail that it has nothing to report (零报告)
    last_year: Mapping[str, float] = Field(default_factory=dict)  # field → last year's total


class Quiet(Strict):
    """The hours of the night in which nobody gets a letter that answers nothing.

    From and to the same hour: there are none.
    """

    evening: Clock = Field(default=time(20), alias="from")
    morning: Clock = Field(default=time(8), alias="to")


class Reminders(Strict):
    """When units that still owe something are written to, one letter a unit and day.

    Earlier than `everybody_from` days before a due day only who submitted last for the unit is
    written to, then all its addresses. On `superior_days` after it the 上级 are told as well,
    where the roster knows an address of theirs; an empty list: never. Letters leave over
    `spread_minutes` from `at` on, over more where the sending budget asks for it; 0: at once.
    """

    before_days: tuple[int, ...] = (7, 3, 1, 0)
    after_days: tuple[int, ...] = (1, 3, 7)
    superior_days: tuple[int, ...] = (3, 7)
    everybody_from: int = Field(default=1, ge=0, le=60)
    at: Clock = time(9)
    spread_minutes: int = Field(default=60, ge=0, le=480)
    quiet: Quiet = Quiet()
    workdays_only: bool = True


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Digest(Strict):
    """When coordinators get the digest, and on which day of the week the closing report."""

    at: Clock = time(8, 30)
    to: tuple[str, ...] = ()
    workdays_only: bool = False
    weekly: Literal[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "never"
    ] = "monday"


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
    opens: Day | None = None  # mail received earlier is not looked at
    closes: Day | None = None  # default: 60 days after the last due date
    wording: Mapping[str, str] = Field(default_factory=dict)  # own sentences: rules/wording.py
    keep_days: int | None = Field(default=None, ge=0)  # after that day; default: the settings'

    @property
    def boxes(self) -> tuple[str, ...]:
        """Return the mailboxes as accounts and headers name them: in lower case."""
        return tuple(address.lower() for address in self.mailboxes)

    def days_open(self) -> tuple[date, date]:
        """Return the first and last day whose mail may belong to the campaign.

        Unless the file says otherwise: 120 days before the first due date, 60 after the last.
        """
        dues = [requirement.due for requirement in self.requirements]
        first = self.opens or min(dues) - timedelta(days=120)
        return first, self.closes or max(dues) + timedelta(days=60)


class Campaign:
    """A loaded campaign folder: its file, its forms by id, its roster, its blanks' bytes."""

    def __init__(  # noqa: PLR0913, PLR0917 - one parameter per part of the folder
        self,
        file: CampaignFile,
        forms: Mapping[str, Form],
        roster: Roster,
        blanks: Mapping[str, bytes],
        folder: Path,
        upward: Upward | None = None,
    ) -> None:
        self.file = file
        self.forms = forms
        self.roster = roster
        self.on_file = roster  # as roster.xlsx says; `roster` may be amended since
        self.amendments: tuple[Amendment, ...] = ()  # what was laid over it
        self.blanks = blanks  # form id → the blank .docx
        self.folder = folder
        self.upward = upward  # what of it goes into the higher level's form, if any does

    @property
    def id(self) -> str:
        """The campaign's id, its folder's name."""
        return self.file.id

    def collected_in(self, addresses: Iterable[str]) -> Campaign:
        """Return the campaign with more mailboxes than its folder names; itself with none."""
        more = [a for a in addresses if a.lower() not in self.file.boxes]
        if not more:
            return self
        file = self.file.model_copy(update={"mailboxes": (*self.file.mailboxes, *more)})
        return Campaign(file, self.forms, self.roster, self.blanks, self.folder, self.upward)

    def with_roster(self, roster: Roster, amendments: tuple[Amendment, ...] = ()) -> Campaign:
        """Return the campaign with another roster in force; what is on file stays known."""
        changed = copy(self)
        changed.roster, changed.amendments = roster, amendments
        return changed

    def day_of(self, instant: datetime) -> date:
        """Return the calendar day of an instant in the campaign's time zone."""
        return instant.astimezone(ZoneInfo(self.file.timezone)).date()

    def days_open(self) -> tuple[date, date]:
        """Return the first and last day whose mail may belong to the campaign."""
        return self.file.days_open()

    def requirement(self, key: str) -> Requirement:
        """Return the requirement with this key; KeyError when there is none."""
        for candidate in self.file.requirements:
            if candidate.key == key:
                return candidate
        raise KeyError(key)

    def identifier(self, requirement: Requirement) -> FormField | None:
        """Return the field that tells several forms of one unit apart, if many are asked for."""
        if requirement.per_unit == "one" or requirement.form is None:
            return None
        form = self.forms[requirement.form]
        names = (requirement.identified_by, form.identified_by)
        return next((field for field in form.fields if field.label in names), None)

    def requirement_of_form(self, form_id: str) -> Requirement | None:
        """Return the first requirement that asks for this form."""
        return next((r for r in self.file.requirements if r.form == form_id), None)
