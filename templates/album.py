"""The pages of a played season: an index, and a page a campaign with every mail and letter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rules.campaign import CampaignFile
from rules.outcome import Standing
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
    """One mail that came ("in") or letter that left ("out"): when, who, what, how it ended.

    `href` is where to look at it, `text` what a letter says. `unit` is a unit's id or "".
    `number` is a mail's, by which orders name it.
    """

    at: datetime
    way: str
    who: str
    what: str
    href: str = ""
    end: str = ""
    reason: str = ""
    kind: str = ""
    unit: str = ""
    text: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlbumView:
    """One campaign's season, shown on `page`."""

    campaign: CampaignFile
    page: str
    units: int
    progress: tuple[ProgressView, ...]
    equation: EquationView
    workbook: str
    lines: tuple[AlbumLine, ...]
    upward: str = ""


@dataclass(frozen=True, slots=True)
class SeasonView:
    """All campaigns, in the order of their first due days; `rehearsed`: no letter has left."""

    campaigns: tuple[AlbumView, ...]
    rehearsed: bool = False


def render_album(view: AlbumView) -> str:
    """Return a campaign's page: progress, the equation, and day by day what came and left."""
    days = groupby(view.lines, key=lambda line: line.at.date())
    return render_page(
        "album.html.j2",
        view=view,
        campaign=view.campaign,
        standing_words=[words.word("standings", standing) for standing in _SHOWN],
        progress=[_progress(row) for row in view.progress],
        days=[(words.day(day), [_line(line) for line in lines]) for day, lines in days],
    )


def render_season(view: SeasonView) -> str:
    """Return the index: each campaign in short, and one letter of each kind to begin with."""
    mails = sum(one.equation.mails for one in view.campaigns)
    letters = sum(line.way == "out" for one in view.campaigns for line in one.lines)
    return render_page(
        "season.html.j2",
        campaigns=[_campaign(one) for one in view.campaigns],
        mails=mails,
        letters=letters,
        rehearsed=view.rehearsed,
    )


def render_page(template: str, **page: object) -> str:
    """Return a page that needs no other file."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, undefined=StrictUndefined, autoescape=True)
    return environment.get_template(template).render(page)


def ended(line: AlbumLine) -> str:
    """Say how a mail or letter ended, and why where it was not taken."""
    end = words.word("ends", line.end) if line.end else ""
    reason = words.word(line.end, line.reason) if line.end in {"held", "ignored"} else ""
    return f"{end}（{reason}）" if reason else end


def _campaign(view: AlbumView) -> dict[str, object]:
    kinds = Counter(line.kind for line in view.lines if line.way == "out")
    return {
        "view": view,
        "progress": [_bar(row) for row in view.progress],
        "kinds": [
            (words.word("letter_kinds", kind), kinds[kind], _first(view, kind)) for kind in kinds
        ],
    }


def _first(view: AlbumView, kind: str) -> str:
    return next(line.href for line in view.lines if line.kind == kind)


def _bar(row: ProgressView) -> dict[str, object]:
    total = sum(row.counts.values())
    done = total - row.counts.get(Standing.MISSING, 0) - row.counts.get(Standing.RETURNED, 0)
    return {"title": row.title, "due": words.due(row.due), "done": done, "total": total}


def _progress(row: ProgressView) -> dict[str, object]:
    counts = [row.counts.get(standing, 0) for standing in _SHOWN]
    return {"title": row.title, "due": words.due(row.due), "counts": counts}


def _line(line: AlbumLine) -> dict[str, str]:
    return {
        "at": f"{line.at:%H:%M}", "kind": line.way, "way": words.word("ways", line.way),
        "who": line.who, "what": line.what, "href": line.href, "more": ended(line),
    }  # fmt: skip
