"""Runs the fault tests and prints a table: tests, points tried, failures, seconds."""

from __future__ import annotations

import argparse
import itertools
import sys
import time

from rich.console import Console
from rich.table import Table

from bot.log import configure_log
from tests.faults.database import KINDS, on
from tests.faults.suite import FAULTS
from tests.faults.tally import Tally

COLUMNS = ("test", "what", "database", "points", "failures", "seconds")
CONSOLE = Console(width=120)


def main():
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("--full", action="store_true", help="every point; takes hours")
    asked.add_argument("--only", action="append", default=[], metavar="T3", help="these tests")
    asked.add_argument("--database", choices=KINDS, help="every test on this one")
    options = asked.parse_args()
    wanted = [f for f in FAULTS if not options.only or f.number in options.only]
    if not wanted:
        asked.error(f"--only takes {', '.join(f.number for f in FAULTS)}")
    configure_log("json")
    return _run(wanted, options.full, options.database)


def _run(wanted, full, database):
    table = Table(box=None, padding=(0, 1))
    for column in COLUMNS:
        table.add_column(column, justify="left" if column in COLUMNS[:3] else "right")
    failures = 0
    for fault, kind in itertools.product(wanted, KINDS):
        if kind == (database or KINDS[0]) or (fault.on_each and full and not database):
            failures += _try(fault, kind, full, table)
    CONSOLE.print(table)
    return 1 if failures else 0


def _try(fault, kind, full, table):
    """Run one test on one kind of database; return how many of its points failed."""
    tally, started = Tally(), time.monotonic()
    with tally.point(fault.number), on(kind):
        tally.points -= 1
        fault.run(tally, full)
    figures = (tally.points, len(tally.failures), round(time.monotonic() - started))
    table.add_row(fault.number, fault.what, kind, *map(str, figures))
    done = f"{fault.number} on {kind}: {figures[0]} points, {figures[1]} failures, {figures[2]} s"
    CONSOLE.print(done, highlight=False)
    for note in tally.notes:
        CONSOLE.print(f"{fault.number} {note}", highlight=False)
    return figures[1]


if __name__ == "__main__":
    sys.exit(main())
