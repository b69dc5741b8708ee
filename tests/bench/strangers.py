"""What is read of forms that people filled in with mixed habits, compared with what they state.

Run as `python -m tests.bench.strangers --copies 500 --seed 1`: a table habit × outcomes. "wrong"
is a number read that the copy does not state, "lost" an added row's number of which nothing is
left, "made" a row taken for an added one that is none; "asked" is a stated number about which a
question would be asked.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict

from rich.console import Console
from rich.table import Table

from parsers.formats import read_document
from rules.folder.load import SHIPPED, load_campaigns
from rules.reading import Status
from rules.recognise import read_forms
from tests.draw.strangers.drafted import drafted_forms
from tests.draw.strangers.files import as_docx, as_xlsx
from tests.draw.strangers.make import copy_of

DRAWN = {"docx": as_docx, "xlsx": as_xlsx}
SHIPPED_FORMS = [
    (c, c.forms["statistics"]) for c in load_campaigns(SHIPPED) if "statistics" in c.forms
]
FORMS = [*SHIPPED_FORMS, *drafted_forms()]
OUTCOMES = ("copies", "fields", "wrong", "lost", "made", "asked", "unread")


def copies(seed, count):
    """Yield so many copies, of the shipped forms and those drafted from blanks in turn."""
    for number in range(seed, seed + count):
        yield number, copy_of(*FORMS[number % len(FORMS)], number)


def outcome(copy, kind):
    """Return how often each outcome is met in a copy, and what is to be said of it."""
    document = read_document(DRAWN[kind](copy), kind)
    found = read_forms(document, [copy.campaign], prefer=frozenset({copy.campaign.id}))
    mine = [form.reading for form in found if form.form.id == copy.form.id]
    counts = Counter(copies=1, fields=len(copy.stated))
    if len(mine) != 1:
        return counts + Counter(unread=1), [f"{len(mine)} copies of the form"]
    told = []
    for key, number in copy.stated.items():
        answer = mine[0].get(key)
        if answer.status is Status.FOUND and (number is None or abs(answer.value - number) > 1e-6):
            counts["wrong"] += 1
            told.append(f"{key}: {answer.raw!r} is {answer.value}, not {number}")
        elif answer.status is not Status.FOUND and number is not None and key not in copy.asked:
            counts["asked"] += 1
    kept = [extra.value for extra in mine[0].extra]
    lost = [number for number in copy.added if number not in kept]
    counts["lost"] += len(lost)
    made = [extra for extra in mine[0].extra if extra.value not in copy.added]
    counts["made"] += len(made)
    told += [f"{extra.label!r} {extra.raw!r} is no row of its own" for extra in made]
    return counts, told + [f"added {number} is lost" for number in lost]


def main():
    """Read all copies in both formats, and print the table."""
    options = _options()
    console, counts = Console(soft_wrap=True), defaultdict(Counter)
    for number, copy in copies(options.seed, options.copies):
        for kind in DRAWN:
            found, told = outcome(copy, kind)
            for habit in (*copy.habits, "all"):
                counts[habit] += found
            for line in told:
                console.print(
                    f"{number} {kind} {copy.campaign.id} {copy.habits}: {line}", markup=False
                )
    table = Table("habit", *OUTCOMES, box=None)
    for habit in sorted(counts, key=lambda name: (name == "all", name)):
        table.add_row(habit, *(str(counts[habit][name]) for name in OUTCOMES))
    console.print(table)


def _options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
