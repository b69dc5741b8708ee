"""`shoubiao read`: documents outside any mail, against the forms of the campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from bot.commands.contract import kind_of, line_of, plain_json, reading_json
from bot.commands.offices import campaigns_of
from bot.commands.rows import in_words
from bot.commands.screen import screen
from bot.commands.trouble import language, said
from bot.progress import steps
from bot.reading.children import ReadingFailed, ReadingPool
from bot.settings.mistakes import Mistake
from rules.judging.evidence import Piece, examine, is_opened, unit_text
from rules.judging.submitting import judge_reading
from rules.who.learned import Learned
from rules.who.units import identify_unit
from templates.terminal import Term, heading

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
        for path in steps(files, "reading", quiet=as_json or len(files) < 5):
            for line in _lines(pool, path, campaigns):
                worst = max(worst, _status(line))
                if as_json:
                    print(line_of(line), flush=True)  # noqa: T201 - the contract
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
        yield plain_json(str(path), "unreadable", error=Mistake("no-such-file")) | {
            "missing_file": True
        }
        return
    try:
        files = pool.read_file(path.absolute(), path.name)
    except ReadingFailed as failure:
        error = Mistake("reader-failed", {"why": failure.cause})
        yield plain_json(str(path), "unreadable", error=error)
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
        told = (*findings, *(piece.findings if piece else ()))
        yield plain_json(name, kind_of(file, piece), told, _problem(file))


def _problem(file: File) -> Mistake | None:
    if not file.problem:
        return None
    why = f": {file.detail}" if file.detail else ""
    return Mistake("file-problem", {"problem": Term("problems", file.problem), "why": why})


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
    kind = in_words("kind", line["kind"])
    title = f"{form['title']} [{form['campaign']}/{form['id']}]" if form else kind
    console.print(f"\n[bold]{escape(line['file'])}[/bold]: {escape(title)}")
    if line["error"]:
        console.print(f"  [red]{escape(line['error'].told(language()))}[/red]")
    if form:
        facts = {"unit": unit["name"], "by": Term("bys", unit["by"])} if unit else {}
        whose = said("unit-by", **facts) if unit else "?"
        console.print(f"  {said('unit', unit=whose)}", markup=False)
        console.print(_table(line))
    for finding in line["findings"]:
        tone = {"error": "red", "warning": "yellow"}.get(finding["severity"], "dim")
        severity = in_words("severity", finding["severity"])
        console.print(f"  [{tone}]{severity}[/{tone}] {escape(finding['message'])}")


def _table(line: dict[str, Any]) -> Table:
    names = ("field", "label", "status", "value", "written", "place")
    table = Table(*(heading(language(), one) for one in names), box=None, padding=(0, 1))
    for row in line["fields"]:
        tone = _TONES.get(row["status"], "")
        value = "" if row["value"] is None else str(row["value"])
        table.add_row(
            row["key"], row["label"], f"[{tone}]{in_words('status', row['status'])}[/{tone}]",
            escape(value[:40]), escape(" ".join(row["raw"].split())[:40]), row["place"] or "",
        )  # fmt: skip
    for row in line["extra"]:
        value = f"{row['value']} {row['unit'] or ''}"
        written = (escape(one) for one in (value, row["raw"][:40]))
        table.add_row("+", escape(row["label"]), said("added"), *written, row["place"] or "")
    return table
