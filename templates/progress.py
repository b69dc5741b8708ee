"""How far a requirement is, as a bar of table cells: it needs no style sheet to be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.outcome import Standing
from templates import words
from templates.answers import tone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from templates.views import ProgressView

SHOWN = (
    Standing.ACCEPTED,
    Standing.ACCEPTED_LATE,
    Standing.NIL,
    Standing.EXEMPT,
    Standing.RETURNED,
    Standing.MISSING,
)
DONE = frozenset({Standing.ACCEPTED, Standing.ACCEPTED_LATE, Standing.NIL, Standing.EXEMPT})
COLOURS = {
    "good": "#2f8f5b",
    "warn": "#d99a1c",
    "bad": "#cf4a42",
    "rest": "#9fb8a9",
    "none": "#dfe5ea",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a progress bar; `percent` are whole numbers that add up to 100."""

    standing: str
    count: int
    percent: int
    colour: str


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """One requirement's progress, in words; `drawn` is the bar of the plain text."""

    title: str
    due: str
    days: int
    today: bool
    done: int
    total: int
    open: int
    segments: tuple[Segment, ...]
    drawn: str


def progress_line(progress: ProgressView, now: datetime) -> ProgressLine:
    """Put one requirement's progress into words."""
    days = (words.due_day(progress.due) - now.date()).days
    total = sum(progress.counts.values())
    done = sum(count for standing, count in progress.counts.items() if standing in DONE)
    return ProgressLine(
        title=progress.title,
        due=words.due(progress.due),
        days=days,
        today=days == 0,
        done=done,
        total=total,
        open=total - done,
        segments=segments(progress.counts),
        drawn=_drawn(done, total),
    )


def segments(counts: Mapping[Standing, int]) -> tuple[Segment, ...]:
    """Return the parts of a bar, what is done first; no part of nothing."""
    shown = [(standing, counts.get(standing, 0)) for standing in SHOWN]
    shown = [(standing, count) for standing, count in shown if count]
    percents = _percents([count for _, count in shown])
    return tuple(
        Segment(words.word("standings", standing), count, percent, _colour(standing))
        for (standing, count), percent in zip(shown, percents, strict=True)
    )


def nearness(days: int) -> tuple[bool, int]:
    """Sort what is still to come by its day, then what is over, the latest first."""
    return (days < 0, abs(days))


def _colour(standing: Standing) -> str:
    if standing is Standing.MISSING:
        return COLOURS["none"]
    quiet = standing in {Standing.NIL, Standing.EXEMPT}
    return COLOURS["rest" if quiet else tone(standing)]


def _percents(counts: list[int]) -> list[int]:
    """Whole percents that add up to 100, none of them 0."""
    total = sum(counts)
    percents = [max(1, count * 100 // total) for count in counts]
    if percents:
        percents[percents.index(max(percents))] += 100 - sum(percents)
    return percents


def _drawn(done: int, total: int) -> str:
    """Return ten squares, the filled ones for what is done: full only when all of it is."""
    filled = done * 10 // total if total else 0
    return "■" * filled + "□" * (10 - filled)
