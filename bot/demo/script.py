"""How a season is told: who mails what, when. Each campaign's table is in `scripts`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from bot.demo.papers import Filled, Photo, Written
from bot.demo.people import Person, envelope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.demo.papers import Paper

ZONE = ZoneInfo("Asia/Shanghai")
FORMATS: tuple[Filled, ...] = (
    *(Filled(), Filled(saved="xlsx"), Filled(), Filled(saved="pdf"), Filled()),
    *(Filled(saved="doc"), Filled(saved="pasted")),
)
STATISTICS, REPORT, PHOTO = Filled(), Written(), Photo()


class Stage(Protocol):
    """What acts need: the people, and the post office's counter."""

    def person(self, campaign: str, unit: str) -> Person:
        """Return a unit's clerk."""

    def post(self, sender: str, mailbox: str, raw: bytes) -> None:
        """Hand a mail in over SMTP."""

    def mailbox(self, campaign: str) -> str:
        """Return where a campaign collects."""

    def letters_to(self, recipient: str) -> list[bytes]:
        """Return what was delivered to somebody so far, in order."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something somebody does at an hour of the season; `note` tells it in a line."""

    campaign: str
    at: datetime
    note: str
    play: Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Script:
    """One campaign's season: its acts, who is on holiday, whose address is gone."""

    campaign: str
    acts: tuple[Act, ...]
    on_holiday: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


def on(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """Return an hour of the season."""
    return datetime(2023, month, day, hour, minute, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Told:
    """The acts of one campaign, a line each."""

    campaign: str

    def mail(  # noqa: PLR0913 - what a mail is made of
        self,
        at: datetime,
        unit: str,
        note: str,
        *papers: Paper,
        subject: str = "科技活动周材料",
        text: str = "您好，请查收附件。",
        again: tuple[Paper, ...] = (),
        to: str = "",
    ) -> Act:
        """Let a unit mail papers; `again` is what it sends when they come back.

        `to` is another campaign, into whose mailbox the mail goes.
        """

        def play(stage: Stage) -> None:
            person = stage.person(self.campaign, unit)
            person.again = again
            raw = person.mail(at, subject, text, papers)
            stage.post(person.address, stage.mailbox(to or self.campaign), raw)

        return Act(self.campaign, at, f"{unit} {note}", play)

    def stranger(  # noqa: PLR0913 - what a mail is made of
        self,
        at: datetime,
        sender: str,
        note: str,
        *papers: Paper,
        subject: str,
        text: str = "请查收。",
        like: str = "",
    ) -> Act:
        """Let somebody write who is on no roster, with papers as the unit `like` makes them."""

        def play(stage: Stage) -> None:
            mailbox = stage.mailbox(self.campaign)
            message = envelope(sender, mailbox, subject, at)
            message.set_content(text, cte="base64")
            for paper in papers:
                file = paper.file(stage.person(self.campaign, like))
                if file is not None:
                    message.add_attachment(file[1], "application", "octet-stream", filename=file[0])
            stage.post(sender, mailbox, message.as_bytes())

        return Act(self.campaign, at, note, play)

    def everyone(
        self,
        first: datetime,
        units: str,
        a_day: int,
        *papers: Paper,
        formats: Sequence[Filled] = FORMATS,
    ) -> Iterator[Act]:
        """Let units send everything, some a day, each in another format."""
        for number, unit in enumerate(units.split()):
            at = first + timedelta(days=number // a_day)
            form = formats[number % len(formats)]
            yield self.mail(at, unit, f"sends everything ({form.saved})", form, *papers)
