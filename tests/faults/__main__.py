"""Runs the fault tests and prints a table: tests, points tried, failures, seconds."""

from __future__ import annotations

import argparse
import sys
import time

from rich.console import Console
from rich.table import Table

from bot.log import configure_log
from tests.faults.suite import FAULTS
from tests.faults.tally import Tally


def main():
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("--full", action="store_true", help="every point; takes hours")
    asked.add_argument("--only", action="append", default=[], metavar="T3", help="these tests")
    options = asked.parse_args()
    wanted = [f for f in FAULTS if not options.only or f.number in options.only]
    if not wanted:
        asked.error(f"--only takes {', '.join(f.number for f in FAULTS)}")
    configure_log("json")
    return _run(wanted, full=options.full)


def _run(wanted, *, full):
    console, table = Console(width=110), Table(box=None, padding=(0, 1))
    for column in ("test", "what", "points", "failures", "seconds"):
        table.add_column(column, justify="left" if column in {"test", "what"} else "right")
    failures = []
    for fault in wanted:
        tally, started = Tally(), time.monotonic()
        with tally.point(fault.number):
            tally.points -= 1
            fault.run(tally, full)
        seconds = f"{time.monotonic() - started:.0f}"
        table.add_row(
            fault.number, fault.what, f"{tally.points}", f"{len(tally.failures)}", seconds
        )
        failures += [f"{fault.number} {one}" for one in tally.failures]
        console.print(f"{fault.number} done: {tally.points} points in {seconds} s", highlight=False)
        for note in tally.notes:
            console.print(f"{fault.number} {note}", highlight=False)
    console.print(table)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
