"""Several machines: each with data and campaigns of its own, one PostgreSQL, one bucket."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

from state.ledger import Ledger
from tests.servers.dovecot import USERS, Dovecot
from tests.servers.objects import NAME, counted_objects
from tests.servers.postgres import create, postgres
from tests.story.deployment import ROOT, Deployment, end
from tests.story.sink import Sink
from tests.story.stage import CAPS, Stage

SETTINGS = """ledger_url = "{ledger}"
archive = "s3://{bucket}/raw"
command_key = "invented-key-of-all-machines"
{caps}
[s3]
endpoint = "{endpoint}"
access_key = "invented-id"
secret_key = "invented-secret"
"""
HASTY = """
import bot.watch.company as company
from datetime import timedelta
company.BEAT, company.LIFE = {beat}, timedelta(seconds={life})
from bot.__main__ import main
main()
"""


class Machines:
    """`bots` are the installations; `ledger` and `store` are what they share."""

    def __init__(self, stage, bots, store, url):
        self.stage, self.bots, self.store = stage, bots, store
        self.ledger = Ledger(url)

    def start(self, number, *words, beat=10.0, life=30.0):
        """Start a worker of one machine; `beat` and `life` are seconds."""
        bot = self.bots[number]
        code = HASTY.format(beat=beat, life=life)
        with (bot.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-c", code, "run", *words, "--config", str(bot.config)],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log,
            )  # fmt: skip

    def named(self, process):
        """Return the name under which a worker is known to the others: of the lock it holds."""
        holds = f"/proc/{process.pid}/fd"
        links = (path.resolve() for path in Path(holds).iterdir())
        return next(path.stem for path in links if path.suffix == ".lock")


@contextmanager
def machines(folder, count, caps=CAPS, accounts=USERS, **campaign):
    """Open a mail server, a sink, the database, the bucket, and so many installations."""
    with ExitStack() as opened:
        room = opened.enter_context(tempfile.TemporaryDirectory(prefix="postgres-"))
        server = opened.enter_context(postgres(Path(room)))
        url = create(server, "shoubiao")
        store = opened.enter_context(counted_objects())
        post = opened.enter_context(Dovecot())
        sink = opened.enter_context(Sink())
        settings = SETTINGS.format(
            ledger=url, bucket=NAME, caps=caps, endpoint=store.bucket.endpoint
        )
        bots = [
            Deployment(folder / f"m{n}", post.port, sink.port, accounts, settings, **campaign)
            for n in range(count)
        ]
        its = Machines(Stage(post, sink, bots[0]), bots, store, url)
        its.ledger.migrate()
        opened.callback(its.ledger.close)
        yield its


__all__ = ["Machines", "end", "machines"]
