"""A storm of mails through the real worker, next to the floor of DESIGN §9 in the same run.

Run as `python -m tests.bench.storm --mails 1000`: one table, and one line in a history file.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from rules.folder.load import load_campaigns
from tests.bench.crowd import mails, roster
from tests.bench.measured import measure
from tests.servers.dovecot import PASSWORD, USERS, Dovecot
from tests.story.deployment import ROOT, Deployment, now
from tests.story.sink import Sink

ADDRESS = USERS[0]
CAPS = """
[caps]
per_address_per_day = 1000000
formless_per_address_per_day = 1000000
per_thread_per_day = 1000000
per_domain_per_hour = 1000000
repeats_per_day = 1000000
strangers_per_unit_per_day = 1000000
strangers_per_hour = 1000000
strangers_per_day = 1000000
global_per_hour = 1000000

[reading]
children = {children}
"""


def main():
    """Measure both and print them."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="storm-"))
    folder.chmod(0o755)
    try:
        figures = storm(options, folder)
    finally:
        if options.keep:
            Console(stderr=True).print(str(folder))
        else:
            shutil.rmtree(folder)
    with options.history.open("a") as history:
        history.write(json.dumps(figures) + "\n")
    show(figures)


def storm(options, folder):
    """Return the figures of both runs over the same mailbox."""
    with Dovecot() as server, Sink() as ours, Sink() as theirs:
        settings = CAPS.format(children=options.children)
        bot = Deployment(
            folder / "bot", server.port, ours.port, (ADDRESS,), settings,
            roster=roster(options.units or options.mails),
        )  # fmt: skip
        fill(server, bot, options)
        floor = [str(folder / "floor.db"), str(server.port), str(theirs.port), ADDRESS, PASSWORD]
        runs = {}
        if not options.only_ours:
            runs["floor"] = run(_floor(floor), theirs)
        runs["shoubiao"] = run(_bot(bot, options), ours)
        equation = bot.equations()[ADDRESS]
    figures = {"at": now().isoformat(timespec="seconds"), "mails": options.mails} | runs
    if "floor" in runs:
        figures["ratio"] = runs["shoubiao"]["mails_per_s"] / runs["floor"]["mails_per_s"]
    return figures | {"equation": equation}


def fill(server, bot, options):
    """Let the mails wait in the mailbox, as a delivery agent leaves them."""
    campaign = load_campaigns(bot.folder / "campaigns")[0]
    units = options.units or options.mails
    waiting = mails(campaign, ADDRESS, options.mails, units, options.size)
    box, start = server.maildir(ADDRESS) / "new", time.time() - 3600
    for number, raw in enumerate(waiting):
        path = box / f"{number:07d}.M1.example"
        path.write_bytes(raw)
        os.utime(path, (start + number / 10, start + number / 10))
        os.chown(path, server.owner.pw_uid, server.owner.pw_gid)
    if hasattr(os, "sync"):
        os.sync()  # what the mails cost the disk belongs to neither run


def run(process, sink):
    """Return one side's figures: until the last letter was taken, not until the process ended."""
    cost = measure(process)
    letters = sink.accepted
    if cost.exit_code or not letters:
        raise SystemExit(f"exit {cost.exit_code}, {len(letters)} letters")
    seconds = letters[-1].at - cost.started
    return {
        "letters": len(letters),
        "seconds": round(seconds, 2),
        "mails_per_s": round(len(letters) / seconds, 2),
        "first_letter_s": round(letters[0].at - cost.started, 2),
        "cpu_s": round(cost.cpu, 2),
        "own_cpu_s": round(cost.own_cpu, 2),
        "worker_mib": round(cost.worker),
        "child_mib": round(cost.child),
    }


def _floor(arguments):
    return subprocess.Popen([sys.executable, "-m", "tests.bench.floor", *arguments], cwd=ROOT)


def _bot(bot, options):
    return bot.start("run", "--once") if not options.wrap else subprocess.Popen(
        [*options.wrap.split(), "-m", "bot", "run", "--once", "--config", str(bot.config)],
        cwd=ROOT, stderr=(bot.folder / "log").open("ab"),
    )  # fmt: skip


def show(figures):
    """Print one table."""
    rows = {name: figures[name] for name in ("floor", "shoubiao") if name in figures}
    table = Table("", *rows, box=None)
    for key in rows["shoubiao"]:
        table.add_row(key, *(str(row[key]) for row in rows.values()))
    if "ratio" in figures:
        table.add_row("ratio", "1", f"{figures['ratio']:.2f}")
    Console().print(table)


def _options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--units", type=int, default=0, help="default: one for each mail")
    parser.add_argument("--size", type=int, default=50_000, help="bytes of one mail")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only-ours", action="store_true", help="leave the floor out")
    parser.add_argument("--keep", action="store_true", help="keep the folder of the run")
    parser.add_argument("--wrap", default="", help="run the worker under this, such as a profiler")
    parser.add_argument(
        "--history", type=Path, default=Path(tempfile.gettempdir()) / "shoubiao-storm.jsonl"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
