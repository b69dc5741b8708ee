"""What a place says for a field: printed hints taken out, the unit as actually written kept."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from parsers.values import ValueRead, read_value
from parsers.values.measures import alike, as_measure, counted_in
from rules.form import FieldType, Where
from rules.labels import heads, squeeze
from rules.reading import FieldReading, Status

if TYPE_CHECKING:
    from parsers.document import Place
    from rules.reader.index import FieldIndex
    from rules.reader.locate import Candidate

_SEAL = re.compile(
    r"(?<!\s)\s*[（(]\s*(?:加?盖?\s*(?:单位)?\s*(?:公章|印章|盖章|签章)|签字|签名)\s*[)）]"
)
# （例：1000）, 【示例：XX市科技局】, printed for whoever fills it in
_EXAMPLE = re.compile(
    r"[（(\[【]\s*(?:例如?|示例|样例|范例|举例|填写(?:示例|说明|要求)|填报(?:示例|说明|要求))\s*[:：，,]"
    r"[^()（）\[\]【】]*[)）\]】]"
)
_EXAMPLE_LINE = re.compile(r"\A\s*(?:例|示例|样例|范例|举例)\s*[:：][^\n]*")  # left in its cell
# 赤峰市科技局      单位：万元, over the numbers
_MEASURED = re.compile(
    r"(?<!\s)\s+[(（]?(?:计量|金额|货币)?单位\s*[:：]\s*([^\s()（）]{1,20})[)）]?\s*\Z"
)
_LINES_TO_WRITE_ON = re.compile(r"_{2,}|^_+|_+$|[＿]+|(?<=\s)_+|_+(?=\s)")
_DATED = re.compile(
    r"(?<=\S)\s+(?:[0-9０-９]{1,4}\s*)?年[\s0-9０-９]*月(?:[\s0-9０-９]*日\s*|[\s0-9０-９]*)$"
)
_NEXT_PAIR = re.compile(r"[,，;；][\s　]*[^\W\d][^\s:：,，;；]{1,7}[:：].*", re.DOTALL)
_EMPTY_DATE = re.compile(r"[年月日至到时分\-—~～、,，()（）:：.]*")
_STATUSES = {status.value: status for status in Status}
_NUMERIC = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY})
_DATES = frozenset({FieldType.DATE, FieldType.PERIOD})


def read_candidate(
    entry: FieldIndex, candidate: Candidate, written: str | None, year: int | None
) -> FieldReading:
    """Read one place for a field; `written` is the unit of measure its label names there."""
    text = cleaned(entry, candidate.text)
    untouched = text == candidate.slot.text.strip()
    cell = None if candidate.inside else candidate.slot.cell
    flags = cell.flags if cell else frozenset[str]()
    number = cell.number if cell and untouched else None
    moment = cell.moment if cell and untouched else None
    read = read_value(
        text,
        entry.field.type,
        unit=entry.measure,
        number=number,
        moment=moment,
        choices=entry.field.choices,
        flags=flags,
        default_year=year,
        label=entry.field.label,
    )
    read = _in_written_unit(entry, written, read, text)
    return reading(entry, read, candidate.text.strip(), candidate.slot.place)


def reading(entry: FieldIndex, read: ValueRead, raw: str, place: Place | None) -> FieldReading:
    """Put a value as read into the field's answer."""
    status = _STATUSES[read.status]
    return FieldReading(
        key=entry.field.key,
        label=entry.field.label,
        status=status,
        value=read.value if status is Status.FOUND else None,
        raw=raw,
        place=place,
        nil=read.nil,
        notes=read.notes,
        given_unit=read.given_unit,
    )


def _in_written_unit(
    entry: FieldIndex, written: str | None, read: ValueRead, text: str
) -> ValueRead:
    """Read again in the unit the label names, where it is not the form's."""
    asked, written = entry.measure, counted_in(written, text)
    if entry.field.type not in _NUMERIC or written is None or read.given_unit is not None:
        return read
    if (asked and alike(written, asked)) or read.nil or read.status == "missing" or not text:
        return read
    again = read_value(text + written.split("、")[0], entry.field.type, unit=asked)
    if again.status != "found" or "converted" in again.notes:
        return again
    return replace(again, notes=(*again.notes, "converted"))


def cleaned(entry: FieldIndex, text: str) -> str:
    """Take out what the blank prints in the value's place, and the label said once more."""
    if text.isdecimal() and not entry.hints:
        return text  # as nearly all are
    text = _without_own_label(entry, text)
    text = _EXAMPLE_LINE.sub("", _EXAMPLE.sub("", text))
    for hint in entry.hints:
        text = without_hint(text, hint)
    text = _SEAL.sub("", text)
    if entry.field.where is Where.INSIDE and entry.field.type is FieldType.TEXT:
        text = _without_measure(_NEXT_PAIR.sub("", _DATED.sub("", text)))
    if entry.field.type is FieldType.TEXT and ("_" in text or "＿" in text):
        text = _LINES_TO_WRITE_ON.sub(" ", text)
    if entry.field.type in _DATES and _EMPTY_DATE.fullmatch(squeeze(text)):
        return ""
    return text.strip()


def _without_measure(text: str) -> str:
    said = _MEASURED.search(text)
    return text[: said.start()] if said and as_measure(squeeze(said[1])) else text


def _without_own_label(entry: FieldIndex, text: str) -> str:
    named = (h for h in heads(text) if h.how == "colon" and h.label.core in entry.cores)
    return next((head.rest for head in named), text)


def without_hint(text: str, hint: str) -> str:
    """Take a printed hint (its letters and digits only) out of a text, brackets included."""
    letters = [(n, squeeze(char)) for n, char in enumerate(text)]
    kept = [(n, char) for n, char in letters if re.fullmatch(r"[^\W_]+", char)]
    flat = "".join(char for _, char in kept)
    owners = [n for n, char in kept for _ in char]
    span = _span_of(flat, hint)
    if span is None:
        return text
    start, end = owners[span[0]], owners[span[1] - 1] + 1
    start, end = _with_brackets(text, start, end)
    rest = text[end:].lstrip(" \t\n　:：")
    return f"{text[:start].rstrip()}\n{rest}".strip()


def _span_of(flat: str, hint: str) -> tuple[int, int] | None:
    at = flat.find(hint)
    if at >= 0:
        return at, at + len(hint)
    if len(hint) < 8 or len(flat) < len(hint) - 2:
        return None
    found = fuzz.partial_ratio_alignment(hint, flat, score_cutoff=88)
    if found is None or found.dest_end - found.dest_start < len(hint) - 2:
        return None
    return found.dest_start, found.dest_end


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span over the stop and the brackets around it."""
    while end < len(text) and text[end] in " \t　。.；;，,、":
        end += 1
    before = text[:start].rstrip()
    if before[-1:] in ("(", "（", "[", "【", "〔") and text[end : end + 1] in tuple(")）]】〕"):
        return len(before) - 1, end + 1
    return start, end
