"""The real process on a small stage, started under strace so that it fails where a test wants.

Each point begins with the same folder: a ledger that is migrated, mails that have just come.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from state.archive import Archive
from state.ledger import Ledger
from tests.faults import database
from tests.faults.people import form_mail, mail, units
from tests.faults.warm import EVERYTHING, Warm
from tests.servers.dovecot import USERS
from tests.servers.netease import NetEaseImap
from tests.servers.postgres import create, drop
from tests.servers.smtp_script import ScriptedSmtp
from tests.story.deployment import COMMAND, ROOT, Deployment, end
from tests.story.stage import CAPS

BOX = USERS[0]
PATIENCE = 240  # seconds for one round, on a busy machine
STRACE = shutil.which("strace")
DATABASE, BEGINNING = "story", "beginning"


class FlagWatch(NetEaseImap):
    """Notes each mail that is flagged before its decision is in the ledger (promise P1)."""

    early = ()
    decided = None

    def on_uid_store(self, command, state):
        uid = int(command.split(" ")[2])
        if self.decided is not None and uid not in self.decided():
            self.early = (*self.early, uid)
        return super().on_uid_store(command, state)


class Scene:
    """`bot` is the installation, `imap` and `smtp` its provider, `posted` the mails."""

    def __init__(self, folder, imap, smtp, server=None):
        self.folder, self.imap, self.smtp, self.server = folder, imap, smtp, server
        self.bot = Deployment(
            folder / "bot", imap.port, smtp.port, (BOX,), settings=self._settings()
        )
        marked = self.bot.config.read_text().replace(
            "poll_seconds", 'mark = "answered"\npoll_seconds'
        )
        self.bot.config.write_text(marked)
        self.warm = Warm(self.bot.folder / "log")
        self.posted = 0

    def _settings(self):
        url = f'ledger_url = "{self.server}/{DATABASE}"\n' if self.server else ""
        return f'{url}admin = ["operator@example.cn"]\n{CAPS}'

    @property
    def url(self):
        if self.server:
            return f"{self.server}/{DATABASE}"
        return f"sqlite:///{self.bot.folder}/data/ledger.db"

    def prepare(self):
        """Start the worker once on an empty mailbox, and keep what it leaves as the beginning."""
        if self.server:
            for name in (DATABASE, BEGINNING):
                drop(self.server, name)
            create(self.server, DATABASE)
        assert self.run() == 0, self.last_words()
        shutil.copytree(self.bot.folder / "data", self.folder / "data")
        if self.server:
            create(self.server, BEGINNING, DATABASE)

    def post(self, forms=2):
        """Let a few mails come: forms, a question, an advertisement."""
        names = units()
        for number in range(forms):
            self.imap.put(form_mail(names[number], number, to=BOX))
        self.imap.put(mail("who@else.example.net", "代开发票", "优惠", name="spam", to=BOX))
        self.posted = len(self.imap.mails)

    def begin_again(self):
        """Put everything back to the beginning; the mails are in the mailbox."""
        data = self.bot.folder / "data"
        shutil.rmtree(data)
        shutil.copytree(self.folder / "data", data)
        if self.server:
            drop(self.server, DATABASE)
            create(self.server, DATABASE, BEGINNING)
        self.smtp.letters.clear()
        self.imap.early = ()
        (self.bot.folder / "log").write_bytes(b"")

    def run(self, *strace, job="", under=()):
        """Work one round, under strace if options for it are given; return the exit code.

        strace looks at the thread of the `job` alone if one is named. `under` is a program that
        starts another, such as faketime.
        """
        if under:
            return self._run_under(under)
        self.warm.start(*self.arguments, traced=(job or EVERYTHING) if strace else "")
        tracer = self._trace(strace, job) if strace else None
        try:
            return self.warm.wait(PATIENCE)
        finally:
            self.warm.kill()
            if tracer is not None:
                end(tracer)

    @property
    def arguments(self):
        return ("run", "--once", "--config", str(self.bot.config))

    def _trace(self, options, job):
        whom = self.warm.thread() if job else self.warm.pid
        if whom is None:
            return None
        away = () if "-o" in options else ("-o", "/dev/null")
        follow = () if job else ("-f",)
        command = [STRACE, *follow, "-qq", *away, *options, "-p", str(whom)]
        with (self.bot.folder / "log").open("ab") as log:
            return subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log)

    def _run_under(self, wrapped):
        with (self.bot.folder / "log").open("ab") as log:
            command = [*wrapped, *COMMAND, *self.arguments]
            process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            return process.wait(PATIENCE)
        finally:
            end(process)

    def settle(self, under=()):
        """Work until all is done; after a fault the bot waits half a minute or one by itself."""
        for _ in range(8):
            assert self.run(under=under) == 0, self.last_words()
            if not self._waits():
                return
            time.sleep(20)

    def _waits(self):
        with self.ledger() as ledger:
            recorded = ledger.known_uids(BOX, "INBOX", 1)
            waiting = [row for row in ledger.letters() if row.state in {"queued", "deferred"}]
            return len(recorded) < self.posted or waiting or ledger.equation(BOX).pending

    def last_words(self):
        lines = (self.bot.folder / "log").read_text(errors="replace").splitlines()
        return " ".join(lines[-3:])[-300:]

    @contextmanager
    def ledger(self):
        ledger = Ledger(self.url)
        try:
            yield ledger
        finally:
            ledger.close()

    def watch_flags(self):
        """Look into the ledger at the moment a mail is flagged."""

        def decided():
            with self.ledger() as ledger:
                since = datetime(2000, 1, 1, tzinfo=UTC)
                return {uid for _, uid in ledger.decided_since(BOX, since)}

        self.imap.decided = decided

    def check(self, *, copies=2, readers_died=False):
        """Hold P1 to P4: nothing lost, one row a mail, one Message-ID a letter, the equation."""
        assert not self.imap.early, f"flagged before its commit: {self.imap.early}"
        archive = Archive(self.bot.folder / "data" / "archive")
        with self.ledger() as ledger:
            rows, equation = ledger.mails(), ledger.equation(BOX)
            letters = ledger.letters()
            known = ledger.known_uids(BOX, "INBOX", 1)
        assert known == {m.uid for m in self.imap.mails}, f"{len(known)} recorded"
        assert len(rows) == self.posted, f"{len(rows)} rows for {self.posted} mails"
        assert all(archive.verify(row.raw_sha256) for row in rows)
        assert equation.complete, equation
        assert not equation.pending, equation
        if readers_died:  # a mail whose reader died three times is held, as promise P4 has it
            return
        ends = Counter((row.outcome, row.reason) for row in rows)
        assert ends[("accepted", "complete")] == self.posted - 1, ends
        self._check_letters([one for one in letters if one.kind == "receipt"], copies)

    def _check_letters(self, letters, copies):
        taken = Counter(one.raw for one in self.smtp.letters if b"<receipt." in one.raw[:4000])
        assert len(letters) == self.posted - 1
        assert all(count <= copies for count in taken.values()), taken.values()
        names = Counter(_message_id(raw) for raw in taken)
        assert all(count == 1 for count in names.values()), "one letter in two wordings"
        states = {one.message_id: one.state for one in letters}
        assert names.keys() <= states.keys()
        lost = [n for n, state in states.items() if n not in names and state != "uncertain"]
        assert not lost, f"never left, called {[states[name] for name in lost]}"


@contextmanager
def scene(*, forms=2):
    """Set a scene up in a folder of its own, on the database that is asked for."""
    with (
        TemporaryDirectory(prefix="scene-") as name,
        ScriptedSmtp() as smtp,
        FlagWatch(now=lambda: datetime.now(UTC), most_logins=10**6) as imap,
    ):
        opened = Scene(Path(name), imap, smtp, database.server())
        try:
            yield _prepared(opened, forms)
        finally:
            opened.warm.close()


def _prepared(opened, forms):
    opened.prepare()
    opened.watch_flags()
    opened.post(forms)
    return opened


def _message_id(raw):
    return re.search(rb"(?mi)^Message-ID:\s*(<[^>]+>)", raw)[1].decode()
