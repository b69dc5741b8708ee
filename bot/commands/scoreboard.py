"""How a score is shown: tables for a terminal, a line per file and group as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from rules.score.compare import Outcome
from rules.score.tally import by_format, by_mess, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from rules.score.compare import Compared
    from rules.score.tally import FileScore, Tally

_FAULTS = frozenset({Outcome.WRONG, Outcome.MISSED})
_HEADINGS = (
    "files", "fields", "right", "asked", "given up", "missed", "wrong", "%", "forms", "units",
    "s/file", "slowest", "MB",
)  # fmt: skip


def file_json(score: FileScore) -> dict[str, Any]:
    """Return one file's line of --json."""
    return {
        "file": score.file, "format": score.format, "mess": list(score.mess),
        **tally_json(tally((score,))), "error": score.error,
        "faults": [_fault_json(fault) for fault in faults_of(score)],
    }  # fmt: skip


def _fault_json(fault: Compared) -> dict[str, Any]:
    return {
        "form": fault.form, "field": fault.field, "outcome": fault.outcome.value,
        "place": fault.place, "expected": fault.expected, "read": fault.read,
    }  # fmt: skip


def tally_json(counted: Tally) -> dict[str, Any]:
    """Return counts as --json prints them."""
    return {
        "files": counted.files, "fields": counted.fields,
        **{outcome.value: counted.outcomes[outcome] for outcome in Outcome},
        "percent": round(counted.percent, 2),
        "forms": list(counted.forms), "units": list(counted.units),
        "seconds": round(counted.seconds, 3), "slowest": round(counted.slowest, 3),
        "peak_mb": round(counted.peak_mb, 1),
    }  # fmt: skip


def group_lines(scores: Sequence[FileScore]) -> Iterator[dict[str, Any]]:
    """Yield a line per format and per mess, then the total."""
    for kind, groups in (("format", by_format(scores)), ("mess", by_mess(scores))):
        for name, counted in groups.items():
            yield {"by": kind, "name": name, **tally_json(counted)}
    yield {"by": "total", "name": "", **tally_json(tally(scores))}


def faults_of(score: FileScore) -> list[Compared]:
    """Return what was recorded wrong, then what was missed."""
    faults = [field for field in score.fields if field.outcome in _FAULTS]
    return sorted(faults, key=lambda fault: fault.outcome is not Outcome.WRONG)


def print_json(line: dict[str, Any]) -> None:
    """Print one line of --json."""
    print(json.dumps(line, ensure_ascii=False), flush=True)  # noqa: T201 - the contract


def show(console: Console, scores: Sequence[FileScore], most: int) -> None:
    """Print both tables, the total, and the faults, at most so many."""
    for title, groups in (("format", by_format(scores)), ("mess", by_mess(scores))):
        table = Table(title, *_HEADINGS, box=None, padding=(0, 1))
        for name, counted in groups.items():
            table.add_row(name, *_cells(counted))
        table.add_row("[bold]all[/bold]", *_cells(tally(scores)), style="bold")
        console.print(table)
        console.print()
    for line in _failures(scores):
        console.print(line, soft_wrap=True)
    _show_faults(console, scores, most)


def _cells(counted: Tally) -> tuple[str, ...]:
    wrong = counted.outcomes[Outcome.WRONG]
    return (
        str(counted.files),
        str(counted.fields),
        str(counted.outcomes[Outcome.RIGHT]),
        str(counted.outcomes[Outcome.ASKED]),
        str(counted.outcomes[Outcome.GIVEN_UP]),
        str(counted.outcomes[Outcome.MISSED]),
        f"[red]{wrong}[/red]" if wrong else "0",
        f"{counted.percent:.2f}",
        "{}/{}".format(*counted.forms),
        "{}/{}".format(*counted.units),
        f"{counted.seconds / counted.files:.2f}" if counted.files else "",
        f"{counted.slowest:.2f}",
        f"{counted.peak_mb:.0f}",
    )


def _failures(scores: Iterable[FileScore]) -> Iterator[str]:
    for score in scores:
        if score.error:
            yield f"[red]{escape(score.file)}: {score.error}[/red]"
        for form in score.forms:
            if not form.recognised:
                yield f"[red]{escape(score.file)}: the form {form.form} was not recognised[/red]"
            if form.unit is False:
                yield f"[yellow]{escape(score.file)}: another unit, or none, than expected[/yellow]"


def _show_faults(console: Console, scores: Sequence[FileScore], most: int) -> None:
    faults = [(score, fault) for score in scores for fault in faults_of(score)]
    faults.sort(key=lambda pair: pair[1].outcome is not Outcome.WRONG)
    for score, fault in faults[:most]:
        tone = "red" if fault.outcome is Outcome.WRONG else "yellow"
        place = f" {fault.place}" if fault.place else ""
        said = f"{score.file}{place} {fault.field}: expected {fault.expected}, read {fault.read}"
        console.print(f"[{tone}]{fault.outcome.value}[/{tone}] {escape(said)}", soft_wrap=True)
    if len(faults) > most:
        console.print(f"... and {len(faults) - most} more; --details lists them all")
