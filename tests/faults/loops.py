"""T6: a week with machines that answer our letters: they hear little of us, and ever less."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

from tests.faults.desk import START, account, desk
from tests.faults.people import MAILBOX, campaign, form_mail, units
from tests.servers.netease import NetEaseImap, NetEaseSmtp, netease_bounce

MOST_A_DAY = 3  # answers to a peer without any header
UNIT = units()[0]


def run(tally, full):
    """Let each kind of peer answer every letter, for a week or two days."""
    days = 7 if full else 1
    for name, peer in PEERS.items() if full else list(PEERS.items())[-2:-1]:
        with tally.point(f"{name} for {days} days"), _stage() as stage:
            _live(stage, peer, days)
            worst = max(stage.answers_by_day().values(), default=0)
            tally.note(f"{name}: at most {worst} answers a day")
            most = 1 if name in COMPLIANT else MOST_A_DAY
            assert worst <= most, f"{worst} answers in a day"
            equation = stage.desk.ledger.equation(MAILBOX)
            assert equation.complete, equation


def _silent(_letter, _number):
    """Keep to RFC 3834: do not answer what says it is automatic."""


def _marked(letter, number):
    reply = _reply(letter, number)
    reply["Auto-Submitted"] = "auto-replied"
    return reply


def _plain(letter, number):
    """Answer in words, with no field that tells a machine."""
    return _reply(letter, number)


def _echo(letter, number):
    """Send back whatever was attached: the blank, the marked copy."""
    reply = _reply(letter, number)
    for part in letter.iter_attachments():
        content = part.get_payload(decode=True)
        reply.add_attachment(content, "application", "octet-stream", filename=part.get_filename())
    return reply


def _spoiled(letter, number):
    """Send a spoilt file each time, a new one."""
    reply = _reply(letter, number)
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + str(number).encode() * 900
    reply.add_attachment(content, "application", "msword", filename="统计表.doc")
    return reply


def _second_bot(letter, number):
    """Another installation of this bot: its letters carry the loop field."""
    reply = _reply(letter, number)
    reply["X-Shoubiao-Loop"] = "0123456789abcdef01234567"
    reply["Auto-Submitted"] = "auto-replied"
    return reply


def _bouncing(letter, _number):
    raw = letter.as_bytes(policy=SMTP)
    return netease_bounce(str(letter["To"].addresses[0].addr_spec), raw, MAILBOX, START)


PEERS = {
    "a peer that keeps to RFC 3834": _silent,
    "a machine that says so": _marked,
    "another bot like us": _second_bot,
    "a server that returns everything": _bouncing,
    "a machine without any field, in words": _plain,
    "a machine that returns our attachments": _echo,
    "a machine that sends a new spoilt file": _spoiled,
}
COMPLIANT = frozenset(list(PEERS)[:4])


class _Stage:
    def __init__(self, opened, imap, smtp):
        self.desk, self.imap, self.smtp = opened, imap, smtp
        self.seen = 0
        self.answered = []

    def new_letters(self):
        letters = [one for _, one in self.smtp.accepted[self.seen :]]
        self.seen += len(letters)
        return letters

    def answers_by_day(self):
        kinds = {"receipt", "correction", "unrecognised"}
        rows = [row for row in self.desk.ledger.letters() if row.kind in kinds]
        mine = campaign().roster.get(UNIT).addresses[0]
        return Counter(row.created_at.date() for row in rows if mine in row.recipients)


def _live(stage, peer, days):
    """Begin with a form that has something to correct; then the peer answers all it gets."""
    raw = form_mail(UNIT, 1, wrong=(("participants", "二三百"),))
    stage.imap.put(raw)
    number = 0
    for _ in range(days * 24):
        stage.desk.worker.run_once()
        stage.desk.clock.advance(timedelta(minutes=30))
        for letter in stage.new_letters():
            if letter.recipients[0] != campaign().roster.get(UNIT).addresses[0]:
                continue
            number += 1
            said = peer(message_from_bytes(letter.raw, policy=default), number)
            if said is not None:
                stage.imap.put(said if isinstance(said, bytes) else said.as_bytes())
        if number == 0 and stage.desk.clock.now() - START > timedelta(hours=3):
            break
        stage.desk.clock.advance(timedelta(minutes=30))


def _reply(letter, number):
    reply = EmailMessage(policy=SMTP)
    reply["From"] = campaign().roster.get(UNIT).addresses[0]
    reply["To"] = MAILBOX
    reply["Subject"] = f"Re: {letter['Subject']}"
    reply["Message-ID"] = f"<reply.{number}@kepu.example.cn>"
    reply["In-Reply-To"] = reply["References"] = str(letter["Message-ID"])
    reply.set_content(f"您的来信已收到，编号{number}。\n", cte="base64")
    return reply


@contextmanager
def _stage():
    clock = []
    now = lambda: clock[0].now() if clock else START  # noqa: E731 - the servers ask the desk's clock
    with NetEaseImap(now=now, most_logins=10**6) as imap, NetEaseSmtp(now, MAILBOX) as smtp:
        own = account(MAILBOX, imap=imap.port, smtp=smtp.port)
        with desk(own, campaigns="shipped") as opened:
            clock.append(opened.clock)
            yield _Stage(opened, imap, smtp)
