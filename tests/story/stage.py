"""The stage of a story: a real Dovecot, a sink for letters, one installation, and its mails."""

from __future__ import annotations

import itertools
import os
import sqlite3
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

from imapclient import IMAPClient

from rules.folder.load import load_campaigns
from tests.servers.dovecot import PASSWORD, USERS, Dovecot
from tests.story.deployment import Deployment
from tests.story.mailbag import mailbag
from tests.story.sink import Sink

JUNK = "垃圾邮件"
CAPS = """
[caps]
per_address_per_day = 10000
formless_per_address_per_day = 10000
per_domain_per_hour = 10000
repeats_per_day = 1000000
strangers_per_unit_per_day = 1000000
strangers_per_hour = 1000000
strangers_per_day = 1000000
global_per_hour = 10000
"""  # a story's few units write a season's mails in a minute, all from one domain
ANSWERS = frozenset({"receipt", "correction", "unrecognised"})


class Stage:
    """`bot` is the installation, `sink` has what it sent, `posted` what people sent."""

    def __init__(self, server, sink, bot):
        self.server, self.sink, self.bot = server, sink, bot
        self.posted = []
        self._numbers = itertools.count(1)

    @property
    def campaign(self):
        return load_campaigns(self.bot.folder / "campaigns")[0]

    def post(self, *mails):
        """Let the mail server deliver mails."""
        for mail in mails:
            self.posted.append(mail)
            for box in mail.boxes:
                self._deliver(USERS[box], mail.raw)
            if mail.junk:
                with self.client(USERS[0]) as client:
                    client.append(JUNK, self._received(USERS[0]) + mail.raw)

    def post_mailbag(self, count, seed=1):
        self.post(*mailbag(self.campaign, USERS[0], count, seed))

    def answers(self):
        """Return the letters that left, by the Message-ID of the mail they answer."""
        answers = defaultdict(list)
        for letter in self.sink.accepted:
            if letter.kind in ANSWERS:
                answers[str(letter.headers["In-Reply-To"])].append(letter)
        return answers

    @contextmanager
    def client(self, user):
        client = IMAPClient("127.0.0.1", self.server.port, ssl=False, timeout=60)
        client.login(user, PASSWORD)
        try:
            yield client
        finally:
            client.logout()

    def flags(self):
        """Return the flags of all mails in all folders, those of the session left out."""
        flags = Counter()
        for user in USERS:
            with self.client(user) as client:
                for folder in ("INBOX", JUNK):
                    client.select_folder(folder, readonly=True)
                    for one in client.fetch(client.search(), ["FLAGS"]).values():
                        flags.update(set(one[b"FLAGS"]) - {b"\\Recent"})
        return flags

    def _deliver(self, user, raw):
        number = next(self._numbers)
        path = self.server.maildir(user) / "tmp" / f"{time.time_ns()}.M{number}.example"
        path.write_bytes(self._received(user) + raw)
        os.chown(path, self.server.owner.pw_uid, self.server.owner.pw_gid)
        path.rename(path.parent.parent / "new" / path.name)

    @staticmethod
    def _received(user):
        return f"Received: by mx.example.cn for <{user}>\r\n".encode()


@contextmanager
def on_stage(folder, settings="", **campaign):
    """Open a stage in a folder that others may look into."""
    with Dovecot() as server, Sink() as sink:
        bot = Deployment(folder, server.port, sink.port, settings=CAPS + settings, **campaign)
        yield Stage(server, sink, bot)


def check_mails(stage, *, killed=False):
    """Every mail has one row and a decision that fits; every showing is counted.

    `killed`: what was being read at three kills waits for a person.
    """
    rows = stage.bot.rows("SELECT * FROM mails")
    assert len(rows) == len(stage.posted)
    by_name = {row["message_id"]: row for row in rows}  # None: a mail that no reader survived
    ends = {
        mail.message_id: by_name.get(mail.message_id, by_name.get(None)) for mail in stage.posted
    }
    wrong = {
        mail.message_id: (ends[mail.message_id]["outcome"], ends[mail.message_id]["reason"])
        for mail in stage.posted
        if ends[mail.message_id]["outcome"] not in mail.outcomes
    }
    if killed:
        wrong = {name: end for name, end in wrong.items() if end != ("held", "reading-failed")}
    assert not wrong, wrong
    (shown,) = stage.bot.rows("SELECT count(*) AS n FROM arrivals")
    assert shown["n"] == sum(mail.arrivals for mail in stage.posted)
    shown_in = Counter(USERS[box] for mail in stage.posted for box in mail.boxes)
    shown_in[USERS[0]] += sum(mail.junk for mail in stage.posted)
    for address, equation in stage.bot.equations().items():
        ended = sum(equation[end] for end in ("accepted", "returned", "ignored", "held"))
        assert equation["holds"], equation
        assert equation["mails"] == ended == shown_in[address]


def check_letters(stage, *, twice=False):
    """One letter answers each mail that asks for one, no other mail; `twice`: byte for byte."""
    answers = stage.answers()
    for mail in stage.posted:
        letters = answers.pop(mail.message_id, [])
        assert len({letter.message_id for letter in letters}) == bool(mail.answer), mail.sort
        assert len({letter.raw for letter in letters}) <= 1
        assert len(letters) <= 1 + twice
        for letter in letters:
            assert letter.kind in mail.answer, mail.sort
            assert letter.recipients == (mail.sender,)
            check_headers(letter)
    assert not answers


def check_headers(letter):
    """RFC 3834 §3.1: an automatic answer says so; §4: it goes where the mail came from."""
    message = message_from_bytes(letter.raw, policy=default)
    assert message["Auto-Submitted"].startswith("auto-replied")
    assert str(message["In-Reply-To"]) in str(message["References"])
    assert [str(address) for address in message["To"].addresses]
    for name in ("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To"):
        assert len(message.get_all(name)) == 1
    assert message["Bcc"] is None


def check_ledger(stage):
    """Look that the file is whole, and that no occasion has two letters."""
    ledger = sqlite3.connect(stage.bot.ledger)
    assert ledger.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    ledger.close()
    letters = stage.bot.rows("SELECT kind, subject_key, period, message_id FROM letters")
    occasions = {(row["kind"], row["subject_key"], row["period"]) for row in letters}
    assert len(occasions) == len(letters) == len({row["message_id"] for row in letters})
