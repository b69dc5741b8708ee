"""What a unit is told before it sends anything: one page, filled in from a campaign."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from parsers.writing.handout import Block, Grid, Kind, Line
from rules.calendar import due_instant
from rules.judging.nothing import thing_of
from templates import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.campaign import Campaign, Requirement

_PREFIXES: tuple[tuple[str, Kind], ...] = (
    ("### ", "label"),
    ("## ", "heading"),
    ("# ", "title"),
)


def guide_text(campaign: Campaign) -> str:
    """Return the page as text: `###` the label, `#` the title, `##` headings, `|` table rows."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - text for Word, no markup
        trim_blocks=True,
        lstrip_blocks=True,
    )
    file = campaign.file
    page = environment.get_template("guide.md.j2").render(
        campaign=file,
        title=_cell(file.title),
        mailboxes="、".join(file.mailboxes),
        owed=[_owed(campaign, requirement) for requirement in file.requirements],
        nil=[_cell(thing_of(r)) for r in file.requirements if r.nil],
        people="、".join(_cell(f"{one.name} {one.phone}".strip()) for one in file.contacts),
        video=any(r.video for r in file.requirements),
    )
    return page.strip() + "\n"


def guide_blocks(text: str) -> tuple[Block, ...]:
    """Return the page as the blocks of a document."""
    return tuple(_blocks(line for line in text.splitlines() if line.strip()))


def _blocks(lines: Iterator[str]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in lines:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            yield Grid(tuple(row for row in rows if set("".join(row)) != {"-"}))
            rows = []
        yield _line(line)
    if rows:
        yield Grid(tuple(row for row in rows if set("".join(row)) != {"-"}))


def _line(line: str) -> Line:
    for prefix, kind in _PREFIXES:
        if line.startswith(prefix):
            return Line(kind, line.removeprefix(prefix))
    return Line("text", line)


def _owed(campaign: Campaign, requirement: Requirement) -> dict[str, object]:
    due = due_instant(campaign.file, requirement)
    video = requirement.video
    return {
        "title": _cell(requirement.title),
        "due": words.due(due.astimezone(ZoneInfo(campaign.file.timezone))),
        "note": _cell(requirement.note),
        "requirement": requirement,
        "seconds": words.duration(video.max_seconds) if video and video.max_seconds else "",
    }


def _cell(text: str) -> str:
    return words.clean(text).replace("|", "／")
