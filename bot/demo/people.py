"""The people of the season: what they mail, and how they answer the letters they get."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.demo.papers import Paper
    from rules.campaign import Campaign
    from rules.roster import Unit


class Person:
    """One unit's clerk. `again` is what is sent when something comes back, once."""

    def __init__(
        self, campaigns: Mapping[str, Campaign], campaign: Campaign, unit: Unit, mailbox: str
    ) -> None:
        self.campaigns, self.campaign = campaigns, campaign
        self.unit, self.mailbox = unit, mailbox
        self.again: tuple[Paper, ...] = ()
        self.sent = 0

    @property
    def address(self) -> str:
        """Return where this person writes from."""
        return self.unit.addresses[0]

    def mail(
        self,
        at: datetime,
        subject: str,
        text: str,
        papers: Sequence[Paper] = (),
        replying: str | None = None,
    ) -> bytes:
        """Write a mail to the collection mailbox; `replying` is the letter's Message-ID."""
        self.sent += 1
        message = envelope(self.address, self.mailbox, subject, at, self.unit.contact)
        campaign = self.campaign.id.removeprefix("2023-")
        name = f"{self.unit.id}.{campaign}.{self.sent}.{at:%Y%m%d%H%M}"
        message["Message-ID"] = f"<{name}@kepu.example.cn>"
        if replying is not None:
            message["In-Reply-To"] = message["References"] = replying
        text = f"{text}\n\n{self.unit.name} {self.unit.contact}\n"
        message.set_content(text, cte="base64")
        page = "".join(paper.page(self) for paper in papers)
        if page:
            words = f"<p>{escape(text)}</p>{page}"
            message.add_alternative(words, subtype="html", cte="base64")
        for paper in papers:
            file = paper.file(self)
            if file is not None:
                message.add_attachment(file[1], "application", "octet-stream", filename=file[0])
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


def vacation(person: Person, subject: str, letter_id: str, at: datetime) -> bytes:
    """Answer a letter the way QQ's holiday reply does: no Auto-Submitted (facts/mail.md §6.1)."""
    message = envelope(person.address, person.mailbox, f"自动回复: {subject}", at)
    message["X-QQ-AUTO-REPLY"] = "true"
    message["In-Reply-To"] = letter_id
    message["Message-ID"] = f"<auto.{at:%Y%m%d%H%M}.{person.unit.id}@kepu.example.cn>"
    message.set_content("这是来自QQ邮箱的假期自动回复邮件。您好，我正在休假。", cte="base64")
    return message.as_bytes()


def bounce(person: Person, letter_id: str, at: datetime) -> bytes:
    """Return a letter as NetEase's 系统退信 does: an RFC 3464 report."""
    mailbox, recipient = person.mailbox, person.address
    report = (
        f"From: Postmaster@126.com\r\nTo: {mailbox}\r\nSubject: =?gb2312?B?z7XNs83L0MU=?=\r\n"
        f"Date: {format_datetime(at)}\r\n"
        f"Message-ID: <bounce.{person.unit.id}.{at:%Y%m%d%H%M%S}@126.com>\r\n"
        "MIME-Version: 1.0\r\nX-Mailer: Coremail MTA server\r\n"
        'Content-Type: Multipart/report; report-type=delivery-status;\r\n\tboundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nreturned\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; 126.com\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.0.0\r\n"
        "Diagnostic-Code: smtp; 550 User not found\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Message-ID: {letter_id}\r\nFrom: {mailbox}\r\nTo: {recipient}\r\n\r\n\r\n--b--\r\n"
    )
    return report.encode()
