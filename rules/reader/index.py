"""What a form's labels look like in every known spelling, prepared once per form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from parsers.values.measures import alike
from rules.form import FieldType, Form, FormField
from rules.labels import Label, read_label, skeleton, trimmed, words
from rules.reader.titles import read_title
from rules.synonyms import COMMON, synonyms, without_verb

if TYPE_CHECKING:
    from collections.abc import Iterable


MOST_SEEN = 4096  # labels remembered
NEAR = 60  # per cent of likeness from which two labels of a form may be taken for each other


@dataclass(frozen=True, slots=True)
class Sibling:
    """A similar label of the same form: the letters that only `own`, or only `other` has."""

    own: frozenset[str]
    other: frozenset[str]


@dataclass(slots=True)
class FieldIndex:
    """One field's cores, the unit of measure its blank asks in, and the labels like it."""

    number: int
    field: FormField
    cores: tuple[str, ...]
    measure: str | None
    group: str | None
    hints: tuple[str, ...]
    siblings: tuple[Sibling, ...] = ()
    parts: tuple[str, ...] = ()  # of a label that joins things: 农资, 物品赠送

    @property
    def is_money(self) -> bool:
        """Whether an amount of money is asked."""
        return self.field.type is FieldType.MONEY

    @property
    def counted_in(self) -> str | None:
        """The unit of measure, or that which the label's last word implies: 次 of 活动次数."""
        return self.measure or skeleton(self.cores[0])[1]


@dataclass(slots=True)
class FormIndex:
    """A form's labels by core. `exact` and `loose` give field numbers, in the form's order."""

    form: Form
    fields: tuple[FieldIndex, ...]
    exact: dict[str, tuple[int, ...]] = field(default_factory=dict)
    loose: dict[str, tuple[int, ...]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)  # spelling → the heading's own core
    label_heading: str = ""
    value_heading: str = ""
    remarks_heading: str = ""
    ends: frozenset[str] = frozenset()
    year: int | None = None  # that the form's title names
    starts: frozenset[str] = frozenset()  # first letters of its labels
    letters: frozenset[str] = frozenset()  # of all its labels
    seen: dict[Label, tuple[int, ...]] = field(default_factory=dict)  # what find has answered

    @property
    def size(self) -> int:
        """How many fields have a label of their own, sub-values not counted."""
        return sum(1 for f in self.fields if f.field.within is None)

    def tells(self, numbers: Iterable[int]) -> bool:
        """Say whether these fields are more than what any form asks of anybody: whom to call."""
        own = {f.number for f in self.fields if f.field.within is None and not _is_common(f)}
        return not own or 3 * len(own & set(numbers)) >= len(own)

    def find(self, label: Label) -> tuple[int, ...]:
        """Return the fields this label names in one of its known spellings."""
        if label not in self.seen:
            if len(self.seen) >= MOST_SEEN:
                self.seen.clear()
            self.seen[label] = self._find(label)
        return self.seen[label]

    def _find(self, label: Label) -> tuple[int, ...]:
        cores = (label.core, label.plain, trimmed(label.core), trimmed(label.plain))
        for core in dict.fromkeys(cores):
            if found := self.exact.get(core) or self.loose.get(core):
                return found
        plain = trimmed(label.plain)
        bare, implied = skeleton(plain)
        unit = implied or label.unit
        found = self._by_skeleton(bare, unit) if bare != label.plain else ()
        found = found or self._by_skeleton(without_verb(bare), unit)
        counted = plain.endswith("数量") and unit is None  # 企业赞助数量 asks for no money
        return tuple(n for n in found if not (counted and self.fields[n].is_money))

    def _by_skeleton(self, bare: str, unit: str | None) -> tuple[int, ...]:
        found = self.exact.get(bare) or self.loose.get(bare) or ()
        asked = self.fields[found[0]].counted_in if found else None
        return () if unit and asked and not alike(unit, asked) else found

    def group_of(self, text: str) -> str | None:
        """Return the form's group that a text names."""
        label = read_label(text)
        return self.groups.get(label.core) or self.groups.get(label.plain)


def _is_common(entry: FieldIndex) -> bool:
    return entry.field.type in _CONTACT or bool(COMMON & {*entry.cores})


_CONTACT = frozenset({FieldType.PHONE, FieldType.EMAIL, FieldType.POSTCODE})
_INDEXES: dict[int, FormIndex] = {}


def index_of(form: Form) -> FormIndex:
    """Return the form's index; forms are immutable, so it is built once for each."""
    found = _INDEXES.get(id(form))
    if found is None or found.form is not form:
        if len(_INDEXES) > 512:
            _INDEXES.clear()
        found = _INDEXES[id(form)] = build(form)
    return found


def build(form: Form) -> FormIndex:
    """Build the index of a form."""
    fields = tuple(_field(number, entry) for number, entry in enumerate(form.fields))
    index = FormIndex(form, fields, year=read_title(form.title).year)
    _spell(index)
    _group(index)
    _head(index)
    index.starts = frozenset(core[:1] for core in (*index.exact, *index.loose))
    index.letters = frozenset().union(*index.exact)
    for entry in fields:
        entry.siblings = tuple(_siblings(entry, fields))
    return index


def _field(number: int, entry: FormField) -> FieldIndex:
    labels = [read_label(text) for text in (entry.label, *entry.aliases)]
    cores = tuple(dict.fromkeys(label.core for label in labels))
    in_group = read_label(entry.group).unit if entry.group else None
    measure = entry.unit or labels[0].unit or in_group
    hints = tuple(filter(None, map(words, (entry.hint or "").splitlines())))
    group = read_label(entry.group).core if entry.group else None
    parts = tuple(filter(None, map(words, re.split("[、/和与及]", entry.label))))
    index = FieldIndex(number, entry, cores, measure, group, hints)
    return replace(index, parts=parts) if len(parts) > 1 else index


def _spell(index: FormIndex) -> None:
    """Fill `exact` with labels and aliases, `loose` with spellings nobody else claims."""
    for entry in index.fields:
        _claim(index.exact, entry.cores[0], entry.number)
    _claim_alone(index, index.exact, ((e, e.cores[1:]) for e in index.fields))
    _claim_alone(index, index.loose, ((e, _plain(e)) for e in index.fields))
    _claim_alone(index, index.loose, ((e, _shortened(e)) for e in index.fields))
    _claim_alone(index, index.loose, ((e, _like(e)) for e in index.fields))


def _claim(spellings: dict[str, tuple[int, ...]], core: str, number: int) -> None:
    if core and number not in spellings.get(core, ()):
        spellings[core] = (*spellings.get(core, ()), number)


def _claim_alone(
    index: FormIndex,
    into: dict[str, tuple[int, ...]],
    offered: Iterable[tuple[FieldIndex, Iterable[str]]],
) -> None:
    """Take a spelling for a field unless it is taken, or another field offers it as well."""
    offers: dict[str, list[FieldIndex]] = {}
    for entry, cores in offered:
        for core in cores:
            offers.setdefault(core, []).append(entry)
    for core, entries in offers.items():
        if core in index.exact or core in index.loose or not core:
            continue
        same_label = len({entry.cores[0] for entry in entries}) == 1
        if same_label:
            for entry in entries:
                _claim(into, core, entry.number)


def _plain(entry: FieldIndex) -> list[str]:
    spellings = [read_label(text).plain for text in (entry.field.label, *entry.field.aliases)]
    if entry.field.within is not None:
        spellings += ["其中" + core for core in entry.cores]
    return spellings


def _shortened(entry: FieldIndex) -> list[str]:
    """科技工作者参与数量 is asked for as 科技工作者参与人数 too, and as 科技工作者人数."""
    cores = [*entry.cores, *_plain(entry)]
    partly = [core.removesuffix("数量") for core in cores if core.endswith("参与数量")]
    return [*(skeleton(core)[0] for core in cores), *partly]


def _like(entry: FieldIndex) -> list[str]:
    return [other for core in entry.cores for other in sorted(synonyms(core))]


def _group(index: FormIndex) -> None:
    for entry in index.fields:
        if entry.group and entry.field.group:
            label = read_label(entry.field.group)
            index.groups[label.core] = entry.group
            index.groups[label.plain] = entry.group
    for core, group in list(index.groups.items()):
        index.groups.setdefault(skeleton(core)[0], group)


def _head(index: FormIndex) -> None:
    """Learn the headings; a heading's synonym counts only when no field is called so."""
    table = index.form.table
    asked = [f.field.column for f in index.fields if f.field.column]
    named = [*asked, table.label, table.value, table.remarks or ""] if table else asked
    cores = [read_label(text).core for text in named if text]
    index.headings = {core: core for core in cores}
    if table is None:
        return
    index.label_heading = read_label(table.label).core
    index.value_heading = read_label(table.value).core
    index.remarks_heading = read_label(table.remarks).core if table.remarks else ""
    index.ends = frozenset(read_label(text).core for text in table.end)
    for core in cores:
        for other in synonyms(core):
            if other not in index.exact and other not in index.ends:
                index.headings.setdefault(other, core)


def _siblings(entry: FieldIndex, fields: Iterable[FieldIndex]) -> Iterable[Sibling]:
    for other in fields:
        if other is entry or other.cores[0] == entry.cores[0]:
            continue
        if fuzz.ratio(entry.cores[0], other.cores[0]) >= NEAR:
            yield distinguish(entry.cores[0], other.cores[0])


def distinguish(own: str, other: str) -> Sibling:
    """Return the letters by which two similar labels differ."""
    mine: set[str] = set()
    theirs: set[str] = set()
    for tag, a, b, c, d in SequenceMatcher(None, own, other, autojunk=False).get_opcodes():
        if tag != "equal":
            mine.update(own[a:b])
            theirs.update(other[c:d])
    return Sibling(frozenset(mine - set(other)), frozenset(theirs - set(own)))
