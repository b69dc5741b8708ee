"""Live seasons of the shipped campaigns, and say what was not accounted for.

Run as `python -m tests.bench.lives --seeds 3`: a line a season. Units send once, twice, from
strange addresses, in a .zip, two in one mail, the sealed page after the Word file, never, or when
reminded; letters bounce, holidays answer, mails come twice, the worker is started anew.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections import Counter
from pathlib import Path

from rich.console import Console

from rules.folder.load import SHIPPED, load_campaigns
from tests.bench.lives.judged import problems
from tests.bench.lives.season import season


def main():
    """Live each campaign's season with each seed; exit status 1 where something was wrong."""
    options, console, wrong = _options(), Console(soft_wrap=True, highlight=False), 0
    logging.disable(logging.CRITICAL)
    for seed in range(options.seed, options.seed + options.seeds):
        for name in options.campaigns.split(","):
            with (
                tempfile.TemporaryDirectory(prefix="lives-") as folder,
                season(name, seed, Path(folder)) as it,
            ):
                found = problems(it)
                wrong += len(found)
                console.print(_line(name, seed, it, found), markup=False)
                for line in found:
                    console.print(f"  {line}", markup=False)
    raise SystemExit(wrong > 0)


def _line(name, seed, it, found):
    mails = Counter(f"{row.outcome}" for row in it.office.ledger.mails())
    letters = Counter(letter.kind for letter in it.sink.accepted)
    told = ", ".join(f"{count} {kind}" for kind, count in (mails + letters).most_common())
    return f"{name} {seed}: {len(it.post.forms)} forms, {told}; {len(found)} problems"


def _options():
    shipped = ",".join(c.id for c in load_campaigns(SHIPPED) if "statistics" in c.forms)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--campaigns", default=shipped, help="ids, parted by commas")
    parser.add_argument("--seed", type=int, default=1, help="the first")
    parser.add_argument("--seeds", type=int, default=1, help="how many")
    return parser.parse_args()


if __name__ == "__main__":
    main()
