"""How a campaign's day is laid out for its coordinators: what they have to do comes first."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rules.outcome import Standing
from templates import words
from templates.lines import (
    ActLine,
    EventLine,
    Group,
    HeldLine,
    LinkDueLine,
    MissingLine,
    ProposalLine,
    UndeliveredLine,
)
from templates.points import points
from templates.progress import ProgressLine, nearness, progress_line
from templates.totals import total_lines
from templates.unsent import kinds_of, rehearsed_lines, waiting_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from templates.views import (
        ActView,
        AnnouncedView,
        DigestView,
        EventView,
        HeldView,
        MissingView,
        ProposalView,
        UndeliveredView,
    )

MOST_LISTED, FEWER_LISTED = 50, 30  # units that owe something; the workbook has them all
MOST_EVENTS, FEWER = 15, 4  # of one kind; fewer on a day on which much happened
CROWDED = 50  # lines of all kinds together
MOST_NAMES = 40  # names in a row
MOST_TOLD_TWICE = 10  # names in a row of units that stand in the list above too
REASONS = 2  # of a returned form, in a line


def digest_page(view: DigestView) -> dict[str, Any]:
    """Lay out a digest: what falls due today first, then the next, then what is over."""
    progress = sorted(
        (progress_line(p, view.now) for p in view.progress), key=lambda line: nearness(line.days)
    )
    missing = sorted(view.missing, key=lambda one: (nearness(_days(view, one)), one.due))
    most = _most(view)
    listed = MOST_LISTED if most == MOST_EVENTS else FEWER_LISTED
    unreachable = list(dict.fromkeys(one.unit_name for one in missing if one.unreachable))
    silent = list(dict.fromkeys(one.unit_name for one in view.missing if one.silent))
    return {
        "view": view,
        "campaign": view.campaign,
        "quiet": _is_quiet(view, progress),
        "progress": tuple(progress),
        "today": tuple(line for line in progress if line.today),
        "next": tuple(line for line in progress if line.days > 0),
        "far": any(line.days > 0 and line.open for line in progress),
        "new": event_lines(view.new[:most]),
        "late": event_lines(view.late[:most]),
        "returned": event_lines(view.returned[:most]),
        "held": tuple(_held(held) for held in view.held[:most]),
        "links": tuple(_link(link) for link in view.links[:most]),
        "groups": groups(missing[:listed]),
        "missing_units": len({one.unit_name for one in view.missing}),
        "missing_left_out": max(0, len(view.missing) - listed),
        "silent": tuple(silent[:MOST_NAMES]),
        "silent_units": len(silent),
        "unreachable": tuple(unreachable[:MOST_TOLD_TWICE]),
        "unreachable_units": len(unreachable),
        "undelivered": undelivered_lines(view.letters.undelivered[:most]),
        "proposals": proposal_lines(view.proposals[:most]),
        "totals": total_lines(view.totals),
        "compared": any(total.last_year is not None for total in view.totals),
        "acts": tuple(_act(act) for act in view.acts[-most:]),
        "ignored": tuple(
            (words.word("ignored", reason), count) for reason, count in view.ignored_reasons.items()
        ),
        "rehearsed": rehearsed_lines((view.rehearsed or ())[:most]),
        "kinds": kinds_of(view.rehearsed or ()),
        **waiting_page(view.waiting),
        "attachments": (view.rollup,) if view.rollup else (),
    }


def _most(view: DigestView) -> int:
    """Return how many lines a list has: a digest is read in a minute, and under 100 KB."""
    lists = (
        *(view.held, view.links, view.new, view.late, view.returned),
        *(view.proposals, view.acts, view.letters.undelivered),
    )
    return FEWER if sum(min(len(one), MOST_EVENTS) for one in lists) > CROWDED else MOST_EVENTS


def _is_quiet(view: DigestView, progress: Iterable[ProgressLine]) -> bool:
    """Say whether nothing came and nothing fell due since the last digest: two lines do."""
    since = view.since
    if since is None or view.rollup is not None or not view.equation.holds:
        return False
    came = (view.new, view.returned, view.late, view.ignored_reasons, view.equation.waiting)
    fresh = [mail.received_at for mail in view.held] + [u.at for u in view.letters.undelivered]
    due = any(line.days in {-1, 0} for line in progress)
    expiring = any(link.expires and (link.expires - view.now).days < 3 for link in view.links)
    more = any((*came, view.acts, view.proposals, view.rehearsed, view.waiting.shown)) or expiring
    return not (more or any(at >= since for at in fresh) or due)


def event_lines(events: Iterable[EventView]) -> tuple[EventLine, ...]:
    """Put what came into words, a returned form with the first of its reasons."""
    return tuple(_event(event) for event in events)


def _event(event: EventView) -> EventLine:
    wrong = points(event.findings)
    reasons = tuple(_reason(group.title, group.points[0].where) for group in wrong.must[:REASONS])
    return EventLine(
        unit_name=event.unit_name,
        title=event.title,
        item=event.item,
        version=event.version,
        received=words.clock(event.received_at),
        nil=event.standing is Standing.NIL,
        wrong=wrong.count,
        reasons=reasons,
    )


def _reason(title: str, where: str) -> str:
    """Say a reason in a few words, with the label it is about: 没有填「参加单位」."""
    label = re.search(r"「[^」]{1,20}」", where)
    return words.clean(f"{title}{label[0] if label else ''}")


def groups(missing: Sequence[MissingView]) -> tuple[Group, ...]:
    """Put together the units that owe the same by the same moment."""
    found: list[Group] = []
    by_due = groupby(missing, key=lambda one: one.due)
    for due, same_day in by_due:
        by_titles: dict[tuple[str, ...], list[MissingView]] = {}
        for one in same_day:
            by_titles.setdefault(one.titles, []).append(one)
        largest_first = sorted(by_titles.items(), key=lambda item: -len(item[1]))
        found += [
            Group(words.due(due), titles, tuple(missing_line(one) for one in units))
            for titles, units in largest_first
        ]
    return tuple(found)


def missing_line(one: MissingView) -> MissingLine:
    """Put one unit that still owes into words."""
    return MissingLine(
        unit_name=one.unit_name,
        contact=one.contact,
        phone=one.phone,
        dial=dial(one.phone),
        reminded=one.reminded,
        returned=one.standing is Standing.RETURNED,
        silent=one.silent,
        unreachable=one.unreachable,
    )


def dial(phone: str) -> str:
    """Return what a telephone dials: the first number of a cell, "" where none can be told."""
    found = re.search(r"\+?\d[\d\-\s]{5,17}\d", phone)
    return re.sub(r"[\s\-]", "", found[0]) if found else ""


def _days(view: DigestView, one: MissingView) -> int:
    return (words.due_day(one.due) - view.now.date()).days


def undelivered_lines(letters: Iterable[UndeliveredView]) -> tuple[UndeliveredLine, ...]:
    """Put letters that did not arrive into words."""
    return tuple(
        UndeliveredLine(
            recipient=letter.recipient,
            subject=words.shorten(letter.subject),
            state=words.word("letters", letter.state),
            at=words.clock(letter.at),
            detail=words.shorten(letter.detail, 100),
            unit_name=letter.unit_name,
            others=letter.others,
        )
        for letter in letters
    )


def proposal_lines(proposals: Iterable[ProposalView]) -> tuple[ProposalLine, ...]:
    """Put addresses that are not on the roster yet into words."""
    return tuple(
        ProposalLine(p.unit_name, p.address, words.clock(p.received_at), p.actions)
        for p in proposals
    )


def _held(held: HeldView) -> HeldLine:
    return HeldLine(
        number=held.number,
        received=words.clock(held.received_at),
        sender=held.sender,
        subject=words.shorten(held.subject),
        reason=words.word("held", held.reason),
        candidates=tuple(candidate.name for candidate in held.candidates),
        files=tuple(words.shorten(name, 40) for name in held.files[:5]),
        actions=held.actions[:5],
    )


def _link(link: AnnouncedView) -> LinkDueLine:
    return LinkDueLine(
        link.unit_name,
        link.title,
        words.shorten(link.name, 40),
        words.shorten(link.size, 20),
        words.clock(link.expires) if link.expires else "",
        words.clock(link.received_at),
    )


def _act(act: ActView) -> ActLine:
    return ActLine(words.clock(act.at), act.actor, words.shorten(act.said), act.number, act.undone)
