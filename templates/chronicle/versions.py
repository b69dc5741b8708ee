"""What a unit handed in, version by version: files, findings, every value with its cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.finding import Severity
from rules.reading import FieldReading, Status
from templates import words
from templates.answers import tone
from templates.findings import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules.form import Form
    from rules.reading import Reading
    from templates.rollup.view import RollupView
    from templates.views import SubmissionView

_TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "muted"}
_LONGEST = 300  # characters of a value


@dataclass(frozen=True, slots=True)
class Value:
    """One answer: its label, what was recorded, what was written, and where."""

    label: str
    value: str
    raw: str
    place: str


@dataclass(frozen=True, slots=True)
class Version:
    """One thing handed in. `values` of a superseded one are only those that changed after it."""

    title: str
    item: str
    number: int
    word: str
    tone: str
    at: str
    sender: str
    mail: str
    files: tuple[tuple[str, str], ...]
    values: tuple[Value, ...]
    findings: tuple[tuple[str, str], ...]
    newer: int = 0  # the number of the version that superseded it


def versions_of(rollup: RollupView, mine: Sequence[SubmissionView]) -> list[Version]:
    """Return a unit's versions, the latest first."""
    latest_first = sorted(mine, key=lambda one: one.received_at, reverse=True)
    newest: dict[tuple[str, str], Version] = {}
    whole: dict[tuple[str, str], frozenset[tuple[str, str]]] = {}
    shown = []
    for one in latest_first:
        key = (one.requirement, one.item)
        version, said = _version(rollup, one, newest.get(key), whole.get(key, frozenset()))
        newest[key], whole[key] = version, said
        shown.append(version)
    return shown


def _version(
    rollup: RollupView,
    one: SubmissionView,
    newer: Version | None,
    after: frozenset[tuple[str, str]],
) -> tuple[Version, frozenset[tuple[str, str]]]:
    form = rollup.campaign.forms.get(rollup.campaign.requirement(one.requirement).form or "")
    values = tuple(value for reading in one.readings for value in _values(reading, form))
    version = Version(
        title=rollup.title_of(one),
        item=one.item,
        number=one.version,
        word=words.word("standings", one.standing),
        tone=tone(one.standing),
        at=words.clock(one.received_at),
        sender=one.sender,
        mail=one.mail_ref,
        files=tuple((words.clean(file.name), file.sha256) for file in one.files),
        values=tuple(v for v in values if (v.label, v.value) not in after),
        findings=tuple((_TONES[f.severity], str(tell(f, form))) for f in one.findings),
        newer=newer.number if newer else 0,
    )
    return version, frozenset((value.label, value.value) for value in values)


def _values(reading: Reading, form: Form | None) -> Iterator[Value]:
    fields = {field.key: field for field in form.fields} if form else {}
    for answer in reading.fields:
        field = fields.get(answer.key)
        label = words.in_group(field, answer.label) if field else answer.label
        unit = words.measure(field) if field else None
        yield Value(words.clean(label), _said(answer, unit), *_where(answer.raw, answer.place))
    for extra in reading.extra:
        found = extra.status is Status.FOUND
        value = words.value_text(extra.value, extra.unit) if found else ""
        label = words.load("words.yaml")["chronicle"]["added"].format(label=extra.label)
        yield Value(words.clean(label), value, *_where(extra.raw, extra.place))


def _said(answer: FieldReading, unit: str | None) -> str:
    if answer.status is not Status.FOUND:
        return words.word("statuses", answer.status)
    return words.excerpt(words.clean(words.value_text(answer.value, unit)), _LONGEST)


def _where(raw: str, place: object) -> tuple[str, str]:
    return words.shorten(raw), str(place or "")
