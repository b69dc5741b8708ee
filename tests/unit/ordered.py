"""An office that people write orders to: mails go in by hand, are judged, answers are looked at."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from shutil import copytree
from urllib.parse import parse_qs, unquote, urlsplit

from bot.mails.judging import judge_next
from bot.mails.remembering import LedgerHistory
from bot.orders.buttons import LIFE, Buttons
from parsers.message.identity import content_key
from parsers.message.mime import read_mail
from rules.folder.load import SHIPPED
from rules.judging.noted import Noted
from state.rows.mails import NewArrival
from tests.draw import papers
from tests.unit.made_office import CAMPAIGN, MAILBOX, at, made

BOSS, OTHER = "kepu@example.cn", "second@example.cn"
STRANGER = "teacher@school.example.cn"


class Desk:
    """`send` mails and look what became of them; `ask` presses a button of a letter."""

    def __init__(self, made_office):
        self.made, self.office, self.clock = made_office, made_office.office, made_office.clock
        self.history = LedgerHistory(self.office)
        self.count = 0

    @property
    def ledger(self):
        return self.office.ledger

    @property
    def campaign(self):
        return self.office.campaign(CAMPAIGN)

    def unit(self, unit):
        return self.campaign.roster.get(unit)

    def send(self, sender, subject, text="", files=(), mailbox=MAILBOX, **headers):
        """Let a mail come in and be judged with all others that wait; return its row."""
        self.count += 1
        self.clock.set(self.clock.now() + timedelta(minutes=1))
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = sender, MAILBOX, subject
        message["Message-ID"] = f"<{self.count}@mail.example.cn>"
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        for name, data in files:
            message.add_attachment(data, "application", "octet-stream", filename=name)
        return self.deliver(message.as_bytes(), mailbox)

    def deliver(self, raw, mailbox=MAILBOX):
        now, sha = self.clock.now(), self.office.archive.put(raw)
        arrival = NewArrival(
            mailbox, "INBOX", 1, 1000 + self.count, now, sha, content_key(raw), len(raw)
        )
        number = self.ledger.record_arrivals((arrival,), now)[0].mail_id
        self.judge()
        return self.ledger.mail(number)

    def judge(self):
        while judge_next(self.office, self.history, "desk"):
            pass

    def form(self, sender, unit, participants=1200, subject="统计表"):
        """Let the filled statistics form of a unit come in."""
        data = papers.statistics(unit, {"participants": str(participants)})
        return self.send(sender, subject, "请查收。", [("统计表.docx", data)])

    def letter(self, kind, mail=None):
        """Return the last answer of a kind as an EmailMessage, perhaps the one to a mail."""
        rows = self.ledger.letters(kind=kind, mail_id=mail.id if mail else None)
        message = message_from_bytes(self.ledger.letter_raw(rows[-1].id), policy=default)
        message.recipient = rows[-1].recipients[0]
        return message

    def answers(self, mail):
        return self.ledger.letters(mail_id=mail.id)

    def press(self, href, sender=BOSS, text="", change=lambda subject: subject):
        """Send what a mailto link opens, perhaps changed."""
        link = urlsplit(href)
        assert (link.scheme, unquote(link.path)) == ("mailto", MAILBOX)
        (subject,) = parse_qs(link.query)["subject"]
        return self.send(sender, change(subject), text)

    def button(self, command, recipient=BOSS, occasion="digest", life=LIFE):
        return Buttons(self.office, self.campaign, recipient, occasion, life).href(command)

    def standing(self, unit, requirement="statistics"):
        row = self.ledger.standings(CAMPAIGN).get((unit, requirement))
        return row.standing.value if row else None


def text_of_letter(message):
    return message.get_body(("plain",)).get_content()


def links(message):
    html = message.get_body(("html",)).get_content()
    return [href.replace("&amp;", "&") for href in re.findall(r'href="(mailto:[^"]+)"', html)]


class _ReadHere:
    """A reading pool without processes: these mails are not hostile."""

    def recognise(self, path, wanted):
        mail = read_mail(Path(path).read_bytes())
        return mail, Noted(mail, (), wanted.opened, wanted.prefer)

    glance = recognise

    def mark(self, _path, _sha256, _marks):
        return b""

    def close(self):
        pass


@contextmanager
def desk(folder, **changes):
    copytree(SHIPPED / CAMPAIGN, folder / "campaigns" / CAMPAIGN)
    settings = {"coordinators": (BOSS, OTHER), "campaigns": folder / "campaigns"} | changes
    with made(folder, **settings) as made_office:
        made_office.clock.set(at(6, 7))
        made_office.office.pool.close()
        made_office.office.pool = _ReadHere()
        yield Desk(made_office)
