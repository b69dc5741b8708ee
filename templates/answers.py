"""How one mail's parts become the lines of a receipt or correction list."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.decision import Standing
from rules.finding import Finding, Severity
from rules.reading import Status
from templates import words
from templates.points import Points, points

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules.decision import Submission
    from rules.form import Form, FormField
    from rules.reading import FieldReading, Reading
    from templates.views import AnswerView, PartView

_TONES = {
    Standing.RETURNED: "bad",
    Standing.MISSING: "bad",
    Standing.ACCEPTED_LATE: "warn",
}
_TOLD_WITH_THE_VALUE = {"approximate", "unit-of-measure"}
_LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value as read; `remark` says how, `filled` is False where there is none."""

    label: str
    value: str
    remark: str = ""
    filled: bool = True


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One value that differs from the version before."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PartLines:
    """One requirement in one mail, in words."""

    title: str
    item: str
    standing: str
    tone: str
    due: str
    late: bool
    returned: bool
    version: int
    supersedes: bool
    stands: bool
    filled: int
    values: tuple[ValueLine, ...]
    extras: tuple[ValueLine, ...]
    changes: tuple[ChangeLine, ...]
    points: Points


def tone(standing: Standing) -> str:
    """Return the colour a standing is shown in: good, warn or bad."""
    return _TONES.get(standing, "good")


def part_lines(part: PartView) -> PartLines:
    """Put one part into words; a returned part shows its points, not all its values."""
    submission = part.submission
    shown = () if part.returned else part.readings
    return PartLines(
        title=part.requirement.title,
        item=submission.item,
        standing=words.word("standings", submission.standing),
        tone=tone(submission.standing),
        due=words.due(part.due),
        late=part.late,
        returned=part.returned,
        version=part.version,
        supersedes=part.previous is not None,
        stands=part.stands,
        filled=sum(_is_filled(answer) for reading in part.readings for answer in reading.fields),
        values=tuple(line for r in shown for line in _value_lines(r, part.form)),
        extras=tuple(line for r in shown for line in _extra_lines(r)),
        changes=_changes(part.previous, submission, part.form) if part.previous else (),
        points=_part_points(part),
    )


def titles(view: AnswerView) -> str:
    """Say what a letter is about, what has to come again before all: one title, or how many."""
    parts = [part for part in view.parts if part.returned] or view.parts
    names = list(dict.fromkeys(part.requirement.title for part in parts))
    if not names:
        return view.campaign.title
    return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}项"


def _part_points(part: PartView) -> Points:
    kept = (f for f in part.submission.findings if not _told_elsewhere(f, part))
    return points(kept, part.form)


def _told_elsewhere(finding: Finding, part: PartView) -> bool:
    """Whether a note is already said in the heading or beside the value it is about."""
    if finding.severity is not Severity.NOTE:
        return False
    beside = not part.returned and bool(part.readings)
    return finding.code == "late" or (beside and finding.code in _TOLD_WITH_THE_VALUE)


def _is_filled(answer: FieldReading) -> bool:
    return answer.status is Status.FOUND


def _value_lines(reading: Reading, form: Form | None) -> Iterator[ValueLine]:
    for answer in reading.fields:
        field = _field(answer.key, form)
        yield ValueLine(
            label=words.clean(words.in_group(field, answer.label) if field else answer.label),
            value=_said(answer, words.measure(field) if field else None),
            remark=_remark(answer),
            filled=_is_filled(answer),
        )


def _said(answer: FieldReading, unit: str | None) -> str:
    if answer.status is not Status.FOUND:
        status = words.word("statuses", answer.status)
        return f"{words.shorten(answer.raw, 40)}（{status}）" if answer.raw.strip() else status
    if answer.nil and not _is_zero(answer):
        return words.word("standings", Standing.NIL)
    text = words.clean(words.value_text(answer.value, unit))
    return words.excerpt(text, _LONGEST_VALUE)


def _remark(answer: FieldReading) -> str:
    patterns: dict[str, str] = words.load("words.yaml")["remarks"]
    scaled = isinstance(answer.value, int | float) and any(sign in answer.raw for sign in "万亿")
    notes = (*answer.notes, "scaled") if scaled else answer.notes
    notes = () if _is_zero(answer) else notes
    said = (patterns.get(note, "") for note in notes)
    pattern = next((text for text in said if text), "")
    return pattern.format(raw=words.shorten(answer.raw, 40)) if pattern else ""


def _is_zero(answer: FieldReading) -> bool:
    """Say whether the number 0 itself was written, in whatever width: nothing was concluded."""
    return answer.nil and unicodedata.normalize("NFKC", answer.raw).strip() == "0"


def _extra_lines(reading: Reading) -> Iterator[ValueLine]:
    for extra in reading.extra:
        found = extra.status is Status.FOUND
        value = words.value_text(extra.value, extra.unit) if found else extra.raw
        yield ValueLine(words.shorten(extra.label), words.shorten(value), filled=found)


def _field(key: str, form: Form | None) -> FormField | None:
    fields = form.fields if form else ()
    return next((field for field in fields if field.key == key), None)


def _changes(old: Submission, new: Submission, form: Form | None) -> tuple[ChangeLine, ...]:
    before, after = _by_label(old.readings, form), _by_label(new.readings, form)
    empty = words.word("statuses", Status.MISSING)
    changed = (
        ChangeLine(label, before.get(label, empty), after.get(label, empty))
        for label in dict.fromkeys([*after, *before])
    )
    return tuple(line for line in changed if line.old != line.new)


def _by_label(readings: Sequence[Reading], form: Form | None) -> dict[str, str]:
    lines = (line for r in readings for line in (*_value_lines(r, form), *_extra_lines(r)))
    said: dict[str, str] = {}
    for line in lines:
        said.setdefault(line.label, line.value)
    return said
