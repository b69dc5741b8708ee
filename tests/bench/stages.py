"""What a mail costs stage by stage and format by format: CPU of one process, and times the floor's.

Run as `python -m tests.bench.stages --mails 40`. The floor takes the same mail's MIME and main
part apart (`floor.read`); what it cannot open costs it the MIME alone. A scan's pictures are
looked at by a process of their own, which `tests.bench.scans` measures.
"""

from __future__ import annotations

import argparse
import email
import random
import sys
import tempfile
import time
from email.policy import default
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.commands.replay import stage
from bot.mails.answering import answer
from parsers.carry import MAILS, dump, load
from parsers.message.mime import read_mail
from rules.folder.load import load_campaigns
from rules.judging.arrival import Arrival, NoHistory
from rules.judging.judge import judge
from state.rows.mails import ClaimedMail
from tests.bench import floor
from tests.bench.copies import Papers
from tests.bench.crowd import mail_of, roster, unit_name
from tests.bench.history import compared, default_history
from tests.story.deployment import Deployment, now

KINDS = ("docx", "xlsx", "doc", "pdf", "zip", "scan")
STAGES = ("read", "carry", "judge", "answer")
BOX = "inbox@126.example.cn"


class Watch:
    """Seconds of CPU by stage, summed over mails."""

    def __init__(self):
        self.spent = dict.fromkeys(("floor", *STAGES), 0.0)

    def __call__(self, stage, function, *arguments):
        begun = time.process_time()
        made = function(*arguments)
        self.spent[stage] += time.process_time() - begun
        return made


def go_through(office, raw, number, watch):
    """Take one mail through every stage; return how it was decided."""
    watch("floor", lambda: floor.read(email.message_from_bytes(raw, policy=default)))
    read = watch("read", read_mail, raw)
    mail = watch("carry", lambda: load(MAILS, dump(MAILS, read)))
    came = now()
    arrival = Arrival(BOX, came)
    decision = watch("judge", judge, mail, arrival, office.campaigns, NoHistory())
    sha256 = office.archive.put(raw)
    claimed = ClaimedMail(number, sha256, BOX, "INBOX", came, 1, True, None, None)  # noqa: FBT003
    watch("answer", answer, office, claimed, mail, decision)
    return f"{decision.outcome.value} {decision.reason}"


def measured(office, count, units, size):
    """Return milliseconds a mail by kind and stage, and how the last one was decided."""
    papers, dice, figures = Papers(office.campaigns[0]), random.Random(4), {}
    for kind in KINDS:
        watch = Watch()
        for number in range(count + 1):  # the first pays for what is loaded once
            if number == 1:
                watch = Watch()
            name, file = papers.of(kind, unit_name(number % units), dice)
            raw = mail_of(BOX, number, units, (name, file), size, dice)
            end = go_through(office, raw, number + 1, watch)
        spent = {stage: round(1000 * cpu / count, 2) for stage, cpu in watch.spent.items()}
        ours = sum(spent[stage] for stage in STAGES)
        figures[kind] = spent | {"all": round(ours, 2), "end": end}
        figures[kind]["times"] = round(ours / spent["floor"], 2)
    return figures


def show(figures, last):
    """Print one table."""
    table = Table("ms a mail", "floor", *STAGES, "all", "× floor", "before", "decided", box=None)
    for kind, row in figures.items():
        shown = [f"{row[key]:.2f}" for key in ("floor", *STAGES, "all", "times")]
        table.add_row(kind, *shown, str(last.get(kind, "")), row["end"])
    Console(width=110).print(table)


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mails", type=int, default=40, help="of each format")
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--size", type=int, default=50_000, help="bytes of one mail")
    parser.add_argument("--history", type=Path, default=default_history("stages"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        bot = Deployment(Path(room) / "bot", 1, 1, (BOX,), roster=roster(asked.units))
        campaigns = tuple(load_campaigns(bot.folder / "campaigns"))
        with stage(Path(room), campaigns) as office:
            figures = measured(office, asked.mails, asked.units, asked.size)
    told = {"at": now().isoformat(timespec="seconds"), "size": asked.size, "units": asked.units}
    told |= {"kinds": figures} | {kind: row["times"] for kind, row in figures.items()}
    show(figures, compared(asked.history, told, ("size", "units"), KINDS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
