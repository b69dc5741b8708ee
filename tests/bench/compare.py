"""The same filled forms read by us and by two public converters, field by field, in one run.

    uv venv D && uv pip install --python D/bin/python -r tests/bench/compare.requirements.txt
    python -m tests.bench.compare --python D/bin/python [--folder tests/cases/forms]

Of a converter's Markdown a field counts as right when its value is anywhere a careful user would
look (`markdown_tables.py`), read with our grammar. docling's PDF models are not in its package.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.commands.score import find_cases, score_file
from bot.reading.children import ReadingPool
from parsers.sniff import sniff
from rules.folder.load import SHIPPED, load_campaigns
from rules.score.compare import Outcome
from rules.score.expectation import ASKED, MISSING
from tests.bench.markdown_tables import outcome, rows_of

ROOT = Path(__file__).parents[2]
CONVERTERS = ("markitdown", "docling")
COUNTED = ("right", "wrong", "missed")
NAMES = {"html": "html", "mhtml": "mht", "text": "txt", "mail": "eml", "gzip": "gz"}
LACKING = """{python} has neither markitdown nor docling, or is not there. Make it by
  uv venv D
  uv pip install --python D/bin/python -r tests/bench/compare.requirements.txt
and name D/bin/python after --python."""


@dataclass
class Tally:
    """What one reader made of the files of one format."""

    fields: Counter = field(default_factory=Counter)
    files: int = 0
    refused: int = 0
    seconds: float = 0.0
    peak: float = 0.0


Tallies = dict[tuple[str, str], Tally]  # format, reader


def stated_fields(expectation):
    """Yield (form, key, value) of everything that the file states and need not be asked."""
    for form in expectation.forms:
        for key, value in form.values.items():
            if value not in (None, "", MISSING, *ASKED):
                yield form.form, key, value


def ours(pool, folder, cases, campaigns, tallies: Tallies) -> None:
    """Read with the real child."""
    for path, expectation in cases:
        score = score_file(pool, folder, path, expectation, campaigns)
        tally = tallies[score.format, "shoubiao"]
        tally.seconds += score.seconds
        tally.peak = max(tally.peak, score.peak_mb)
        tally.files += 1
        stated = {(form, key) for form, key, _ in stated_fields(expectation)}
        for form in score.forms:
            for one in form.fields:
                if (one.form, one.field) in stated:
                    told = {Outcome.RIGHT: "right", Outcome.WRONG: "wrong"}.get(one.outcome)
                    tally.fields[told or "missed"] += 1


def theirs(python: str, name: str, *, cases, room: Path, campaigns, tallies: Tallies) -> float:
    """Convert copies under the ending their content has; return how long the start took."""
    forms = {f"{c.id}/{name}": (c.forms[name], c) for c in campaigns for name in c.forms}
    copies = {}
    for number, (path, expectation) in enumerate(cases):
        kind = sniff(path.read_bytes(), path.name)
        copy = room / f"{number}.{NAMES.get(kind, path.suffix[1:] if kind == 'other' else kind)}"
        shutil.copyfile(path, copy)
        form = expectation.format or path.suffix.lstrip(".").lower()
        copies[str(copy)] = (form, expectation)
    start, *lines = converted(python, name, list(copies))
    for line in lines:
        form, expectation = copies[line["file"]]
        tally = tallies[form, name]
        tally.files += 1
        tally.refused += bool(line["error"]) or not line["text"].strip()
        tally.seconds += line["seconds"]
        tally.peak = max(tally.peak, line["peak"])
        rows = rows_of(line["text"])
        for form_id, key, value in stated_fields(expectation):
            asked, campaign = forms[form_id]
            year = min(r.due for r in campaign.file.requirements).year
            tally.fields[outcome(asked.field(key), asked, value, rows, year)] += 1
    return start["start"]


def converted(python: str, name: str, files: list[str]) -> list[dict]:
    """Let a converter's own Python do it; a file that ends it is a file it refused."""
    script = ROOT / "tests/bench/converters.py"
    lines: list[dict] = []
    while len(lines) <= len(files):
        left = files[max(0, len(lines) - 1) :]
        done = subprocess.run(
            [python, str(script), name], input="\0".join(left), text=True, capture_output=True,
            check=False, env={**os.environ, "HF_HUB_OFFLINE": "1"},
        )  # fmt: skip
        fresh = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if not fresh:
            raise SystemExit(f"{name}: {done.stderr[-500:]}")
        lines += fresh if not lines else fresh[1:]
        if len(lines) <= len(files):
            died = {"text": "", "error": "died", "seconds": 0, "peak": 0}
            lines.append({"file": files[len(lines) - 1], **died})
    return lines


def show(tallies: Tallies, starts: dict[str, float]) -> None:
    """Print format × reader, and all formats together."""
    table = Table(
        "format", "reader", "files", "refused", *COUNTED, "% right", "ms/file", "peak MB",
        title="stated fields of the same files",
    )  # fmt: skip
    readers = ("shoubiao", *CONVERTERS)
    total: dict[str, Tally] = defaultdict(Tally)
    for form in sorted({form for form, _ in tallies}):
        for reader in readers:
            tally = tallies.get((form, reader))
            if tally is not None:
                _row(table, form, reader, tally)
                _add(total[reader], tally)
        table.add_section()
    for reader in readers:
        if total[reader].files:
            _row(table, "all", reader, total[reader])
    console = Console(width=110)
    console.print(table)
    for name, seconds in starts.items():
        console.print(f"{name} needed {seconds:.1f} s before its first file")


def _row(table: Table, form: str, reader: str, tally: Tally) -> None:
    stated = sum(tally.fields.values())
    table.add_row(
        form, reader, str(tally.files), str(tally.refused or ""),
        *(str(tally.fields[one]) for one in COUNTED),
        f"{100 * tally.fields['right'] / max(1, stated):.1f}",
        f"{1000 * tally.seconds / max(1, tally.files):.0f}", f"{tally.peak:.0f}",
    )  # fmt: skip


def _add(total: Tally, tally: Tally) -> None:
    total.fields += tally.fields
    total.files += tally.files
    total.refused += tally.refused
    total.seconds += tally.seconds
    total.peak = max(total.peak, tally.peak)


def _has_converters(python: str) -> bool:
    probe = [python, "-c", "import markitdown, docling.document_converter"]
    if shutil.which(python) is None:
        return False
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def main() -> int:
    """Compare, print, and fail only where the converters are not there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--python", required=True, help="of the environment with the converters")
    parser.add_argument("--folder", type=Path, default=ROOT / "tests/cases/forms")
    parser.add_argument("--every", type=int, default=1, help="take every n-th file")
    asked = parser.parse_args()
    if not _has_converters(asked.python):
        sys.stderr.write(LACKING.format(python=asked.python) + "\n")
        return 2
    campaigns = load_campaigns(SHIPPED)
    cases = list(find_cases(asked.folder, campaigns))[:: asked.every]
    tallies: Tallies = defaultdict(Tally)
    starts: dict[str, float] = {}
    with ReadingPool(1) as pool:
        ours(pool, asked.folder, cases, campaigns, tallies)
    for name in CONVERTERS:
        with tempfile.TemporaryDirectory() as room:
            starts[name] = theirs(
                asked.python,
                name,
                cases=cases,
                room=Path(room),
                campaigns=campaigns,
                tallies=tallies,
            )
    show(tallies, starts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
