"""How a campaign's state is laid out for its coordinators: the nearest deadline first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rules.decision import Standing
from rules.finding import Severity
from templates import words
from templates.answers import tone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from templates.views import (
        DigestView,
        EventView,
        HeldView,
        MissingView,
        ProgressView,
        UndeliveredView,
    )

MOST_LISTED = 100  # of one list in a digest; the workbook has them all
_SHOWN_STANDINGS = (
    Standing.ACCEPTED,
    Standing.ACCEPTED_LATE,
    Standing.NIL,
    Standing.EXEMPT,
    Standing.RETURNED,
    Standing.MISSING,
)
_DONE = {Standing.ACCEPTED, Standing.ACCEPTED_LATE, Standing.NIL, Standing.EXEMPT}


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a progress bar; `percent` are whole numbers that add up to 100."""

    standing: str
    count: int
    percent: int
    tone: str


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """One requirement's progress, in words."""

    title: str
    due: str
    days: int
    today: bool
    done: int
    total: int
    open: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class EventLine:
    """One submission since the last digest; `wrong` counts what the sender has to correct."""

    unit_name: str
    title: str
    item: str
    version: int
    received: str
    wrong: int


@dataclass(frozen=True, slots=True)
class MissingLine:
    """One unit that still owes, in words."""

    unit_name: str
    titles: tuple[str, ...]
    due: str
    contact: str
    phone: str
    reminded: int
    returned: bool


@dataclass(frozen=True, slots=True)
class UndeliveredLine:
    """A letter that did not arrive, in words; all but the first four may be empty."""

    recipient: str
    subject: str
    state: str
    at: str
    detail: str
    unit_name: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A held mail, in words."""

    number: str
    received: str
    sender: str
    subject: str
    reason: str
    candidates: tuple[str, ...]
    files: tuple[str, ...]


def digest_page(view: DigestView) -> dict[str, Any]:
    """Lay out a digest: what falls due today first, then the next, then what is over."""
    progress = sorted((_progress(view, p) for p in view.progress), key=_nearness)
    missing = sorted(view.missing, key=lambda one: _nearness_of(_days(view, one.due)))
    return {
        "view": view,
        "campaign": view.campaign,
        "quiet": _is_quiet(view, progress),
        "progress": tuple(progress),
        "today": tuple(line for line in progress if line.today),
        "next": tuple(line for line in progress if line.days > 0),
        "new": _events(view.new),
        "late": _events(view.late),
        "returned": _events(view.returned),
        "held": tuple(_held(held) for held in view.held),
        "missing": tuple(_missing(one) for one in missing[:MOST_LISTED]),
        "missing_units": len({one.unit_name for one in view.missing}),
        "missing_left_out": max(0, len(view.missing) - MOST_LISTED),
        "undelivered": tuple(_undelivered(letter) for letter in view.letters.undelivered),
        "ignored": tuple(
            (words.word("ignored", reason), count) for reason, count in view.ignored_reasons.items()
        ),
        "attachments": (view.rollup,) if view.rollup else (),
    }


def _is_quiet(view: DigestView, progress: Iterable[ProgressLine]) -> bool:
    """Say whether nothing came and nothing fell due since the last digest: two lines do."""
    since = view.since
    if since is None or view.rollup is not None or not view.equation.holds:
        return False
    came = (view.new, view.returned, view.late, view.ignored_reasons, view.equation.waiting)
    fresh = [mail.received_at for mail in view.held] + [u.at for u in view.letters.undelivered]
    due = any(line.days in {-1, 0} for line in progress)
    return not (any(came) or any(at >= since for at in fresh) or due)


def _events(events: Iterable[EventView]) -> tuple[EventLine, ...]:
    return tuple(
        EventLine(
            unit_name=event.unit_name,
            title=event.title,
            item=event.item,
            version=event.version,
            received=words.clock(event.received_at),
            wrong=sum(f.severity is Severity.ERROR for f in event.findings),
        )
        for event in events
    )


def _progress(view: DigestView, progress: ProgressView) -> ProgressLine:
    days = _days(view, progress.due)
    total = sum(progress.counts.values())
    done = sum(count for standing, count in progress.counts.items() if standing in _DONE)
    return ProgressLine(
        title=progress.title,
        due=words.due(progress.due),
        days=days,
        today=days == 0,
        done=done,
        total=total,
        open=total - done,
        segments=_segments(progress),
    )


def _segments(progress: ProgressView) -> tuple[Segment, ...]:
    counts = [(s, progress.counts.get(s, 0)) for s in _SHOWN_STANDINGS]
    shown = [(standing, count) for standing, count in counts if count]
    percents = _percents([count for _, count in shown])
    return tuple(
        Segment(words.word("standings", standing), count, percent, _bar(standing))
        for (standing, count), percent in zip(shown, percents, strict=True)
    )


def _bar(standing: Standing) -> str:
    if standing is Standing.MISSING:
        return "none"
    return "rest" if standing in {Standing.NIL, Standing.EXEMPT} else tone(standing)


def _percents(counts: list[int]) -> list[int]:
    """Whole percents that add up to 100, none of them 0."""
    total = sum(counts)
    percents = [max(1, count * 100 // total) for count in counts]
    if percents:
        percents[percents.index(max(percents))] += 100 - sum(percents)
    return percents


def _days(view: DigestView, due: datetime) -> int:
    return (words.due_day(due) - view.now.date()).days


def _nearness(line: ProgressLine) -> tuple[bool, int]:
    return _nearness_of(line.days)


def _nearness_of(days: int) -> tuple[bool, int]:
    """Sort what is still to come by its day, then what is over, the latest first."""
    return (days < 0, abs(days))


def _missing(one: MissingView) -> MissingLine:
    return MissingLine(
        unit_name=one.unit_name,
        titles=one.titles,
        due=words.due(one.due),
        contact=one.contact,
        phone=one.phone,
        reminded=one.reminded,
        returned=one.standing is Standing.RETURNED,
    )


def _undelivered(letter: UndeliveredView) -> UndeliveredLine:
    return UndeliveredLine(
        recipient=letter.recipient,
        subject=words.shorten(letter.subject),
        state=words.word("letters", letter.state),
        at=words.clock(letter.at),
        detail=words.shorten(letter.detail, 100),
        unit_name=letter.unit_name,
        others=letter.others,
    )


def _held(held: HeldView) -> HeldLine:
    return HeldLine(
        number=held.number,
        received=words.clock(held.received_at),
        sender=held.sender,
        subject=words.shorten(held.subject),
        reason=words.word("held", held.reason),
        candidates=tuple(candidate.name for candidate in held.candidates),
        files=held.files,
    )
