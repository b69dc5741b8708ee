"""T10: a disk or a connection that fails at every Nth call; a sync before what others see."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from tests.faults import database
from tests.faults.scene import scene

ON_BOTH = (
    ("fsync", "EIO"), ("write", "ENOSPC"), ("rename", "EIO"), ("mkdir", "ENOSPC"),
    ("recvfrom", "ECONNRESET"), ("connect", "ETIMEDOUT"),
)  # fmt: skip
ON_SQLITE = (  # PostgreSQL's client waits for the words of a server that was only said to be gone
    ("sendto", "ECONNRESET"),
    ("pwrite64", "ENOSPC"), ("fdatasync", "EIO"), ("pwrite64", "EIO"), ("ftruncate", "EIO"),
)  # fmt: skip
MOST = {
    "pwrite64": 80, "fdatasync": 12, "fsync": 7, "write": 5, "rename": 2, "ftruncate": 2,
    "mkdir": 3, "sendto": 30, "recvfrom": 40, "connect": 5,
}  # fmt: skip
STEP = {"pwrite64": 4, "sendto": 3, "recvfrom": 4}
SEEN = re.compile(r'sendto\(\d+<[^>]*>, "(?:MAIL FROM|DATA|\d+ UID STORE|\w+ UID STORE)')


def run(tally, full):
    """Let each Nth call fail once, and from the Nth on; then the world is well again."""
    with scene() as stage:
        if database.kind() == "SQLite":  # PostgreSQL syncs in a process of its own
            _synced(tally, stage)
        faults = (*ON_BOTH, *(() if database.server() else ON_SQLITE))
        for call, error in faults if full else ():  # after each the bot waits half a minute or more
            for when in _whens(call):
                _fail(tally, stage, call, error, when)


def _whens(call):
    numbers = range(1, MOST[call], STEP.get(call, 1))
    return [f"{number}{more}" for more in ("", "+") for number in numbers]


def _fail(tally, stage, call, error, when):
    with tally.point(f"{call} {error} at {when}"):
        stage.begin_again()
        stage.run(f"-etrace={call}", f"-einject={call}:error={error}:when={when}")
        stage.settle()
        stage.check(readers_died=call == "write")  # readers write their answers


def _synced(tally, stage):
    """In a traced cycle the ledger is synced before each word to the mail servers."""
    with tally.point("a sync before every external write"), tempfile.TemporaryDirectory() as name:
        stage.begin_again()
        trace = Path(name) / "trace"
        calls = "trace=pwrite64,fdatasync,sendto"
        assert stage.run("-y", f"-e{calls}", "-s40", "-o", str(trace)) == 0
        words = syncs = 0
        dirty = {}
        for line in trace.read_text(errors="replace").splitlines():
            thread = line.split(" ")[0]
            if "pwrite64(" in line and "ledger.db-wal>" in line:
                dirty[thread] = True
            elif "fdatasync(" in line and "ledger.db-wal>" in line:
                syncs += dirty.pop(thread, False)
            elif SEEN.search(line):
                words += 1
                assert not dirty.get(thread), f"{line} before a sync"
        assert words >= 2 * stage.posted - 2, f"only {words} words seen"
        assert syncs >= words // 2, f"{syncs} syncs, {words} words"
        tally.note(
            f"{syncs} syncs of the ledger, {words} words to mail servers, none before a sync"
        )
