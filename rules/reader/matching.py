"""Which slots carry which field's label: known spellings first, then likeness, never a guess."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from parsers.values import read_value
from parsers.values.measures import as_measure
from rules.form import FieldType, Where
from rules.labels import LONGEST as LONGEST_LABEL
from rules.labels import Head, Label, after_group, asks_seal, enclosed, heads, read_label, squeeze
from rules.people import is_person
from rules.reader.combined import LONGEST, fields_of
from rules.reader.groups import of_group
from rules.reader.index import Begun, keep
from rules.reader.outside import is_organisation
from rules.reader.page import Slot
from rules.synonyms import is_reporter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.reader.index import FormIndex
    from rules.reader.page import Page

NOTES = ("注", "说明", "备注", "附件", "附:", "附：")
SHAPED = frozenset({FieldType.PHONE, FieldType.EMAIL, FieldType.POSTCODE})
_PERSONS = ("人", "员", "者", "姓名")  # with which a label ends that asks for a person
NUMERIC = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY})


class Hit(NamedTuple):
    """A slot that carries a field's label; `rest` is what follows it in the same slot.

    `together` are the fields that the label asks for at once: 联系人及电话.
    """

    field: int
    slot: Slot
    label: Label
    rest: str = ""
    together: tuple[int, ...] = ()


@dataclass(slots=True)
class Matches:
    """Hits by field number. `unsure` are fields whose label stands there, but whose is unclear."""

    hits: dict[int, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    slots: dict[int, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    unsure: dict[int, Slot] = field(default_factory=dict)

    def add(self, hit: Hit) -> None:
        """Take up a hit."""
        self.hits[hit.field].append(hit)
        self.slots[id(hit.slot)].append(hit)

    def drop(self, hit: Hit) -> None:
        """Take a hit back."""
        self.hits[hit.field] = [other for other in self.hits[hit.field] if other is not hit]
        kept = [other for other in self.slots[id(hit.slot)] if other is not hit]
        self.slots[id(hit.slot)] = kept
        if not kept:
            del self.slots[id(hit.slot)]

    def labels(self) -> list[Slot]:
        """Return the slots that carry labels."""
        return [hits[0].slot for hits in self.slots.values() if hits]

    def is_label(self, slot: Slot) -> bool:
        """Say whether the slot carries a label."""
        return id(slot) in self.slots


def known_head(index: FormIndex, slot: Slot) -> Begun | None:
    """Return how the slot's text begins with a known label, and the fields it may name."""
    if not slot.text or (slot.table is None and slot.text.lstrip().startswith(NOTES)):
        return None
    if len(slot.text) > 2 * LONGEST_LABEL:
        return _head(index, slot.text)
    known = index.begun.get(slot.text)
    return (known or keep(index.begun, slot.text, (_head(index, slot.text),)))[0]


def _head(index: FormIndex, text: str) -> Begun | None:
    own = enclosed(text)
    for head in (own,) if own and _is_answer(index, own, text) else heads(text):
        numbers = index.find(head.label) if head.label.core not in index.groups else ()
        if numbers and _divides(index, head, numbers, text):
            return head, numbers
    return _after_group(index, text)


def _is_answer(index: FormIndex, head: Head, text: str) -> bool:
    """Say whether a bracket holds an answer and no hint: （某局）, （张三）, not （手写签名）."""
    if read_label(text).core in index.exact:
        return False
    if is_reporter(head.label.plain):
        return is_organisation(head.rest)
    kinds = {index.fields[number].field.type for number in index.find(head.label)}
    if FieldType.TEXT in kinds:
        return head.label.plain.endswith(_PERSONS) and is_person(head.rest)
    shaped = (read_value(head.rest, kind) for kind in kinds & SHAPED)
    return any(read.status == "found" and not read.nil for read in shaped)


def _after_group(index: FormIndex, text: str) -> Begun | None:
    group, found = heads_after_group(index, text)
    for head in found:
        numbers = tuple(n for n in index.find(head.label) if index.fields[n].group == group)
        if numbers and _divides(index, head, numbers, text):
            return head, numbers
    return None


def heads_after_group(index: FormIndex, text: str) -> tuple[str | None, tuple[Head, ...]]:
    """Take 科普活动开展次数——举办活动次数 for the label after its group's, in the group's unit."""
    before, label = after_group(text[: 2 * LONGEST_LABEL])
    group = index.group_of(before) if label else None
    if group is None:
        return None, ()
    unit = read_label(before).unit
    found = heads(label + text[2 * LONGEST_LABEL :])
    return group, tuple(
        h if h.label.unit else replace(h, label=replace(h.label, unit=unit)) for h in found
    )


def _divides(index: FormIndex, head: Head, numbers: tuple[int, ...], text: str) -> bool:
    """Say whether what follows the label may be its value."""
    if head.label.core == "单位" and not asks_seal(text):
        if as_measure(squeeze(head.rest)) is not None:  # 单位：万元, over the numbers
            return False
        if "单位" not in index.exact:
            return head.how == "colon"
    if head.how in ("whole", "colon"):
        return True
    if index.find(read_label(head.rest)):
        return False
    numeric = index.fields[numbers[0]].field.type in NUMERIC
    if head.how == "digit" or numeric:
        return numeric and any(char.isdigit() for char in head.rest[:2])
    return head.how != "digit" and head.label.core in index.exact


def match_known(page: Page, slots: Iterable[Slot], index: FormIndex) -> Matches:
    """Match every slot whose label the form knows in one of its spellings."""
    matches = Matches()
    unclear: dict[tuple[int, ...], list[tuple[Slot, Head]]] = defaultdict(list)
    for slot in slots:
        if not slot.text or (slot.digits and slot.text[0] not in index.starts):
            continue
        known = known_head(index, slot)
        if known is None:
            _match_together(matches, slot, index)
            continue
        head, numbers = known
        fitting = _of_place(index, slot, head, of_group(page, slot, index, numbers))
        if len(fitting) > 1 and not _by_column(index, fitting):
            unclear[fitting].append((slot, head))
            continue
        for number in fitting:
            matches.add(Hit(number, slot, head.label, head.rest))
    for numbers, places in unclear.items():
        _settle_in_order(matches, numbers, places)
    return matches


def _of_place(
    index: FormIndex, slot: Slot, head: Head, numbers: tuple[int, ...]
) -> tuple[int, ...]:
    """Of equal labels take those of lines in a line, the others in a table: 联系电话 in both."""
    in_line = slot.table is None
    if len(numbers) < 2 or not (in_line or head.how == "whole"):
        return numbers
    fields = ((n, index.fields[n].field) for n in numbers)
    fitting = tuple(n for n, f in fields if (f.where is Where.INSIDE and not f.within) is in_line)
    return fitting or numbers


def _match_together(matches: Matches, slot: Slot, index: FormIndex) -> None:
    """Take a slot that asks for several fields at once as the label of each."""
    if len(slot.text) > 2 * LONGEST:
        return
    known = index.joined.get(slot.text)
    label, rest, numbers = known or keep(index.joined, slot.text, _together(index, slot.text))
    together = numbers if len(numbers) > 1 else ()  # 电话/手机 is two names of one field
    for number in numbers:
        matches.add(Hit(number, slot, read_label(label), rest, together=together))


def _together(index: FormIndex, whole: str) -> tuple[str, str, tuple[int, ...]]:
    """Return the label that asks for several fields, what follows it, and the fields, if any."""
    for text, rest in ((whole, ""), *((h.label.core, h.rest) for h in heads(whole))):
        numbers = fields_of(index, text)
        if numbers:
            return text, rest, numbers
    return "", "", ()


def _by_column(index: FormIndex, numbers: tuple[int, ...]) -> bool:
    """Say whether the fields share one label and are told apart by their column."""
    columns = {index.fields[n].field.column for n in numbers}
    return None not in columns and len(columns) == len(numbers)


def _settle_in_order(
    matches: Matches, numbers: tuple[int, ...], places: list[tuple[Slot, Head]]
) -> None:
    """Give equal labels to their fields in order, where their neighbours confirm that order."""
    pairs = list(zip(numbers, places, strict=False))
    fits = len(numbers) == len(places)
    if fits and all(in_order(matches, number, slot) for number, (slot, _) in pairs):
        for number, (slot, head) in pairs:
            matches.add(Hit(number, slot, head.label, head.rest))
        return
    for number in numbers:
        matches.unsure[number] = places[0][0]


def in_order(matches: Matches, number: int, slot: Slot) -> bool:
    """Say whether the slot stands between the labels that the form prints around this field."""
    return _between(matches, number, slot, same_column=True) or _between(
        matches, number, slot, same_column=False
    )


def _between(matches: Matches, number: int, slot: Slot, *, same_column: bool) -> bool:
    around = [
        (hit.slot.line, hit.slot.column, hit.field)
        for hits in matches.hits.values()
        for hit in hits[:1]
        if hit.slot.table == slot.table and (hit.slot.column == slot.column or not same_column)
    ]
    here = (slot.line, slot.column)
    before = max((a for a in around if a[:2] < here), default=None)
    after = min((a for a in around if a[:2] > here), default=None)
    if before is None and after is None:
        return False
    return (before is None or before[2] < number) and (after is None or number < after[2])
