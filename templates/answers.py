"""How one mail's parts become the lines of a receipt or correction list."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.finding import Finding, Severity
from rules.outcome import Standing
from rules.reading import Status
from templates import words
from templates.points import Points, points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
class ReadLines:
    """What one reading says: the form's own values, then the rows that were added."""

    values: tuple[ValueLine, ...]
    extras: tuple[ValueLine, ...]


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
    heading: str
    standing: str
    tone: str
    due: str
    late: bool
    returned: bool
    version: int
    supersedes: bool
    stands: bool
    overtaken: str
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
    submission, previous = part.submission, part.previous
    read = () if part.returned and previous is None else _read_lines(part.readings, part.form)
    replaces = None if part.overtaken else previous
    standing = Standing.ACCEPTED if part.overtaken else submission.standing
    shown = () if part.returned or part.overtaken else read
    return PartLines(
        title=part.requirement.title,
        item=submission.item,
        heading=" · ".join(filter(None, (part.requirement.title, part.unit_name, submission.item))),
        standing=words.word("standings", standing),
        tone=tone(standing),
        due=words.due(part.due),
        late=part.late and not part.overtaken,
        returned=part.returned,
        version=1 if part.overtaken else part.version,
        supersedes=replaces is not None,
        stands=part.stands,
        overtaken=words.clock(part.overtaken) if part.overtaken else "",
        filled=sum(_is_filled(answer) for reading in part.readings for answer in reading.fields),
        values=tuple(line for one in shown for line in one.values),
        extras=tuple(line for one in shown for line in one.extras),
        changes=_changes(_read_lines(replaces.readings, part.form), read) if replaces else (),
        points=_part_points(part) if not part.overtaken else points(()),
    )


def whose(view: AnswerView) -> str:
    """Say whose the letter's parts are, of several units' those that have to come again."""
    parts = [part for part in view.parts if part.returned] or view.parts
    names = list(dict.fromkeys(part.unit_name for part in parts if part.unit_name))
    return words.among(names) if names else view.unit_name


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


def _read_lines(readings: Iterable[Reading], form: Form | None) -> tuple[ReadLines, ...]:
    fields = {field.key: field for field in form.fields} if form else {}
    return tuple(
        ReadLines(
            tuple(_value_line(answer, fields.get(answer.key)) for answer in reading.fields),
            tuple(_extra_lines(reading)),
        )
        for reading in readings
    )


def _value_line(answer: FieldReading, field: FormField | None) -> ValueLine:
    return ValueLine(
        words.clean(words.in_group(field, answer.label) if field else answer.label),
        _said(answer, words.measure(field) if field else None),
        _remark(answer),
        _is_filled(answer),
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
    notes = (*answer.notes, "scaled") if _is_scaled(answer) else answer.notes
    if not notes or _is_zero(answer):
        return ""
    patterns: dict[str, str] = words.load("words.yaml")["remarks"]
    pattern = next((patterns[note] for note in notes if patterns.get(note)), "")
    return pattern.format(raw=words.shorten(answer.raw, 40)) if pattern else ""


def _is_scaled(answer: FieldReading) -> bool:
    """Say whether a number was written in 万 or 亿."""
    written = "万" in answer.raw or "亿" in answer.raw
    return written and isinstance(answer.value, int | float)


def _is_zero(answer: FieldReading) -> bool:
    """Say whether the number 0 itself was written, in whatever width: nothing was concluded."""
    return answer.nil and unicodedata.normalize("NFKC", answer.raw).strip() == "0"


def _extra_lines(reading: Reading) -> Iterator[ValueLine]:
    for extra in reading.extra:
        found = extra.status is Status.FOUND
        value = words.value_text(extra.value, extra.unit) if found else extra.raw
        yield ValueLine(words.shorten(extra.label), words.shorten(value), filled=found)


def _changes(old: Sequence[ReadLines], new: Sequence[ReadLines]) -> tuple[ChangeLine, ...]:
    before, after = _by_label(old), _by_label(new)
    empty = words.word("statuses", Status.MISSING)
    changed = (
        ChangeLine(spot[0], before.get(spot, empty), after.get(spot, empty))
        for spot in dict.fromkeys([*after, *before])
    )
    return tuple(line for line in changed if line.old != line.new)


def _by_label(read: Iterable[ReadLines]) -> dict[tuple[str, int], str]:
    """Return what the first copy says under each label, and under one that comes again."""
    said: dict[tuple[str, int], str] = {}
    for one in read:
        times: Counter[str] = Counter()
        for line in (*one.values, *one.extras):
            times[line.label] += 1
            said.setdefault((line.label, times[line.label]), line.value)
    return said
