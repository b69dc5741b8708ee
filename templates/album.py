"""The index of a played season: progress, the equation, and every letter with its link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rules.decision import Standing
from templates import words
from templates.views import EquationView, ProgressView

_SHOWN = (
    Standing.ACCEPTED,
    Standing.ACCEPTED_LATE,
    Standing.NIL,
    Standing.EXEMPT,
    Standing.RETURNED,
    Standing.MISSING,
)


@dataclass(frozen=True, slots=True)
class AlbumLine:
    """One mail or letter: when, which way, who, what, where to look at it, how it ended."""

    at: datetime
    way: str
    who: str
    what: str
    href: str = ""
    end: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlbumView:
    """A whole season."""

    title: str
    subtitle: str
    progress: tuple[ProgressView, ...]
    equation: EquationView
    workbook: str
    lines: tuple[AlbumLine, ...]


def render_album(view: AlbumView) -> str:
    """Return the page."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, undefined=StrictUndefined, autoescape=True)
    return environment.get_template("album.html.j2").render(
        title=view.title,
        subtitle=view.subtitle,
        standing_words=[words.word("standings", standing) for standing in _SHOWN],
        progress=[_progress(row) for row in view.progress],
        equation=view.equation,
        workbook=view.workbook,
        timeline=[_line(line) for line in view.lines],
    )


def _end(line: AlbumLine) -> str:
    ended = words.word("ends", line.end) if line.end else ""
    reason = words.word(line.end, line.reason) if line.end in {"held", "ignored"} else ""
    return f"{ended}（{reason}）" if reason else ended


def _progress(row: ProgressView) -> dict[str, object]:
    counts = [row.counts.get(standing, 0) for standing in _SHOWN]
    return {"title": row.title, "due": words.due(row.due), "counts": counts}


def _line(line: AlbumLine) -> dict[str, str]:
    return {
        "at": f"{line.at:%m-%d %H:%M}", "way": words.word("ways", line.way), "who": line.who,
        "what": line.what, "href": line.href, "more": _end(line),
    }  # fmt: skip
