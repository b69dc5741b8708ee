"""The post of one season: mails dropped into a maildir as a delivery agent does."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP

BOUNCE = """From: Mail Delivery System <MAILER-DAEMON@mx.example.cn>
To: {box}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{number}@mx.example.cn>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="BB"

--BB
Content-Type: text/plain

This is the mail system. Your message could not be delivered.

--BB
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.cn

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--BB
Content-Type: text/rfc822-headers

Message-ID: {letter}

--BB--
"""


@dataclass
class Sent:
    """One form that was mailed; `how` is with what habit of mailing, `clean` as asked."""

    message_id: str
    unit: object
    copy: object
    how: str
    clean: bool = False


@dataclass
class Post:
    """What drops mails at `box`, whose maildir is `folder`, a second apart."""

    box: str
    folder: object
    clock: object
    dice: random.Random
    count: int = 0
    forms: list[Sent] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    def mail(self, sender, subject, text, files=(), *, reply="", more=()):
        """Drop a mail; return its Message-ID."""
        mail = self._begun(sender, subject)
        if reply:
            mail["In-Reply-To"] = mail["References"] = reply
        for name, value in more:
            mail[name] = value
        mail.set_content(text + "\n", cte="base64")
        for name, data in files:
            mail.add_attachment(data, "application", "octet-stream", filename=name)
        return self._drop(mail)

    def forward(self, sender, subject, inner):
        """Drop a mail with another one attached."""
        mail = self._begun(sender, subject)
        mail.set_content("请登记。\n")
        mail.add_attachment(inner)
        return self._drop(mail)

    def letter(self, sender, to, subject, files):
        """Return a mail that went to somebody else first."""
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail["Date"], mail["Message-ID"] = self.clock.now(), f"<{self.count}@inner.example.cn>"
        mail.set_content("您好，请查收。\n")
        for name, data in files:
            mail.add_attachment(data, "application", "octet-stream", filename=name)
        return mail

    def quiet(self, *said, **more):
        """Drop a mail that nobody should be answered for."""
        self.unanswered.append(self.mail(*said, **more))

    def bounce(self, address, letter):
        """Return a letter of ours as undeliverable."""
        said = BOUNCE.format(box=self.box, number=self.count, address=address, letter=letter)
        self._put(said.replace("\n", "\r\n").encode())

    def again(self, message_id):
        """Deliver a mail a second time, as servers do after a move."""
        for path in [*(self.folder / "new").iterdir(), *(self.folder / "cur").iterdir()]:
            raw = path.read_bytes()
            if message_id.encode() in raw[:3000]:
                self._put(raw)
                return

    def _begun(self, sender, subject):
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = sender, self.box, subject
        mail["Message-ID"], mail["Date"] = f"<{self.count}@client.example.cn>", self.clock.now()
        return mail

    def _drop(self, mail):
        self._put(mail.as_bytes())
        return mail["Message-ID"]

    def _put(self, raw):
        self.count += 1
        self.clock.set(self.clock.now() + timedelta(seconds=1))
        path, at = self.folder / "new" / f"{self.count:06d}.M1.example", self.clock.now()
        path.write_bytes(raw)
        os.utime(path, (at.timestamp(), at.timestamp()))
