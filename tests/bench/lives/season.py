"""One season of a shipped campaign through the real worker, its clock set by hand."""

from __future__ import annotations

import random
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import SimulatedClock
from bot.office import open_office
from bot.settings import Account, Settings
from bot.worker import Worker
from rules.folder.load import SHIPPED, load_campaign
from rules.standing import COUNTED
from tests.bench.lives.people import People
from tests.bench.lives.post import Post
from tests.story.sink import Sink

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = ((8, 35), (9, 5), (14, 0), (20, 0))
LENIENT = {"per_hour": 100_000, "per_day": 100_000, "per_batch": 200, "pause_seconds": 0}


@dataclass
class Season:
    """What a season came to: the office, who mailed what, what was sent, and what was wrong."""

    office: object
    campaign: object
    people: People
    post: Post
    sink: Sink
    bounced: dict = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def due(self):
        return max(r.due for r in self.campaign.file.requirements)


@contextmanager
def season(name, seed, folder, most=40):
    """Live one season, and give what it came to."""
    dice, mails = random.Random(seed), folder / "maildir"
    for part in ("new", "cur", "tmp"):
        (mails / part).mkdir(parents=True)
    shutil.copytree(SHIPPED / name, folder / "campaigns" / name)
    campaign = load_campaign(SHIPPED / name)
    box = next(iter(campaign.file.mailboxes), "shoubiao@kepu.example.cn")
    last = max(r.due for r in campaign.file.requirements)
    first = max(campaign.file.opens, last - timedelta(days=25))
    clock = SimulatedClock(datetime(first.year, first.month, first.day, 8, tzinfo=ZONE))
    with Sink() as sink:
        settings = _settings(folder, box, mails, name, sink.port)
        with open_office(settings, clock) as office:
            post = Post(box, mails, clock, dice)
            people = People(office.campaigns[0], post, first, (last - first).days, most)
            it = Season(office, office.campaigns[0], people, post, sink)
            _live(it, dice, first, last + timedelta(days=10))
            yield it


def _settings(folder, box, mails, name, port):
    account = {
        "address": box, "provider": "custom", "kind": "maildir", "maildir": str(mails),
        "campaigns": (name,), "budget": LENIENT,
        "smtp": {"host": "127.0.0.1", "port": port, "tls": "plain"},
    }  # fmt: skip
    return Settings(
        data=folder / "data",
        ledger_url=f"sqlite:///{folder}/ledger.db",
        accounts=(Account.model_validate(account),),
        campaigns=folder / "campaigns",
    )


def _live(it, dice, day, last):
    worker = Worker(it.office)
    unreachable = {p.unit.id for p in it.people.all if dice.random() < 0.1}
    while day <= last:
        for hour, minute in HOURS:
            it.post.clock.set(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE))
            if hour != HOURS[1][0]:
                it.people.live(day)
                _astray(it, dice)
            if dice.random() < 0.04:
                worker.close()
                worker = Worker(it.office)
            it.people.answer()
            before = len(it.sink.accepted)
            worker.run_once()
            for letter in it.sink.accepted[before:]:
                _received(it, dice, letter, unreachable)
        day += timedelta(days=1)
    worker.close()


def _astray(it, dice):
    """Units that have sent thank, send the blank by mistake, or their mail comes twice."""
    for sent in list(it.post.forms):
        person, chance = it.people.person(sent.unit.id), dice.random()
        if chance < 0.003:
            blank = it.campaign.blanks[it.people.form.id]
            it.post.mail(person.address, f"{sent.unit.name}统计表", "", [("表.docx", blank)])
        elif chance < 0.006:
            it.post.quiet(person.address, "Re: 已收到", "收到，谢谢！")
        elif chance < 0.008:
            it.post.again(sent.message_id)


def _received(it, dice, letter, unreachable):
    """Let those a letter went to do what they do then; note who is chased without owing."""
    rows = [r for r in it.office.ledger.letters() if r.message_id == letter.message_id]
    for row in rows:
        person = it.people.person(row.unit)
        if person is None:
            continue
        if row.kind == "reminder":
            _reminded(it, dice, letter, row, person, gone=row.unit in unreachable)
        elif row.kind == "correction" and dice.random() < 0.8:
            it.people.replies.append((person, letter.message_id, letter.recipients[0]))


def _reminded(it, dice, letter, row, person, *, gone):
    came = it.office.ledger.submissions(it.campaign.id, unit=row.unit)
    counted = [s for s in came if s.requirement == "statistics" and s.standing in COUNTED]
    if counted and "statistics" in (row.requirements or ()):
        it.problems.append(f"{row.unit} is chased though what it owes is {counted[0].standing}")
    if gone:
        it.bounced[row.unit] = it.bounced.get(row.unit, 0) + 1
        it.post.bounce(letter.recipients[0], letter.message_id)
    elif dice.random() < 0.1:
        away, more = "我在出差，回来后处理。", [("Auto-Submitted", "auto-replied")]
        it.post.quiet(person.address, "自动回复", away, reply=letter.message_id, more=more)
    if person.asked and not person.done and dice.random() < 0.5:
        it.people.replies.append((person, letter.message_id, letter.recipients[0]))
        person.asked = False
