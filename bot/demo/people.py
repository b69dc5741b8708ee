"""The people of the season: what they mail, and how they answer the letters they get."""

from __future__ import annotations

import random
import struct
import zlib
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from typing import TYPE_CHECKING

from bot.demo import typing_habits
from parsers.plain_docx import write_plain_docx
from parsers.workbook import Sheet, SheetCell, write_workbook
from rules.fill_form import fill_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from rules.campaign import Campaign
    from rules.roster import Unit

Attached = tuple[str, bytes]


class Person:
    """One unit's clerk: fills forms in with the same habits each time, and mails them."""

    def __init__(self, campaign: Campaign, unit: Unit, mailbox: str) -> None:
        self.campaign, self.unit, self.mailbox = campaign, unit, mailbox
        self.rng = random.Random(unit.id)  # noqa: S311 - invented people, not secrets
        self.sent = 0

    @property
    def address(self) -> str:
        """Return where this person writes from."""
        return self.unit.addresses[0]

    def statistics(self, changes: Mapping[str, str] | None = None) -> Attached:
        """Fill the 统计表 in; `changes` are the slips of this copy."""
        form = self.campaign.forms["statistics"]
        rng = random.Random(f"{self.unit.id}-statistics")  # noqa: S311
        values = typing_habits.statistics(form, self.unit, rng) | dict(changes or {})
        filled = {key: value for key, value in values.items() if value}
        return f"{self.unit.name}统计表.docx", fill_form(self.campaign, form, filled)

    def statistics_sheet(self) -> Attached:
        """Fill the 统计表 in as a spreadsheet, because someone prefers Excel."""
        form = self.campaign.forms["statistics"]
        rng = random.Random(f"{self.unit.id}-statistics")  # noqa: S311
        values = typing_habits.statistics(form, self.unit, rng)
        rows = [[form.title], [f"填报单位：{self.unit.name}"], ["内容", "数量", "备注"]]
        for field in form.fields:
            if field.where == "column":
                remark = (
                    f"其中: 科技人员{values['scientists']}" if field.key == "participants" else ""
                )
                rows.append([f"{field.label}（{field.unit}）", values[field.key], remark])
        cells = tuple(tuple(SheetCell(value or None, "text") for value in row) for row in rows)
        sheet = Sheet("统计表", cells, widths=(28, 16, 24))
        return f"{self.unit.name}统计表.xlsx", write_workbook([sheet])

    def project(self, number: int = 1, changes: Mapping[str, str] | None = None) -> Attached:
        """Fill a 备案表 in."""
        form = self.campaign.forms["project"]
        rng = random.Random(f"{self.unit.id}-project-{number}")  # noqa: S311
        values = typing_habits.project(self.unit, rng) | dict(changes or {})
        filled = {key: value for key, value in values.items() if value}
        return f"备案表{number}.docx", fill_form(self.campaign, form, filled)

    def report(self) -> Attached:
        """Write the 总结报告."""
        title, paragraphs = typing_habits.report(self.unit)
        return f"{title}.docx", write_plain_docx(title, paragraphs)

    def photo(self) -> Attached:
        """Return a picture of the event (a small real PNG)."""
        return "活动照片.png", png(64, 48, self.rng.randrange(256))

    def mail(
        self,
        at: datetime,
        subject: str,
        text: str,
        files: Sequence[Attached] = (),
        replying: EmailMessage | None = None,
    ) -> bytes:
        """Write a mail to the collection mailbox, perhaps as a reply to one of its letters."""
        self.sent += 1
        message = envelope(self.address, self.mailbox, subject, at, self.unit.contact)
        message["Message-ID"] = f"<{self.unit.id}.{self.sent}.{at:%Y%m%d%H%M}@kepu.example.cn>"
        if replying is not None:
            name = str(replying["Message-ID"])
            message["In-Reply-To"] = name
            message["References"] = name
        message.set_content(f"{text}\n\n{self.unit.name} {self.unit.contact}\n", cte="base64")
        for name, data in files:
            message.add_attachment(data, "application", "octet-stream", filename=name)
        return message.as_bytes()


def envelope(
    sender: str, recipient: str, subject: str, at: datetime, name: str = ""
) -> EmailMessage:
    """Begin a mail as a client does."""
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = f'"{name}" <{sender}>' if name else sender
    message["To"] = recipient
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    return message


def vacation(person: Person, letter: EmailMessage, at: datetime) -> bytes:
    """Answer a letter the way QQ's holiday reply does: no Auto-Submitted (facts/mail.md §6.1)."""
    message = envelope(person.address, person.mailbox, f"自动回复: {letter['Subject']}", at)
    message["X-QQ-AUTO-REPLY"] = "true"
    message["In-Reply-To"] = str(letter["Message-ID"])
    message["Message-ID"] = f"<auto.{at:%Y%m%d%H%M}.{person.unit.id}@kepu.example.cn>"
    message.set_content("这是来自QQ邮箱的假期自动回复邮件。您好，我正在休假。", cte="base64")
    return message.as_bytes()


def bounce(recipient: str, letter: EmailMessage, mailbox: str, at: datetime) -> bytes:
    """Return a letter as NetEase's 系统退信 does: an RFC 3464 report."""
    report = (
        f"From: Postmaster@126.com\r\nTo: {mailbox}\r\nSubject: =?gb2312?B?z7XNs83L0MU=?=\r\n"
        f"Date: {format_datetime(at)}\r\nMessage-ID: <bounce.{at:%Y%m%d%H%M%S}@126.com>\r\n"
        "MIME-Version: 1.0\r\nX-Mailer: Coremail MTA server\r\n"
        'Content-Type: Multipart/report; report-type=delivery-status;\r\n\tboundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nreturned\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; 126.com\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.0.0\r\n"
        "Diagnostic-Code: smtp; 550 User not found\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Message-ID: {letter['Message-ID']}\r\nFrom: {mailbox}\r\nTo: {recipient}\r\n\r\n\r\n--b--\r\n"
    )
    return report.encode()


def png(width: int, height: int, shade: int) -> bytes:
    """Return a plain grey picture."""
    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
        for tag, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body
