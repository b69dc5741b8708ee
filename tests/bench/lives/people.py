"""What the units of a season do from day to day: send, correct, ask, forget, send twice."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import timedelta

from tests.bench.lives.post import Sent
from tests.draw.scans import KINDS, to_pdf
from tests.draw.strangers.files import as_docx, as_xlsx
from tests.draw.strangers.make import clean_copy_of, copy_of

DRAWN = {"docx": as_docx, "xlsx": as_xlsx}
WAYS = {
    "once": 8, "twice": 3, "never": 2, "stranger": 2, "zip": 1, "on-reminder": 3, "question": 1,
    "blank-first": 1, "sealed": 1,
}  # fmt: skip
SUBJECTS = ("{unit}报送统计表", "{unit}", "科技活动周统计表", "Re: 关于报送的通知", "{unit}材料")
TEXTS = ("您好，附件请查收。", "", "{unit}的统计表见附件。")
NAMES = ("{unit}情况统计表", "统计表", "附件2", "{unit}")


@dataclass
class Person:
    """Who fills in the form of one unit, in one of WAYS, from some day on."""

    unit: object
    way: str
    at: object
    done: bool = False
    asked: bool = False
    again: object = None

    @property
    def address(self):
        return self.unit.addresses[0] if self.unit.addresses else f"{self.unit.id}@unit.example.cn"


class People:
    """All units of a campaign, and the form they fill in."""

    def __init__(self, campaign, post, first, days, most):
        units, dice = list(campaign.roster.units), post.dice
        dice.shuffle(units)
        self.campaign, self.form = campaign, campaign.forms["statistics"]
        self.post, self.dice = post, dice
        ways = dice.choices(list(WAYS), list(WAYS.values()), k=most)
        self.all = [
            Person(unit, way, first + timedelta(days=dice.randrange(1, days + 6)))
            for unit, way in zip(units, ways, strict=False)
        ]
        self.replies = []

    def person(self, unit_id):
        return next((one for one in self.all if one.unit.id == unit_id), None)

    def live(self, day):
        """Let everybody do what they do on a half day."""
        for person in self.all:
            if not person.done and person.at <= day and self.dice.random() < 0.6:
                self._begin(person, day)
            elif person.again is not None and person.again <= day:
                person.again = None
                self._again(person)
        waiting = [p for p in self.all if not p.done and p.way in {"once", "twice"}]
        if len(waiting) > 1 and self.dice.random() < 0.06:
            self._together(*waiting[:2])
        if waiting and self.dice.random() < 0.06:
            self._passed_on(waiting[-1])

    def answer(self):
        """Reply to letters that ask for something."""
        replies, self.replies = self.replies, []
        for person, letter, address in replies:
            if self.dice.random() < 0.7:
                self.send(person, address, clean=self.dice.random() < 0.5, reply=letter)

    def send(self, person, sender, how="once", *, clean=False, reply=""):
        """Mail a copy of the form."""
        copy, name, data = self._drawn(person.unit, clean=clean)
        if how == "zip":
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                archive.writestr(name, data)
            name, data = f"{person.unit.name}.zip", packed.getvalue()
        self._post(person, sender, copy, [(name, data)], how, clean=clean, reply=reply)
        person.done = True

    def _post(self, person, sender, copy, files, how, *, clean=False, reply=""):
        subject, text = (self._said(one, person.unit) for one in (SUBJECTS, TEXTS))
        number = self.post.mail(sender, subject, text, files, reply=reply)
        self.post.forms.append(Sent(number, person.unit, copy, how, clean))

    def _begin(self, person, day):
        way, unit = person.way, person.unit
        if way == "never":
            person.done = True
        elif way == "on-reminder":
            person.asked = True
        elif way == "question":
            self.post.mail(person.address, "请问", "请问统计表在哪里下载？")
            person.way, person.at = "once", day + timedelta(days=2)
        elif way == "blank-first":
            blank = self.campaign.blanks[self.form.id]
            self.post.mail(person.address, f"{unit.name}统计表", "附件", [("表.docx", blank)])
            person.way, person.at = "once", day + timedelta(days=3)
        elif way == "stranger":
            self.send(person, f"someone.{unit.id}@qq.example.com")
        elif way == "sealed":
            self._typed_then_sealed(person)
        else:
            self.send(person, person.address, way)
            if way == "twice":
                person.again = day + timedelta(days=self.dice.randrange(5))

    def _again(self, person):
        known = self.dice.random() < 0.7
        self.send(person, person.address if known else f"other.{person.unit.id}@163.example.com")

    def _typed_then_sealed(self, person):
        copy = clean_copy_of(self.campaign, self.form, self._seed(), person.unit.name)
        data = as_docx(copy)
        self._post(person, person.address, copy, [("统计表.docx", data)], "once", clean=True)
        pdf = to_pdf({"form": data}, self.post.folder)["form"]
        (page, *_) = KINDS["seal-200"](pdf, self._seed())
        files = [("盖章扫描件.jpg", page)]
        number = self.post.mail(person.address, "盖章扫描件", "盖章扫描件见附件。", files)
        self.post.forms.append(Sent(number, person.unit, copy, "sealed"))
        person.done = True

    def _together(self, *people):
        """Mail two units' forms as the first's."""
        drawn = [(p, *self._drawn(p.unit)) for p in people]
        files = [(f"{p.unit.name}{name}", data) for p, _, name, data in drawn]
        text = "两家单位的统计表一并报送，请查收。"
        number = self.post.mail(people[0].address, "报送统计表", text, files)
        for person, copy, _, _ in drawn:
            self.post.forms.append(Sent(number, person.unit, copy, "together"))
            person.done = True

    def _passed_on(self, person):
        """Let a coordinator forward what came to their own address."""
        boss = next(iter(self.campaign.file.coordinators), None)
        if boss is None:
            return
        copy, name, data = self._drawn(person.unit)
        subject = f"{person.unit.name}统计表"
        if self.dice.random() < 0.5:
            sender = f"person.{person.unit.id}@qq.example.com"
            inner = self.post.letter(sender, boss, subject, [(name, data)])
            number = self.post.forward(boss, f"转发: {subject}", inner)
        else:
            text = f"-------- 转发邮件信息 --------\n发件人: person\n主题: {subject}\n\n请查收。"
            number = self.post.mail(boss, f"转发: {subject}", text, [(name, data)])
        self.post.forms.append(Sent(number, person.unit, copy, "forwarded"))
        person.done = True

    def _drawn(self, unit, *, clean=False):
        make = clean_copy_of if clean else copy_of
        copy = make(self.campaign, self.form, self._seed(), unit.name)
        kind = self.dice.choice(list(DRAWN))
        return copy, f"{self._said(NAMES, unit)}.{kind}", DRAWN[kind](copy)

    def _said(self, sentences, unit):
        return self.dice.choice(sentences).format(unit=unit.name)

    def _seed(self):
        return self.dice.randrange(10**6)
