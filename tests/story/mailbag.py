"""Mails of every sort that a collection mailbox gets, each with what must come of it."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import dataclass, replace
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.demo.papers import Filled
from bot.demo.people import Person, vacation
from parsers.writing.sheet import Sheet, SheetCell
from parsers.writing.workbook import write_workbook
from tests.story.deployment import now, today

ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + b"EncryptedPackage" * 200


@dataclass(frozen=True)
class Posted:
    """One mail. `answer` is the kinds of letter, one of which must answer it; none: silence."""

    sort: str
    raw: bytes
    message_id: str
    sender: str
    outcomes: frozenset[str]
    answer: frozenset[str] = frozenset()
    boxes: tuple[int, ...] = (0,)
    junk: bool = False

    @property
    def arrivals(self):
        return len(self.boxes) + self.junk


def mailbag(campaign, mailbox, count, seed=1):
    """Return `count` different mails, all sorts in turn; the units take turns too."""
    writer = Writer(campaign, mailbox, seed)
    sorts = [getattr(writer, name) for name in SORTS]
    return [sorts[number % len(sorts)](number) for number in range(count)]


SORTS = (
    "statistics", "project", "statistics", "wrong_statistics", "statistics", "sheet",
    "without_attachment", "stranger", "automatic_reply", "encrypted", "raw_gbk", "statistics",
    "seen_in_junk_too", "sent_to_both", "garbage_from_a_stranger", "thanks", "wrong_project",
)  # fmt: skip


class Writer:
    """Writes the mails of one story; `number` makes each of them different."""

    def __init__(self, campaign, mailbox, seed):
        self._units = campaign.roster.units
        known = {campaign.id: campaign}
        self._people = [Person(known, campaign, unit, mailbox) for unit in self._units]
        self._mailbox = mailbox
        self._rng = random.Random(seed)

    def statistics(self, number):
        form = Filled(slips=_some(number)).file(self._person(number))
        return self._mailed("statistics", number, form)

    def wrong_statistics(self, number):
        slips = _some(number) | {"leaflets": "二三百"}
        form = Filled(slips=slips).file(self._person(number))
        return self._mailed("wrong statistics", number, form, "returned", "correction")

    def project(self, number):
        copy = Filled("project", slips=_this_year(number), number=number)
        form = copy.file(self._person(number))
        return self._mailed("project", number, form)

    def wrong_project(self, number):
        changes = _this_year(number) | {"phone": "12", "leader": ""}
        form = Filled("project", slips=changes, number=number).file(self._person(number))
        return self._mailed("wrong project", number, form, "returned", "correction")

    def sheet(self, number):
        """Retype the form in a workbook, as some do; its numbers are this mail's own."""
        person = self._person(number)
        form = person.campaign.forms["statistics"]
        rows = [[form.title], [f"填报单位：{person.unit.name}"], ["内容", "数量", "备注"]]
        for place, field in enumerate(form.fields):
            if field.where == "column":
                rows.append([f"{field.label}（{field.unit}）", str(number + place), ""])
        cells = tuple(tuple(SheetCell(value or None, "text") for value in row) for row in rows)
        return self._mailed("sheet", number, ("统计表.xlsx", write_workbook([Sheet("表", cells)])))

    def encrypted(self, number):
        file = ("统计表.xlsx", ENCRYPTED + str(number).encode())
        return self._mailed("encrypted", number, file, "returned", "unrecognised")

    def without_attachment(self, number):
        person = self._person(number)
        text = f"您好，请问第{number}项材料可以邮寄吗？需要盖章吗？"
        return self._posted("question", number, person.address, _plain(text), ends={"held"})

    def thanks(self, number):
        person = self._person(number)
        return self._posted(
            "thanks", number, person.address, _plain("收到，谢谢！"), ends={"ignored"}
        )

    def stranger(self, number):
        text = f"本公司代开发票、代办展会，优惠第{number}期。"
        sender = f"promo{number}@shop.example.net"
        return self._posted("stranger", number, sender, _plain(text), ends={"ignored"})

    def garbage_from_a_stranger(self, number):
        message = _plain("请查收。")
        content = self._rng.randbytes(3000)
        message.add_attachment(content, "application", "octet-stream", filename="数据.dat")
        return self._posted(
            "stranger's garbage", number, f"who{number}@else.example.net", message,
            ends={"held", "ignored"},
        )  # fmt: skip

    def automatic_reply(self, number):
        """Send what QQ's holiday reply sends: no Auto-Submitted (facts/mail.md §6.1)."""
        person = self._person(number)
        raw = vacation(person, "回执", f"<earlier.{number}@kepu.example.cn>", now())
        old = raw.partition(b"Message-ID: <")[2].partition(b">")[0]
        name = f"auto.{number}@kepu.example.cn"
        raw = raw.replace(old, name.encode())
        return Posted("automatic", raw, f"<{name}>", person.address, frozenset({"ignored"}))

    def raw_gbk(self, number):
        """Leave 8-bit GBK in the header, as old Chinese clients do."""
        posted = self.statistics(number)
        head, _, body = posted.raw.partition(b"\r\n\r\n")
        subject = f"Subject: 第{number}号统计表报送".encode("gbk")
        lines = [line for line in head.split(b"\r\n") if not line.startswith((b"Subject:", b" "))]
        assert any(line.startswith(b"Message-ID:") for line in lines)
        raw = b"\r\n".join([*lines, subject]) + b"\r\n\r\n" + body
        return replace(posted, sort="raw GBK", raw=raw)

    def seen_in_junk_too(self, number):
        return replace(self.statistics(number), sort="twice in one mailbox", junk=True)

    def sent_to_both(self, number):
        return replace(self.statistics(number), sort="in two mailboxes", boxes=(0, 1))

    def _person(self, number):
        return self._people[number % len(self._people)]

    def _mailed(self, sort, number, file, outcome="accepted", answer="receipt"):
        person = self._person(number)
        message = _plain(f"您好，附件请查收。\n{person.unit.name} {person.unit.contact}")
        name, content = file
        message.add_attachment(content, "application", "octet-stream", filename=name)
        return self._posted(sort, number, person.address, message, ends={outcome}, answer={answer})

    def _posted(self, sort, number, sender, message, *, ends, answer=()):
        name = f"<story.{number}.{sort.replace(' ', '-')}@kepu.example.cn>".replace("'", "")
        message["From"] = sender
        message["To"] = self._mailbox
        message["Subject"] = Header(f"第{number}封：{sort}", "utf-8").encode()
        message["Date"] = format_datetime(now())
        message["Message-ID"] = name
        return Posted(sort, message.as_bytes(), name, sender, frozenset(ends), frozenset(answer))


def bomb(campaign, mailbox, megabytes=60):
    """Return a form's mail whose document grows so large that no reading child can hold it."""
    unit = campaign.roster.units[0]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELS)
        rows = "<w:p><w:r><w:t>科</w:t></w:r></w:p>" * (megabytes * 25_000)
        package.writestr("word/document.xml", f"{_OPEN}{rows}</w:body></w:document>")
    message = _plain("附件请查收。")
    message["From"], message["To"] = unit.addresses[0], mailbox
    message["Subject"], message["Message-ID"] = "large", "<bomb@kepu.example.cn>"
    message["Date"] = format_datetime(now())
    message.add_attachment(file.getvalue(), "application", "octet-stream", filename="统计表.docx")
    return Posted(
        "bomb", message.as_bytes(), "<bomb@kepu.example.cn>", unit.addresses[0],
        frozenset({"held"}),
    )  # fmt: skip


_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPEN = f'<w:document xmlns:w="{_MAIN}"><w:body>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}"/></Types>'
)
_RELS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def _some(number):
    return {"participants": str(2000 + number)}


def _this_year(number):
    day = today()
    return {
        "name": f"第{number}届科普大集",
        "period": f"{day.year}年{day.month}月{day.day}日",
    }


def _plain(text):
    message = EmailMessage(policy=SMTP)
    message.set_content(text + "\n", cte="base64")
    return message
