"""The season: 8 May - 8 July 2023 played through the real worker under a made clock."""

from __future__ import annotations

import contextlib
import heapq
import smtplib
import sys
import time
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from bot.clock import SimulatedClock
from bot.demo.admin import extend
from bot.demo.people import Person, bounce, vacation
from bot.demo.post_office import HOST, PostOffice
from bot.demo.premises import PASSWORD, collected_in, prepare, settings_for
from bot.demo.script import Act, on
from bot.demo.scripts import SCRIPTS
from bot.demo.telling import tell_season
from bot.log import configure_log
from bot.office import open_office
from bot.reports.album import write_album
from bot.worker import Worker
from rules.calendar import is_workday

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import Message
    from pathlib import Path

    from bot.demo.post_office import Delivered
    from bot.demo.script import Stage
    from bot.office import Office
    from rules.campaign import Campaign

START, END = on(5, 8, 8), on(7, 8, 12)
DIGESTS, BOTH = (8, 31), (10, 1)  # when there are digests to write; digests and all reminders
MACHINES = (10, 30)  # when what answers by itself has answered the morning's letters
XINJIANG, EXTENDED = "2023-xinjiang", ("altay", "2023-06-20")


class Season:
    """Plays the scripts: people act, the worker works, people answer its letters."""

    def __init__(self, office: Office, clock: SimulatedClock, post_office: PostOffice) -> None:
        self._clock = clock
        self._post_office = post_office
        self._worker = Worker(office)
        campaigns = {campaign.id: campaign for campaign in office.campaigns}
        self._people = {
            (campaign.id, unit.id): Person(campaigns, campaign, unit, _box(campaign))
            for campaign in office.campaigns
            for unit in campaign.roster.units
        }
        self._by_address = {person.address: person for person in self._people.values()}
        self._scripts = {script.campaign: script for script in SCRIPTS}
        self._plan: list[tuple[datetime, int, Act | None]] = []
        self._seen = self._count = 0
        self.notes: list[tuple[str, datetime, str]] = []
        self._plan_season()

    def _plan_season(self) -> None:
        for script in SCRIPTS:
            for act in script.acts:
                self.add(act)
        day = START
        while day < END:
            hour, minute = BOTH if is_workday(day.date()) else DIGESTS
            self._push(day.replace(hour=hour, minute=minute), None)
            day += timedelta(days=1)

    def add(self, act: Act) -> None:
        """Put an act into the plan."""
        self._push(act.at, act)

    def _push(self, at: datetime, act: Act | None) -> None:
        self._count += 1
        heapq.heappush(self._plan, (at, self._count, act))

    def person(self, campaign: str, unit: str) -> Person:
        """Return a unit's clerk."""
        return self._people[campaign, unit]

    def mailbox(self, campaign: str) -> str:
        """Return where a campaign collects."""
        return next(p.mailbox for (of, _), p in self._people.items() if of == campaign)

    def post(self, sender: str, mailbox: str, raw: bytes) -> None:
        """Hand a mail in over SMTP, as any client does."""
        with smtplib.SMTP(HOST, self._post_office.smtp_port) as client:
            client.sendmail(sender, [mailbox], raw)

    def letters_to(self, recipient: str) -> list[bytes]:
        """Return what was delivered to somebody so far, in order."""
        return [one.raw for one in self._post_office.delivered if one.recipient == recipient]

    def play(self, progress: Progress) -> None:
        """Play to the end; what happens at one hour is one round of the worker."""
        bar = progress.add_task("8 May - 8 July 2023", total=(END - START).total_seconds())
        while self._plan and self._plan[0][0] <= END:
            at = self._plan[0][0]
            self._clock.set(max(at, self._clock.now()))
            while self._plan and self._plan[0][0] == at:
                self._act(heapq.heappop(self._plan)[2])
            self._worker.run_once()
            self._react(at)
            progress.update(bar, completed=(at - START).total_seconds(), description=f"{at:%d %B}")
        self._worker.close()

    def _act(self, act: Act | None) -> None:
        if act is not None:
            act.play(self)
            self.notes.append((act.campaign, act.at, act.note))

    def _react(self, at: datetime) -> None:
        """Let people read what was delivered to them since the last look."""
        fresh = self._post_office.delivered[self._seen :]
        self._seen = len(self._post_office.delivered)
        for item in fresh:
            person = self._by_address.get(item.recipient)
            if person is not None:
                self._answer(person, item, at)

    def _answer(self, person: Person, item: Delivered, at: datetime) -> None:
        script = self._scripts[person.campaign.id]
        head = message_from_bytes(item.raw.partition(b"\r\n\r\n")[0])
        soon, unit = max(at, at.replace(hour=MACHINES[0], minute=MACHINES[1])), person.unit.id
        soon += timedelta(minutes=2 * (soon == at))
        if unit in script.on_holiday:
            self._rest(person, head, soon)
        elif unit in script.gone:
            self._return(person, head, soon)
        elif person.again and str(head["Message-ID"]).startswith(("<correction.", "<unrecognised")):
            self._correct(person, head, at + timedelta(days=1))

    def _rest(self, person: Person, head: Message, at: datetime) -> None:
        raw = vacation(person, _subject(head), str(head["Message-ID"]), at)
        self._later(person, at, "is on holiday: an automatic reply", raw)

    def _return(self, person: Person, head: Message, at: datetime) -> None:
        raw = bounce(person, str(head["Message-ID"]), at)
        note = f"{person.unit.id}'s address is gone: the letter bounces"

        def play(_stage: Stage) -> None:
            self._post_office.put(person.mailbox, raw)

        self.add(Act(person.campaign.id, at, note, play))

    def _correct(self, person: Person, head: Message, at: datetime) -> None:
        papers, person.again = person.again, ()
        name = str(head["Message-ID"])
        raw = person.mail(at, _subject(head), "已按要求修改，请查收。", papers, name)
        self._later(person, at, "corrects what was returned", raw)

    def _later(self, person: Person, at: datetime, note: str, raw: bytes) -> None:
        def play(stage: Stage) -> None:
            stage.post(person.address, person.mailbox, raw)

        self.add(Act(person.campaign.id, at, f"{person.unit.id} {note}", play))


def _box(campaign: Campaign) -> str:
    return campaign.file.boxes[0]


def _subject(head: Message) -> str:
    return str(make_header(decode_header(str(head["Subject"]))))


def play(folder: Path, *, color: bool = True) -> int:
    """Play the season into `folder`; 0 when every mail is accounted for."""
    console = Console(no_color=not color)
    started = time.monotonic()
    prepare(folder)
    clock = SimulatedClock(START)
    shown = Console(file=sys.stderr, no_color=not color)
    mailboxes = collected_in()
    with (
        (folder / "worker.log").open("w", encoding="utf-8") as log,
        contextlib.redirect_stderr(log),
        PostOffice(dict.fromkeys(mailboxes, PASSWORD), clock.now) as post_office,
    ):
        configure_log("json")
        with open_office(settings_for(folder, post_office, mailboxes), clock) as office:
            season = Season(office, clock, post_office)
            season.add(_extension(folder))
            with Progress(console=shown, transient=True) as bar:
                season.play(bar)
            holds = tell_season(write_album(folder, office), office, season.notes, console)
    console.print(f"played in {time.monotonic() - started:.0f} s; open {folder / 'index.html'}")
    return 0 if holds else 1


def _extension(folder: Path) -> Act:
    """Let the admin edit the running campaign's roster; the worker sees it by itself."""

    def play(_stage: Stage) -> None:
        extend(folder / "campaigns" / XINJIANG, *EXTENDED)

    return Act(XINJIANG, on(6, 13, 16), "the admin extends altay's deadline to 20 June", play)
