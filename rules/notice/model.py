"""What a notice says: each fact with the sentence it came from, and what it does not say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from parsers.document import Document
from rules.campaign import VideoRule
from rules.learn import DraftForm

KINDS = ("form", "report", "video", "photos", "press", "list")


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a deadline: the day None where the notice gives none that can be computed."""

    day: date | None
    at: time | None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing each unit owes. `units` are those the sentence names, () for everybody.

    `form` is the place of its blank among the notice's forms; `characters` the least length of
    a report.
    """

    title: str
    kind: str
    due: Due
    quote: str
    video: VideoRule | None = None
    units: tuple[str, ...] = ()
    form: int | None = None
    position: int = 0
    characters: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to call."""

    name: str
    phone: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of the activity, both included."""

    first: date
    last: date
    quote: str


@dataclass(frozen=True, slots=True)
class NoticeForm:
    """A blank found in an annex: its blocks, and the form they were learned as."""

    number: int | None
    blocks: tuple[int, int]  # of the document, both included
    document: Document
    draft: DraftForm


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything drafted from one notice. `open` is for a person, in plain sentences."""

    title: str
    document: str
    mailboxes: tuple[str, ...]
    requirements: tuple[Owed, ...]
    contacts: tuple[Person, ...]
    forms: tuple[NoticeForm, ...]
    open: tuple[str, ...]
    window: Days | None = None
    issued: date | None = None
    units: tuple[str, ...] = ()
    quotes: dict[str, str] = field(default_factory=dict)  # of title, document, mailboxes
