"""One worker and two, each with data of its own, over one PostgreSQL and one bucket.

Run as `python -m tests.bench.workers --mails 200`: one table, and what a mail costs.
"""

from __future__ import annotations

import argparse
import os
import signal
import tempfile
import time
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from rules.folder.load import load_campaigns
from tests.bench.crowd import mails, roster
from tests.bench.storm import CAPS
from tests.servers.dovecot import USERS
from tests.story.deployment import end
from tests.story.machines import machines

ADDRESS = USERS[0]
CONNECTIONS = "SELECT count(*) - 1 FROM pg_stat_activity WHERE datname = 'shoubiao'"
COMMITS = "SELECT xact_commit FROM pg_stat_database WHERE datname = 'shoubiao'"
ROWS = ("mails", "arrivals", "files", "submissions", "letters", "recipients", "attempts")


def main():
    """Measure with one worker, then with two, and print both."""
    options = _options()
    runs = [run(options, workers) for workers in options.workers]
    table = Table("", *(f"{one['workers']} worker(s)" for one in runs), box=None)
    for key in list(runs[0])[1:]:
        table.add_row(key, *(f"{one[key]:.2f}".rstrip("0").rstrip(".") for one in runs))
    Console().print(table)


def run(options, workers):
    """Return the figures of so many workers over the same mails."""
    caps = CAPS.format(children=1)
    with (
        tempfile.TemporaryDirectory(prefix="workers-") as room,
        machines(Path(room), workers, caps, (ADDRESS,), roster=roster(options.mails)) as its,
    ):
        Path(room).chmod(0o755)
        waiting = list(_waiting(its, options))
        started = [its.start(n) for n in range(workers)]
        try:
            _wait(lambda: all('"started"' in _log(bot) for bot in its.bots))
            time.sleep(3)
            empty = _asked(its, "SELECT pg_database_size('shoubiao')")
            commits = _asked(its, COMMITS)
            before, asked = [_cpu(one.pid) for one in started], its.store.requests()
            _fill(its, waiting)
            began = time.monotonic()
            _wait(lambda: len(its.stage.sink.accepted) >= options.mails)
            took = its.stage.sink.accepted[-1].at - began
            connections = _asked(its, CONNECTIONS)
            cpu = sum(_cpu(one.pid) for one in started) - sum(before)
            asked = its.store.requests() - asked
            shares = [_decided(bot) for bot in its.bots]
            rows = sum(_asked(its, f"SELECT count(*) FROM {table}") for table in ROWS)
            commits = _asked(its, COMMITS) - commits
            size = _asked(its, "SELECT pg_database_size('shoubiao')")
        finally:
            for one in started:
                end(one, signal.SIGTERM)
    count = options.mails
    return {
        "workers": workers, "mails": count, "seconds": took, "mails a second": count / took,
        "CPU ms a mail, workers": 1000 * cpu / count, "load of the machine": os.getloadavg()[0],
        "mails of the busiest worker": max(shares), "bucket requests a mail": asked / count,
        "bucket bytes a mail": sum(map(len, waiting)) / count, "ledger rows a mail": rows / count,
        "ledger bytes a mail": (size - empty) / count, "commits a mail": commits / count,
        "connections": connections,
    }  # fmt: skip


def _waiting(its, options):
    campaign = load_campaigns(its.bots[0].folder / "campaigns")[0]
    return mails(campaign, ADDRESS, options.mails, options.mails, options.size)


def _fill(its, waiting):
    server = its.stage.server
    box = server.maildir(ADDRESS)
    for number, raw in enumerate(waiting):
        path = box / "tmp" / f"{number:07d}.M1.example"
        path.write_bytes(raw)
        os.chown(path, server.owner.pw_uid, server.owner.pw_gid)
    for path in sorted((box / "tmp").iterdir()):
        path.rename(box / "new" / path.name)


def _cpu(pid):
    """Return the seconds of a process and its living children."""
    worker = psutil.Process(pid)
    return sum(sum(one.cpu_times()[:4]) for one in (worker, *worker.children(recursive=True)))


def _asked(its, query):
    with its.ledger.reading() as connection:
        return float(connection.scalar(text(query)))


def _decided(bot):
    return sum(line["event"] == "decided" for line in bot.log())


def _log(bot):
    return (bot.folder / "log").read_text(encoding="utf-8")


def _wait(true, seconds=1200):
    last = time.monotonic() + seconds
    while not true():
        if time.monotonic() > last:
            raise SystemExit("the workers did not get on")
        time.sleep(0.1)


def _options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mails", type=int, default=200)
    parser.add_argument("--size", type=int, default=50_000, help="bytes of one mail")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    return parser.parse_args()


if __name__ == "__main__":
    main()
