"""`shoubiao score --propose`: drafts of expectations, for a person to check against the file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from rich.console import Console
from ruamel.yaml import YAML

from bot.commands.offices import campaigns_of
from bot.commands.score import read_forms_of
from bot.commands.trouble import said, wrong
from bot.progress import steps
from bot.reading.children import ReadingFailed, ReadingPool
from rules.reading import Status
from rules.score.expectation import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rules.campaign import Campaign
    from rules.reading import Extra, FieldReading
    from rules.score.compare import ReadForm

NOTE = "# Drafted from the program's own reading: check every line against the file.\n"


def propose(folder: Path, campaign: str | None, config: Path | None) -> int:
    """Write an expectation beside every file that has none; 1 if one could not be read."""
    campaigns = campaigns_of(config, campaign)
    console = Console(stderr=True)
    failed = False
    with ReadingPool(size=1) as pool:
        for path in steps(tuple(_unmarked(folder)), "reading"):
            try:
                draft = _draft(pool, path, campaigns)
            except ReadingFailed as failure:
                trouble = wrong("reader-failed", path, why=failure.cause)
                console.print(str(trouble), markup=False)
                failed = True
            else:
                note = path.with_name(f"{path.name}.yaml")
                note.write_text(draft, encoding="utf-8")
                console.print(said("written", file=note), markup=False)
    return 1 if failed else 0


def _unmarked(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise wrong("no-such-folder", folder)
    for path in sorted(folder.rglob("*")):
        noted = any(path.with_name(path.name + ending).exists() for ending in ENDINGS)
        if path.is_file() and not noted and path.suffix not in (*ENDINGS, ".md", ".txt"):
            yield path


def _draft(pool: ReadingPool, path: Path, campaigns: Sequence[Campaign]) -> str:
    forms = [_form(read) for read in read_forms_of(pool, path, campaigns, frozenset())]
    written = io.StringIO()
    yaml = YAML()
    yaml.allow_unicode, yaml.width = True, 100
    yaml.dump(forms[0] if len(forms) == 1 else {"forms": forms}, written)
    return NOTE + written.getvalue()


def _form(read: ReadForm) -> dict[str, Any]:
    reading = read.reading
    values = {a.key: _value(a) for a in reading.fields if a.status is not Status.MISSING}
    extra = [{"label": r.label, "value": _value(r), "unit": r.unit} for r in reading.extra]
    form = {"form": f"{reading.campaign}/{reading.form}", "unit": read.unit, "values": values}
    return form | ({"extra": extra} if extra else {})


def _value(answer: FieldReading | Extra) -> Any:
    if answer.status is not Status.FOUND:
        return answer.status.value
    return list(answer.value) if isinstance(answer.value, tuple) else answer.value
