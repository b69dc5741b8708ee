"""A campaign as one page to look at: every unit's standing, versions with cells, letters, days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rules.decision import Standing
from rules.finding import Severity
from rules.reading import FieldReading, Status
from templates import words
from templates.album import AlbumLine, ended, render_page
from templates.answers import tone
from templates.findings import tell
from templates.rollup.view import RollupView
from templates.views import EquationView, SubmissionView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rules.form import Form
    from rules.reading import Reading
    from rules.roster import Unit
    from rules.standing import Due

_DONE = frozenset({Standing.ACCEPTED, Standing.ACCEPTED_LATE, Standing.NIL, Standing.EXEMPT})
_TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "muted"}
_LONGEST = 300  # characters of a value


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
class _Value:
    label: str
    value: str
    raw: str
    place: str


@dataclass(frozen=True, slots=True)
class _Version:
    title: str
    item: str
    number: int
    word: str
    tone: str
    at: str
    sender: str
    mail: str
    files: tuple[tuple[str, str], ...]
    values: tuple[_Value, ...]
    findings: tuple[tuple[str, str], ...]


def render_chronicle(view: ChronicleView) -> str:
    """Return the page: HTML that needs no other file and no network."""
    rollup = view.rollup
    dues = _by_unit(rollup)
    units = [_unit(view, unit, dues.get(unit.id, ())) for unit in rollup.campaign.roster.units]
    ordered = sorted(view.lines, key=lambda line: line.at)
    days = groupby(ordered, key=lambda line: line.at.date())
    return render_page(
        "chronicle.html.j2",
        campaign=rollup.campaign.file,
        now=words.moment(rollup.now),
        titles=[r.title for r in rollup.campaign.file.requirements],
        progress=list(_progress(rollup)),
        equation=view.equation,
        units=units,
        days=[(words.day(day), *_day(list(lines), rollup)) for day, lines in days],
    )


def _by_unit(rollup: RollupView) -> Mapping[str, tuple[Due, ...]]:
    dues: dict[str, tuple[Due, ...]] = {}
    for unit, due in rollup.dues():
        dues[unit.id] = (*dues.get(unit.id, ()), due)
    return dues


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


def _unit(view: ChronicleView, unit: Unit, dues: tuple[Due, ...]) -> dict[str, object]:
    rollup = view.rollup
    mine = [one for one in rollup.versions if one.unit_id == unit.id]
    standing = {due.requirement.key: due for due in dues}
    columns = rollup.campaign.file.requirements
    return {
        "id": f"u-{unit.id}",
        "name": unit.name,
        "contact": "　".join(one for one in (unit.contact, unit.phone) if one),
        "addresses": "、".join(unit.addresses),
        "cells": [_cell(standing.get(r.key), _last(mine, r.key)) for r in columns],
        "versions": [_version(rollup, one) for one in sorted(mine, key=_newest)],
        "lines": [_line(line, rollup) for line in view.lines if line.unit == unit.id],
    }


def _newest(one: SubmissionView) -> float:
    return -one.received_at.timestamp()


def _last(versions: list[SubmissionView], key: str) -> SubmissionView | None:
    mine = [one for one in versions if one.requirement == key]
    return max(mine, key=lambda one: one.received_at, default=None)


def _cell(due: Due | None, last: SubmissionView | None) -> _Cell:
    if due is None:
        return _Cell("", "", "")
    when = words.short_day(last.received_at) if last else ""
    return _Cell(words.word("standings", due.standing), tone(due.standing), when)


def _version(rollup: RollupView, one: SubmissionView) -> _Version:
    form = rollup.campaign.forms.get(rollup.campaign.requirement(one.requirement).form or "")
    return _Version(
        title=rollup.title_of(one),
        item=one.item,
        number=one.version,
        word=words.word("standings", one.standing),
        tone=tone(one.standing),
        at=words.clock(one.received_at),
        sender=one.sender,
        mail=one.mail_ref,
        files=tuple((words.clean(file.name), file.sha256) for file in one.files),
        values=tuple(value for reading in one.readings for value in _values(reading, form)),
        findings=tuple((_TONES[f.severity], str(tell(f, form))) for f in one.findings),
    )


def _values(reading: Reading, form: Form | None) -> Iterator[_Value]:
    fields = {field.key: field for field in form.fields} if form else {}
    for answer in reading.fields:
        field = fields.get(answer.key)
        label = words.in_group(field, answer.label) if field else answer.label
        unit = words.measure(field) if field else None
        yield _Value(words.clean(label), _said(answer, unit), *_where(answer.raw, answer.place))
    for extra in reading.extra:
        found = extra.status is Status.FOUND
        value = words.value_text(extra.value, extra.unit) if found else ""
        label = words.load("words.yaml")["chronicle"]["added"].format(label=extra.label)
        yield _Value(words.clean(label), value, *_where(extra.raw, extra.place))


def _said(answer: FieldReading, unit: str | None) -> str:
    if answer.status is not Status.FOUND:
        return words.word("statuses", answer.status)
    return words.excerpt(words.clean(words.value_text(answer.value, unit)), _LONGEST)


def _where(raw: str, place: object) -> tuple[str, str]:
    return words.shorten(raw), str(place or "")


def _day(lines: list[AlbumLine], rollup: RollupView) -> tuple[int, int, list[object]]:
    came = sum(line.way == "in" for line in lines)
    return came, len(lines) - came, [_line(line, rollup) for line in lines]


def _line(line: AlbumLine, rollup: RollupView) -> dict[str, str]:
    unit = rollup.campaign.roster.get(line.unit)
    return {
        "at": words.clock(line.at),
        "kind": line.way,
        "way": words.word("ways", line.way),
        "who": unit.name if unit else line.who,
        "what": words.clean(line.what),
        "end": ended(line),
        "text": line.text,
    }
