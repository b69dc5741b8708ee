"""What a notice says: each fact with the sentence it came from, and what it does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from parsers.document import Document
from rules.campaign import VideoRule
from rules.learn import DraftForm, Say

KINDS = ("form", "report", "video", "photos", "press", "list")


@dataclass(frozen=True)
class Question:
    """Something a person must settle: a code of templates/drafts.yaml, and what it is about."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    about: str = ""

    def told(self, say: Say) -> str:
        """Return the question in words, led by what it is about."""
        said = say(self.code, self.values)
        return say("about", {"title": self.about, "said": said}) if self.about else said

    def __hash__(self) -> int:
        return hash((self.code, self.about, *sorted(self.values.items())))


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a deadline: the day None where the notice gives none that can be computed."""

    day: date | None
    at: time | None
    doubts: tuple[Question, ...] = ()


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
    mailbox: str = ""  # the address its sentence names
    only: str = ""  # whom a table says it is asked of: 各街道
    online: bool = False  # its sentence asks for it on a web site
    note: str = ""  # what its brackets ask of it: 5-8张
    part: str = ""  # which of several days of one thing: 第一批, 2025年4月


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
    """A blank found in an annex: its blocks, and the form they were learned as.

    `file` is the place of the file it is in among those that came beside the notice.
    """

    number: int | None
    blocks: tuple[int, int]  # of the document, both included
    document: Document
    draft: DraftForm
    file: int | None = None

    def has(self, block: int) -> bool:
        """Say whether a block of the notice itself belongs to this blank."""
        return self.file is None and self.blocks[0] <= block <= self.blocks[1]


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything drafted from one notice. `open` is for a person to settle."""

    title: str
    document: str
    mailboxes: tuple[str, ...]
    requirements: tuple[Owed, ...]
    contacts: tuple[Person, ...]
    forms: tuple[NoticeForm, ...]
    open: tuple[Question, ...]
    window: Days | None = None
    issued: date | None = None
    units: tuple[str, ...] = ()
    subject: str = ""  # how a mail is to be titled
    nil: bool = False  # units that have nothing say so
    quotes: dict[str, str] = field(default_factory=dict)  # of title, document, mailboxes
