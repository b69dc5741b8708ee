"""`shoubiao read`: documents outside any mail, against the forms of the campaigns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.table import Table

from bot.commands.contract import kind_of, plain_json, reading_json
from bot.commands.offices import campaigns_of
from bot.commands.screen import screen
from bot.progress import steps
from bot.reading.children import ReadingFailed, ReadingPool
from rules.judging.evidence import Piece, examine, is_opened, unit_text
from rules.judging.submitting import judge_reading
from rules.who.learned import Learned
from rules.who.units import identify_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rich.console import Console

    from parsers.mail import File
    from rules.campaign import Campaign
    from rules.decision import UnitMatch

ERROR = "error"
_TONES = {"found": "green", "missing": "yellow", "ambiguous": "red", "unreadable": "red"}


def read_files(
    files: Sequence[Path], campaign: str | None, config: Path | None, *, as_json: bool
) -> int:
    """Print what every file holds; 0 fine, 1 errors found, 2 when a file cannot be opened."""
    campaigns = campaigns_of(config, campaign)
    console = screen()
    worst = 0
    pool = ReadingPool(size=1)
    try:
        for path in steps(files, "Reading", quiet=as_json or len(files) < 5):
            for line in _lines(pool, path, campaigns):
                worst = max(worst, _status(line))
                if as_json:
                    print(json.dumps(line, ensure_ascii=False), flush=True)  # noqa: T201 - the contract
                else:
                    show(console, line)
    finally:
        pool.close()
    return worst


def _status(line: dict[str, Any]) -> int:
    if line["error"] is not None and line.get("missing_file"):
        return 2
    wrong = line["error"] or any(f["severity"] == ERROR for f in line["findings"])
    return 1 if wrong else 0


def _lines(
    pool: ReadingPool, path: Path, campaigns: Sequence[Campaign]
) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        yield plain_json(str(path), "unreadable", error="no such file") | {"missing_file": True}
        return
    try:
        files = pool.read_file(path.absolute(), path.name)
    except ReadingFailed as failure:
        yield plain_json(str(path), "unreadable", error=f"the reader failed: {failure.cause}")
        return
    inside = [f for f in files if not is_opened(f) or len(files) == 1]
    for file in inside:
        name = str(path) if file is files[0] else "/".join((str(path), *file.path[1:], file.name))
        yield from _file_lines(name, file, campaigns)


def _file_lines(name: str, file: File, campaigns: Sequence[Campaign]) -> Iterator[dict[str, Any]]:
    pieces, findings = examine(file, campaigns, frozenset())
    forms = [piece for piece in pieces if piece.reading is not None]
    yield from (_form_line(name, file, form) for form in forms)
    if not forms:
        piece = next(iter(pieces), None)
        error = f"{file.problem}: {file.detail}".rstrip(": ") if file.problem else None
        told = (*findings, *(piece.findings if piece else ()))
        yield plain_json(name, kind_of(file, piece), told, error)


def _form_line(name: str, file: File, piece: Piece) -> dict[str, Any]:
    if piece.reading is None:
        raise ValueError("only a form has a reading")
    unit = unit_of(file, piece)
    checked = judge_reading(piece.reading, piece.campaign, piece.requirement)
    findings = (*piece.findings, *checked)
    return reading_json(name, piece.reading, piece.campaign, unit, findings)


def unit_of(file: File, piece: Piece) -> UnitMatch | None:
    """Return which unit a form is of: what it says, else its file's name."""
    said, named = unit_text(piece), piece.reading.named if piece.reading else ()
    roster = piece.campaign.roster
    return identify_unit(
        (said,), None, Learned(), (file.name,), "", "", roster, document=named
    ).unit


def show(console: Console, line: dict[str, Any]) -> None:
    """Print one reading for a person."""
    form, unit = line["form"], line["unit"]
    title = f"{form['title']} [{form['campaign']}/{form['id']}]" if form else line["kind"]
    console.print(f"\n[bold]{line['file']}[/bold]: {title}")
    if line["error"]:
        console.print(f"  [red]{line['error']}[/red]")
    if form:
        console.print(f"  unit: {unit['name'] + ' (by ' + unit['by'] + ')' if unit else '?'}")
        console.print(_table(line))
    for finding in line["findings"]:
        tone = {"error": "red", "warning": "yellow"}.get(finding["severity"], "dim")
        console.print(f"  [{tone}]{finding['severity']}[/{tone}] {finding['message']}")


def _table(line: dict[str, Any]) -> Table:
    table = Table("field", "label", "status", "value", "raw", "place", box=None, padding=(0, 1))
    for row in line["fields"]:
        tone = _TONES.get(row["status"], "")
        value = "" if row["value"] is None else str(row["value"])
        table.add_row(
            row["key"], row["label"], f"[{tone}]{row['status']}[/{tone}]", value[:40],
            " ".join(row["raw"].split())[:40], row["place"] or "",
        )  # fmt: skip
    for row in line["extra"]:
        value = f"{row['value']} {row['unit'] or ''}"
        table.add_row("+", row["label"], "added", value, row["raw"][:40], row["place"] or "")
    return table
