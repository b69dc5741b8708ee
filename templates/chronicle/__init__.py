"""A campaign as one page to look at: every unit's standing, versions with cells, letters, days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rules.outcome import Standing
from rules.standing import Due
from templates import words
from templates.album import AlbumLine, ended, render_page
from templates.answers import tone
from templates.chronicle.totals import totals_of
from templates.chronicle.versions import versions_of
from templates.rollup.view import RollupView
from templates.views import EquationView, SubmissionView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.roster import Unit

_DONE = frozenset({Standing.ACCEPTED, Standing.ACCEPTED_LATE, Standing.NIL, Standing.EXEMPT})
_WAITING = "held"


@dataclass(frozen=True, slots=True)
class ChronicleView:
    """One campaign as of `rollup.now`; `lines` come in any order."""

    rollup: RollupView
    equation: EquationView
    lines: tuple[AlbumLine, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    word: str
    tone: str
    when: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of all units, sorted by unit once."""

    dues: Mapping[str, Mapping[str, Due]]
    versions: Mapping[str, list[SubmissionView]]
    lines: Mapping[str, list[AlbumLine]]


def render_chronicle(view: ChronicleView) -> str:
    """Return the page: HTML that needs no other file and no network."""
    rollup, known = view.rollup, _known(view)
    units = [_unit(rollup, unit, known) for unit in rollup.campaign.roster.units]
    ordered = sorted(view.lines, key=lambda line: line.at)
    days = groupby(ordered, key=lambda line: line.at.date())
    return render_page(
        "chronicle/page.html.j2",
        campaign=rollup.campaign.file,
        now=words.moment(rollup.now),
        titles=[r.title for r in rollup.campaign.file.requirements],
        progress=list(_progress(rollup)),
        equation=view.equation,
        totals=list(totals_of(rollup)),
        states=Counter(unit["state"] for unit in units),
        units=[*units, *_gone(rollup, known)],
        waiting=[_line(line, rollup) for line in ordered if line.end == _WAITING],
        days=[(words.day(day), *_day(list(lines), rollup)) for day, lines in days],
    )


def _known(view: ChronicleView) -> _Known:
    dues: dict[str, dict[str, Due]] = defaultdict(dict)
    versions: dict[str, list[SubmissionView]] = defaultdict(list)
    lines: dict[str, list[AlbumLine]] = defaultdict(list)
    for unit, due in view.rollup.dues():
        dues[unit.id][due.requirement.key] = due
    for one in view.rollup.versions:
        versions[one.unit_id].append(one)
    for line in sorted(view.lines, key=lambda line: line.at):
        lines[line.unit].append(line)
    return _Known(dues, versions, lines)


def _progress(rollup: RollupView) -> Iterator[dict[str, object]]:
    zone = rollup.now.tzinfo
    for requirement in rollup.campaign.file.requirements:
        dues = [due for _, due in rollup.dues() if due.requirement == requirement]
        counts = Counter(due.standing for due in dues)
        yield {
            "title": requirement.title,
            "due": " / ".join(sorted({words.due(due.due.astimezone(zone)) for due in dues})[:2]),
            "done": sum(counts[standing] for standing in _DONE),
            "total": len(dues),
            "counts": [(words.word("standings", s), tone(s), counts[s]) for s in counts],
        }


def _unit(rollup: RollupView, unit: Unit, known: _Known) -> dict[str, object]:
    mine, standing = known.versions.get(unit.id, []), known.dues.get(unit.id, {})
    return {
        **_shown(rollup, unit.id, unit.name, known),
        "sought": " ".join((unit.name, *unit.aliases, unit.contact)),
        "contact": "　".join(one for one in (unit.contact, unit.phone) if one),
        "addresses": "、".join(unit.addresses),
        "state": _state({due.standing for due in standing.values()}),
        "cells": [
            _cell(standing.get(r.key), _last(mine, r.key))
            for r in rollup.campaign.file.requirements
        ],
    }


def _gone(rollup: RollupView, known: _Known) -> Iterator[dict[str, object]]:
    """Yield the units that handed something in and are on the roster no more."""
    for unit_id, mine in known.versions.items():
        if rollup.campaign.roster.get(unit_id) is None:
            name = mine[0].unit_name
            shown = _shown(rollup, unit_id, name, known)
            yield {**shown, "sought": name, "contact": "", "addresses": "", "state": "gone"}


def _shown(rollup: RollupView, unit_id: str, name: str, known: _Known) -> dict[str, object]:
    return {
        "id": f"u-{unit_id}",
        "name": words.clean(name),
        "versions": versions_of(rollup, known.versions.get(unit_id, [])),
        "lines": [_line(line, rollup) for line in known.lines.get(unit_id, [])],
    }


def _state(standings: set[Standing]) -> str:
    if Standing.RETURNED in standings:
        return "returned"
    return "done" if standings <= _DONE else "owing"


def _last(versions: list[SubmissionView], key: str) -> SubmissionView | None:
    mine = [one for one in versions if one.requirement == key]
    return max(mine, key=lambda one: one.received_at, default=None)


def _cell(due: Due | None, last: SubmissionView | None) -> _Cell:
    if due is None:
        return _Cell("", "", "")
    when = words.short_day(last.received_at) if last else ""
    return _Cell(words.word("standings", due.standing), tone(due.standing), when)


def _day(lines: list[AlbumLine], rollup: RollupView) -> tuple[int, int, list[object]]:
    came = sum(line.way == "in" for line in lines)
    return came, len(lines) - came, [_line(line, rollup) for line in lines]


def _line(line: AlbumLine, rollup: RollupView) -> dict[str, str]:
    unit = rollup.campaign.roster.get(line.unit)
    return {
        "at": words.clock(line.at),
        "kind": line.way,
        "way": words.word("ways", line.way),
        "who": unit.name if unit else words.clean(line.who),
        "what": words.clean(line.what),
        "end": ended(line),
        "text": line.text,
        "number": line.number,
    }
