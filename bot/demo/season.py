"""The season: 8 May - 20 June 2023 played through the real worker under a made clock."""

from __future__ import annotations

import contextlib
import heapq
import shutil
import smtplib
import sys
import time
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from bot.clock import SimulatedClock
from bot.commands.trouble import Trouble
from bot.demo.album import write_album
from bot.demo.people import Person, bounce, vacation
from bot.demo.post_office import HOST, PostOffice
from bot.demo.script import ZONE, Act, acts, on
from bot.log import configure_log
from bot.office import open_office
from bot.options import Account, Settings
from bot.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from email.message import EmailMessage
    from pathlib import Path

    from bot.demo.people import Attached
    from bot.demo.post_office import Delivered
    from bot.office import Office

CAMPAIGN = "2023-neimenggu"
START, END = on(5, 8, 8), on(6, 20, 18)
ROUNDS = ((8, 31), (9, 1))  # the hours at which the worker has something to do by itself
ON_HOLIDAY, GONE = "health", "weather"
MARKER = "season.txt"


class Season:
    """Plays the script: people act, the worker works, people answer its letters."""

    def __init__(
        self, office: Office, clock: SimulatedClock, post_office: PostOffice, mailbox: str
    ) -> None:
        self._clock = clock
        self._office, self._post_office, self._mailbox = office, post_office, mailbox
        self._worker = Worker(office)
        campaign = office.campaign(CAMPAIGN)
        if campaign is None:
            raise Trouble(f"the shipped campaign {CAMPAIGN} is missing")
        self.people: Mapping[str, Person] = {
            u.id: Person(campaign, u, mailbox) for u in campaign.roster.units
        }
        self._plan: list[tuple[datetime, int, Act | None]] = []
        self._seen = 0
        self.notes: list[tuple[datetime, str]] = []
        for act in acts():
            self._add(act.at, act)
        day = START
        while day < END:
            for hour, minute in ROUNDS:
                self._add(day.replace(hour=hour, minute=minute), None)
            day += timedelta(days=1)

    def _add(self, at: datetime, act: Act | None) -> None:
        heapq.heappush(self._plan, (at, len(self._plan) + 1000 * bool(act), act))

    def post(self, sender: str, raw: bytes) -> None:
        """Hand a mail in over SMTP, as any client does."""
        with smtplib.SMTP(HOST, self._post_office.smtp_port) as client:
            client.sendmail(sender, [self._mailbox], raw)

    def play(self, progress: Progress) -> None:
        """Play to the end."""
        bar = progress.add_task("8 May - 20 June 2023", total=(END - START).total_seconds())
        while self._plan:
            at, _, act = heapq.heappop(self._plan)
            if at > END:
                break
            self._clock.set(max(at, self._clock.now()))
            if act is not None:
                act.play(self)
                self.notes.append((at, act.note))
            self._worker.run_once()
            self._react(at)
            progress.update(bar, completed=(at - START).total_seconds(), description=f"{at:%d %B}")
        self._worker.close()

    def _react(self, at: datetime) -> None:
        """Let people read what was delivered to them since the last look."""
        fresh = self._post_office.delivered[self._seen :]
        self._seen = len(self._post_office.delivered)
        by_address = {p.address: p for p in self.people.values()}
        for item in fresh:
            person = by_address.get(item.recipient)
            if person is not None:
                self._answer(person, item, at)

    def _answer(self, person: Person, item: Delivered, at: datetime) -> None:
        letter = message_from_bytes(item.raw, policy=default)
        later = at + timedelta(minutes=2)
        if person.unit.id == ON_HOLIDAY:
            self._later(
                later,
                "health is on holiday: an automatic reply",
                person.address,
                vacation(person, letter, later),
            )
        elif person.unit.id == GONE:
            self._return(later, person, letter)
        elif "<correction." in str(letter["Message-ID"]):
            self._correct(person, letter, at + timedelta(days=1))

    def _return(self, at: datetime, person: Person, letter: EmailMessage) -> None:
        raw = bounce(person.address, letter, self._mailbox, at)

        def play(_stage: object) -> None:
            self._post_office.put(self._mailbox, raw)

        self._add(at, Act(at, "weather's address is gone: the letter bounces", play))

    def _correct(self, person: Person, letter: EmailMessage, at: datetime) -> None:
        subject = str(letter["Subject"])
        again: dict[str, Callable[[], Attached]] = {
            "baotou": person.project,
            "tongliao": person.statistics,
        }
        fill = again.get(person.unit.id)
        if fill is not None:
            raw = person.mail(at, subject, "已按要求修改，请查收。", [fill()], letter)
            self._later(at, f"{person.unit.id} corrects what was returned", person.address, raw)

    def _later(self, at: datetime, note: str, sender: str, raw: bytes) -> None:
        self._add(at, Act(at, note, lambda _stage: self.post(sender, raw)))


def play(folder: Path, *, color: bool = True) -> int:
    """Play the season into `folder`; 0 when every mail is accounted for."""
    console = Console(no_color=not color)
    started = time.monotonic()
    prepare(folder)
    clock = SimulatedClock(START)
    mailbox, password = "nmkepu@126.com", "demo-code"
    shown = Console(file=sys.stderr, no_color=not color)
    with (
        (folder / "worker.log").open("w", encoding="utf-8") as log,
        contextlib.redirect_stderr(log),
        PostOffice({mailbox: password}, clock.now) as post_office,
    ):
        configure_log("json")
        settings = _settings(folder, post_office, mailbox, password)
        with open_office(settings, clock) as office:
            season = Season(office, clock, post_office, mailbox)
            with Progress(console=shown, transient=True) as bar:
                season.play(bar)
            holds = write_album(folder, office, season.notes, console)
    console.print(f"played in {time.monotonic() - started:.0f} s; open {folder / 'index.html'}")
    return 0 if holds else 1


def prepare(folder: Path) -> None:
    """Empty a folder of an earlier season; another folder that is not empty stays untouched."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise Trouble(f"{folder}: is not empty and holds no demo; give another --dir")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARKER).write_text("made by `shoubiao demo`; a new demo empties this folder\n")


def _settings(folder: Path, post_office: PostOffice, mailbox: str, password: str) -> Settings:
    account = Account.model_validate(
        {
            "address": mailbox,
            "password": password,
            "provider": "custom",
            "imap": {"host": HOST, "port": post_office.imap_port, "tls": "plain"},
            "smtp": {"host": HOST, "port": post_office.smtp_port, "tls": "plain"},
            "budget": {"per_hour": 500, "per_day": 2000, "per_batch": 100, "pause_seconds": 0},
        }
    )
    return Settings(
        data=folder / "data",
        ledger_url=f"sqlite:///{(folder / 'data').absolute()}/ledger.db",
        accounts=(account,),
    )


__all__ = ["ZONE", "Season", "play"]
