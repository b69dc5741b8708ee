"""A storm of mails through the real worker, next to the floor in the same run (see `floor.py`).

Run as `python -m tests.bench.storm --mails 100,1000 --mix office`: one table, in which memory and
CPU a mail may not grow with the number of mails, and one line in a history file for each number.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from rules.folder.load import load_campaigns
from tests.bench.crowd import MIXES, mails, roster
from tests.bench.history import compared, default_history
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
SAME = ("mails", "mix", "size", "children")  # of two runs that can be compared
RATIOS = ("ratio", "cpu_ratio")


def main():
    """Measure both for every number of mails, and print them."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start compiles every module
    options = _options()
    runs = [_measured(options, int(number)) for number in options.mails.split(",")]
    before = [compared(options.history, figures, SAME, RATIOS) for figures in runs]
    show(runs, before)


def _measured(options, count):
    folder = Path(tempfile.mkdtemp(prefix="storm-"))
    folder.chmod(0o755)
    try:
        return storm(options, count, folder)
    finally:
        if options.keep:
            Console(stderr=True).print(str(folder))
        else:
            shutil.rmtree(folder)


def storm(options, count, folder):
    """Return the figures of both runs over the same mailbox."""
    with Dovecot() as server, Sink() as ours, Sink() as theirs:
        settings = CAPS.format(children=options.children)
        bot = Deployment(
            folder / "bot", server.port, ours.port, (ADDRESS,), settings,
            roster=roster(options.units or count),
        )  # fmt: skip
        fill(server, bot, options, count)
        floor = [str(folder / "floor.db"), str(server.port), str(theirs.port), ADDRESS, PASSWORD]
        runs = {}
        if not options.only_ours:
            runs["floor"] = run(_floor(floor), theirs)
        runs["shoubiao"] = run(_bot(bot, options), ours)
        equation = bot.equations()[ADDRESS]
    told = {"at": now().isoformat(timespec="seconds"), "mails": count, "mix": options.mix}
    told |= {"size": options.size, "children": options.children}
    return told | runs | _ratios(runs) | {"equation": equation}


def _ratios(runs):
    """Return our mails a second, and CPU a letter, as parts and times of the floor's."""
    if "floor" not in runs:
        return {}
    floor, ours = runs["floor"], runs["shoubiao"]
    return {
        "ratio": round(ours["mails_per_s"] / floor["mails_per_s"], 3),
        "cpu_ratio": round(ours["cpu_ms_a_letter"] / floor["cpu_ms_a_letter"], 2),
    }


def fill(server, bot, options, count):
    """Let the mails wait in the mailbox, as a delivery agent leaves them."""
    campaign = load_campaigns(bot.folder / "campaigns")[0]
    units = options.units or count
    waiting = mails(campaign, ADDRESS, count, units, options.size, mix=options.mix)
    box, start = server.maildir(ADDRESS) / "new", time.time() - 3600
    for number, raw in enumerate(waiting):
        path = box / f"{number:07d}.M1.example"
        path.write_bytes(raw)
        os.utime(path, (start + number / 10, start + number / 10))
        os.chown(path, server.owner.pw_uid, server.owner.pw_gid)
    if hasattr(os, "sync"):
        os.sync()  # what the mails cost the disk belongs to neither run


def run(process, sink):
    """Return one side's figures: until the last letter was taken, not until the process ended.

    The mails wait when it starts: that is when they arrive, and p50 and p95 count from it.
    """
    cost = measure(process)
    letters = sink.accepted
    if cost.exit_code or not letters:
        raise SystemExit(f"exit {cost.exit_code}, {len(letters)} letters")
    waited = sorted(letter.at - cost.started for letter in letters)
    return {
        "letters": len(letters),
        "kinds": dict(Counter(letter.kind for letter in letters).most_common(4)),
        "seconds": round(waited[-1], 2),
        "mails_per_s": round(len(letters) / waited[-1], 2),
        "first_letter_s": round(waited[0], 2),
        "p50_s": round(waited[len(waited) // 2], 2),
        "p95_s": round(waited[len(waited) * 95 // 100], 2),
        "cpu_s": round(cost.cpu, 2),
        "worker_cpu_s": round(cost.own_cpu, 2),
        "children_cpu_s": round(cost.cpu - cost.own_cpu, 2),
        "cpu_ms_a_letter": round(1000 * cost.cpu / len(letters), 2),
        "cores_busy": round(cost.cpu / waited[-1], 2),
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


def show(runs, before):
    """Print one table: floor and Shoubiao for every number of mails, side by side."""
    sides = [
        (f"{side} {figures['mails']}", figures[side])
        for figures in runs
        for side in ("floor", "shoubiao")
        if side in figures
    ]
    table = Table(f"mix: {runs[0]['mix']}", *(name for name, _ in sides), box=None)
    for key in sides[-1][1]:
        table.add_row(key, *(_shown(side[key]) for _, side in sides))
    console = Console(width=max(80, 26 + 18 * len(sides)))
    console.print(table)
    for figures, last in zip(runs, before, strict=True):
        told = ", ".join(f"{name} {_beside(figures, last, name)}" for name in RATIOS)
        console.print(f"{figures['mails']} mails against the floor: {told}")


def _shown(value):
    if isinstance(value, dict):
        return "\n".join(f"{count} {kind}" for kind, count in value.items())
    return str(value)


def _beside(figures, last, name):
    old = f" (was {last[name]} on {last['at'][:16]})" if name in last else ""
    return f"{figures.get(name, '-')}{old}"


def _options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mails", default="1000", help="how many, or several numbers: 100,1000")
    parser.add_argument("--mix", choices=MIXES, default="office")
    parser.add_argument("--units", type=int, default=0, help="default: one for each mail")
    parser.add_argument("--size", type=int, default=50_000, help="bytes of one mail")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only-ours", action="store_true", help="leave the floor out")
    parser.add_argument("--keep", action="store_true", help="keep the folder of the run")
    parser.add_argument("--wrap", default="", help="run the worker under this, such as a profiler")
    parser.add_argument("--history", type=Path, default=default_history("storm"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
