"""Labels that ask for two things at once, 联系人及电话, and which part of a value is which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.values import read_value
from parsers.values.characters import is_nil
from rules.form import FieldType
from rules.labels import read_label, squeeze
from rules.synonyms import synonyms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.reader.index import FieldIndex, FormIndex

LONGEST = 16  # letters of such a label
_JOINTS = re.compile(r"以及|[、，,/&+和及与]")
_PARTS = re.compile(r"[\s,，;；、/()（）]+")
# 其木格13900001234, 电话：0476-… — where a number follows words without a space
_BEFORE_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])\s*[:：]?\s*(?=[+(（]?\d[\d\s()（）+-]{4,})")
# 0470 8200018 and 139 0000 1202 are one number each
_SPACED_NUMBER = re.compile(r"(?<!\d)(0\d{2,3}|1\d{2})[ \u3000]+(\d{4}[ \u3000]?\d{3,4})(?!\d)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BY_SHAPE = (FieldType.EMAIL, FieldType.PHONE, FieldType.POSTCODE)
_DATES = (FieldType.DATE, FieldType.PERIOD)


def fields_of(index: FormIndex, text: str) -> tuple[int, ...]:
    """Return the fields that a label names together, none if it names one or something else.

    Without a joint between them (地址邮编) at most one may be words: 主办单位联系人 is one label.
    """
    flat = re.sub(r"\(.*?\)|[:：]", "", squeeze(text))
    if not 4 <= len(flat) <= LONGEST or flat[0] not in index.starts:
        return ()
    joint = [_field(index, part) for part in _JOINTS.split(flat)]
    if len(joint) > 1 and None not in joint:
        return tuple(dict.fromkeys(n for n in joint if n is not None))
    for cut in range(2, len(flat) - 1):
        pair = _field(index, flat[:cut]), _field(index, flat[cut:])
        if pair[0] is not None and pair[1] is not None and pair[0] != pair[1]:
            words = [n for n in pair if n is not None and _is_text(index.fields[n])]
            return (pair[0], pair[1]) if len(words) < 2 else ()
    return ()


def _field(index: FormIndex, text: str) -> int | None:
    found = index.find(read_label(text)) if text else ()
    return found[0] if len(found) == 1 else None


def _is_text(entry: FieldIndex) -> bool:
    return entry.field.type is FieldType.TEXT


def is_joint(label: str) -> bool:
    """Say whether a label joins its two names: 联系人及电话, not 负责人电话."""
    return _JOINTS.search(re.split("[:：]", label.strip())[0]) is not None


def share(
    index: FormIndex, numbers: Sequence[int], number: int, text: str, *, joint: bool
) -> str | None:
    """Return the part of a value that answers field `number` of those asked together.

    What has a shape of its own (numbers, addresses, dates) is told by it; what is left answers
    the one field of words. None when the parts cannot be told.
    """
    entries = [index.fields[n] for n in numbers]
    if any(entry.field.type in _DATES for entry in entries):
        return _dated(text, entries, index.year or 2000).get(number)
    if sum(map(_is_text, entries)) > 1:
        return None
    parts = _shaped(text, entries)
    if parts is None:
        return None
    shaped = any(not _is_text(index.fields[n]) for n in parts)
    return parts.get(number, "") if shaped or joint else None


def _shaped(text: str, entries: Sequence[FieldIndex]) -> dict[int, str] | None:
    """Give each part to the field whose shape it has: by its label, else in the fields' order.

    None when several fields share a shape and it is not to be told which part is whose.
    """
    alone = [e for e in _owners(text.strip(), entries) if not _is_text(e)]
    if len(alone) == 1 and not is_nil(text) and not _HAN.search(text):
        return {alone[0].number: text.strip()}  # 联系人电话: 0470 8200018
    parts: dict[int, list[str]] = {}
    unlabelled: list[tuple[str, list[FieldIndex]]] = []
    named: FieldIndex | None = None
    split = [p for p in _PARTS.split(_BEFORE_NUMBER.sub(" ", _whole_numbers(text))) if p]
    for part in split:
        label = _labelled(part, entries)
        owners = _owners(part, entries) if label is None else []
        if named is not None and named in owners:
            parts.setdefault(named.number, []).append(part)
        elif owners:
            unlabelled.append((part, owners))
        named = label[0] if label else None
    told = _in_order(parts, unlabelled)
    if told is None:
        return None
    return {n: " ".join(sorted(found, key=split.index)) for n, found in told.items()}


def _whole_numbers(text: str) -> str:
    """Close the gaps within telephone numbers, so that no part of one is left behind."""
    return _SPACED_NUMBER.sub(
        lambda m: m[1] + "-" * m[1].startswith("0") + re.sub(r"\s", "", m[2]), text
    )


def _in_order(
    parts: dict[int, list[str]], unlabelled: Sequence[tuple[str, list[FieldIndex]]]
) -> dict[int, list[str]] | None:
    """Part 0470-8200000/0470-8200001 of 电话/传真: as many numbers as fields of that shape."""
    named = {*parts}
    for part, owners in unlabelled:
        rivals = [other for other, others in unlabelled if others == owners]
        if len(owners) > 1 and (len(rivals) != len(owners) or named & _numbers(owners)):
            return None
        owner = owners[rivals.index(part)] if len(owners) > 1 else owners[0]
        parts.setdefault(owner.number, []).append(part)
    return parts


def _numbers(entries: Sequence[FieldIndex]) -> set[int]:
    return {entry.number for entry in entries}


def _owners(part: str, entries: Sequence[FieldIndex]) -> list[FieldIndex]:
    if is_nil(part):
        return [entry for entry in entries if entry.field.type in _BY_SHAPE]
    for kind in _BY_SHAPE:
        fit = [entry for entry in entries if entry.field.type is kind]
        if fit and re.search(r"\d|@", part) and read_value(part, kind).status == "found":
            return fit
    texts = [entry for entry in entries if _is_text(entry)]
    return texts if len(texts) == 1 and part else []


def _labelled(part: str, entries: Sequence[FieldIndex]) -> list[FieldIndex] | None:
    """Return the fields that a part names; [] for a label of no field in particular."""
    core = read_label(part).core
    named = [e for e in entries if core in e.cores or synonyms(core) & {*e.cores}]
    return named if named or core in ("电话", "手机", "邮编", "邮箱") else None


def _dated(text: str, entries: Sequence[FieldIndex], year: int) -> dict[int, str]:
    """Part a date at either end from the words beside it, where exactly one cut does."""
    dates = [e for e in entries if e.field.type in _DATES]
    words = [e for e in entries if _is_text(e)]
    if len(dates) != 1 or len(words) != 1 or len(entries) != 2:
        return {}
    gaps = [(m.start(), m.end()) for m in re.finditer(r"[\s,，;；、]+", text.strip())]
    cuts = {}
    for start, end in gaps:
        first, last = text.strip()[:start], text.strip()[end:]
        for date, rest in ((first, last), (last, first)):
            kind = dates[0].field.type
            if read_value(date, kind, default_year=year).status == "found" and not re.search(
                r"\d\s*[月日]", rest
            ):
                cuts[date] = rest
    if len(cuts) != 1:
        return {}
    date, rest = next(iter(cuts.items()))
    return {dates[0].number: date, words[0].number: rest}
