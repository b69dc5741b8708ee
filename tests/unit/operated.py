"""A deployment on a Maildir that an operator looks after: mails, rounds, commands."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from unittest.mock import patch

from bot.__main__ import main
from bot.commands.offices import office_of
from bot.worker import Worker
from tests.draw import papers

THEN = datetime(2023, 6, 7, 3, tzinfo=UTC)
MAILBOX = "nmkepu@126.com"
SETTINGS = """
data = "data"
{more}
[first_contact]
look_back_days = 5000
answer_max_age_days = 5000

[[accounts]]
address = "nmkepu@126.com"
kind = "maildir"
maildir = "mail"
smtp = {{host = "127.0.0.1", port = 1, tls = "plain"}}
budget = {{pause_seconds = 0}}
"""


class Operated:
    """`put` mails, run `round`s that send nothing, and ask `shoubiao …`."""

    @classmethod
    def at(cls, home):
        """Return a deployment that is there already."""
        self = cls.__new__(cls)
        self.home, self.config, self.count = home, home / "shoubiao.toml", 100
        return self

    def __init__(self, home, more=""):
        self.home = home
        self.config = home / "shoubiao.toml"
        home.mkdir(parents=True, exist_ok=True)
        self.config.write_text(SETTINGS.format(more=more), encoding="utf-8")
        for folder in ("cur", "new", "tmp"):
            (home / "mail" / folder).mkdir(parents=True, exist_ok=True)
        self.count = 0

    def put(self, raw):
        """Let a raw mail lie in the mailbox."""
        self.count += 1
        path = self.home / "mail" / "new" / f"{self.count:06d}"
        path.write_bytes(raw)
        os.utime(path, (THEN.timestamp() + self.count,) * 2)

    def round(self):
        """Work one round in this process."""
        with office_of(self.config) as office:
            # no letter leaves, and what is kept is kept where a real round keeps it
            office.settings = office.settings.model_copy(update={"rehearse": True})
            worker = Worker(office)
            try:
                worker.run_once()
            finally:
                worker.close()

    def asks(self, *words):
        """Return exit status, JSON lines of stdout, and stderr of a command with --json."""
        done = self.says(*words, "--json")
        return done[0], [json.loads(line) for line in done[1].splitlines()], done[2]

    def asks_plain(self, *words):
        """Return the same of a command that reads no settings."""
        done = self._run([*words, "--json"])
        return done[0], [json.loads(line) for line in done[1].splitlines()], done[2]

    def says(self, *words):
        """Return exit status, stdout and stderr of a command."""
        return self._run([*words, "--config", self.config])

    @staticmethod
    def _run(words):
        out, err, status = io.StringIO(), io.StringIO(), None
        argv = ["shoubiao", *map(str, words)]
        with patch.object(sys, "argv", argv), redirect_stdout(out), redirect_stderr(err):
            try:
                main()
            except SystemExit as ended:
                status = int(ended.code or 0)
        assert status is not None
        return status, out.getvalue(), err.getvalue()

    def office(self):
        """Open what the commands open."""
        return office_of(self.config)


def mail(sender, *files, subject="统计表", name="1", text="请查收。"):
    """Return a raw mail with files of (name, bytes)."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, MAILBOX, subject
    message["Date"] = format_datetime(THEN)
    message["Message-ID"] = f"<{name}@school.example.cn>"
    message.set_content(text)
    for title, data in files:
        message.add_attachment(data, "application", "octet-stream", filename=title)
    if files:
        message.set_boundary(f"=-{name}-=")
    return message.as_bytes()


def statistics(unit, participants):
    """Return the filled form of a unit as an attachment."""
    return "统计表.docx", papers.statistics(unit, {"participants": str(participants)})
