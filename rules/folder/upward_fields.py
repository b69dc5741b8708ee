"""What the lines of upward.yaml and the two forms must agree on: names, kinds, money."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rules.folder.validation import suggest
from rules.form import FieldType
from rules.labels import read_label, squeeze
from rules.upward import UpwardField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.folder.yaml_lines import Lined
    from rules.folder.yaml_quick import Path_
    from rules.form import Form, FormField
    from rules.upward import UpwardFile, UpwardLine

NUMBERS = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY})
MONEY_UNITS = ("元", "万元")


def map_fields(said: UpwardFile, own: Form, target: Form, lined: Lined) -> tuple[UpwardField, ...]:
    """Return the target's mapped fields in its order; a line that is wrong is noted, left out."""
    lines = {line.target.key: line for line in _agreed(own, target)} if said.same_labels else {}
    for index, line in enumerate(said.fields):
        path: Path_ = ("fields", index)
        asked = _named(target, line.field, lined, (*path, "field"))
        first = [one for one in said.fields[:index] if one.field == line.field]
        if asked is not None and first:
            lined.add("upward-twice", (*path, "field"), given=line.field)
        elif asked is not None and (made := _mapped(line, own, asked, lined, path)) is not None:
            lines[asked.key] = made
    return tuple(lines[field.key] for field in target.fields if field.key in lines)


def goes_nowhere(field: FormField, own: Form, lines: tuple[UpwardField, ...]) -> bool:
    """Say whether an own field holds something to report that no line sends up."""
    told = field.total or field.type is FieldType.TEXT
    used = any(field == part for line in lines for part in line.parts)
    return told and not used and field.key != own.unit_field


def _mapped(
    line: UpwardLine, own: Form, target: FormField, lined: Lined, path: Path_
) -> UpwardField | None:
    if bool(line.sum) == bool(line.text):
        lined.add("upward-nothing", path, given=line.field)
        return None
    at: Path_ = (*path, "sum" if line.sum else "text")
    names = line.sum or (line.text or "",)
    found = [_named(own, name, lined, at) for name in names]
    parts = tuple(part for part in found if part is not None)
    if len(parts) < len(found):
        return None
    fits = _adds_up if line.sum else _holds_words
    if not fits(line, target, parts, lined, at):
        return None
    printed = target.type is not FieldType.TEXT  # the form prints the unit of its numbers
    return UpwardField(target, parts, "" if printed else line.unit or "", line.note)


def _holds_words(
    _line: UpwardLine,
    target: FormField,
    _parts: tuple[FormField, ...],
    lined: Lined,
    path: Path_,
) -> bool:
    if target.type is not FieldType.TEXT:
        lined.add("upward-text", path, given=target.label)
    return target.type is FieldType.TEXT


def _adds_up(
    line: UpwardLine,
    target: FormField,
    parts: tuple[FormField, ...],
    lined: Lined,
    path: Path_,
) -> bool:
    """Say whether the parts are numbers that the target can take: money with money only."""
    numbers = all(part.type in NUMBERS for part in parts)
    if not numbers or target.type not in {*NUMBERS, FieldType.TEXT}:
        wrong = [*(part for part in parts if part.type not in NUMBERS), target][0]
        lined.add("upward-not-a-number", path, given=wrong.label)
        return False
    asked = target.unit if target.type in NUMBERS else line.unit
    money = target.type is FieldType.MONEY or asked in MONEY_UNITS
    for part in parts:
        same = (part.type is FieldType.MONEY) is money
        if not same or (money and asked not in MONEY_UNITS):
            given, wanted = _with_unit(part.label, part.unit), _with_unit(target.label, asked)
            lined.add("upward-measure", path, given=given, wanted=wanted)
            return False
    return True


def _with_unit(label: str, unit: str | None) -> str:
    return f"{label}（{unit}）" if unit else label


def _agreed(own: Form, target: Form) -> Iterator[UpwardField]:
    """Map every field whose label both forms print, in the same group and of one kind."""
    for asked in target.fields:
        found = [field for field in own.fields if _same(field, asked)]
        if len(found) == 1 and asked.key != target.unit_field:
            yield UpwardField(asked, (found[0],))


def _same(own: FormField, target: FormField) -> bool:
    numbers = {own.type, target.type} <= NUMBERS
    money = (own.type is FieldType.MONEY) is (target.type is FieldType.MONEY)
    kinds = (numbers and money) or own.type is target.type is FieldType.TEXT
    groups = not own.group or not target.group or squeeze(own.group) == squeeze(target.group)
    return kinds and groups and bool(_names(own) & _names(target))


def _named(form: Form, name: str, lined: Lined, path: Path_) -> FormField | None:
    """Return the field of this key, label or alias; a mistake is noted."""
    exact = [field for field in form.fields if name in {field.key, field.label}]
    found = exact or [field for field in form.fields if read_label(name).core in _names(field)]
    if len(found) == 1:
        return found[0]
    if found:
        keys = "、".join(field.key for field in found)
        lined.add("upward-ambiguous", path, given=name, keys=keys)
        return None
    known = chain((field.label for field in form.fields), (field.key for field in form.fields))
    lined.add("upward-field", path, given=name, form=form.title, suggestion=suggest(name, known))
    return None


def _names(field: FormField) -> frozenset[str]:
    return frozenset(read_label(name).core for name in (field.label, *field.aliases))
