"""How a form's labels become an index: every known spelling, given to the one field it means."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from rules.form import Where
from rules.labels import read_label, skeleton, words
from rules.reader.index import FieldIndex, FormIndex, Sibling
from rules.reader.titles import read_title
from rules.synonyms import synonyms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.form import Form, FormField

NEAR = 60  # per cent of likeness from which two labels of a form may be taken for each other

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
    own = (f for f in fields if f.field.within is None and not f.is_common)
    index.own = frozenset(f.number for f in own)
    index.inside = frozenset(f.number for f in fields if f.field.where is Where.INSIDE)
    index.size = sum(1 for f in fields if f.field.within is None)
    for entry in fields:
        entry.siblings = tuple(_siblings(entry, fields))
        if (owner := entry.field.within) is not None:
            index.parts[owner] = (*index.parts.get(owner, ()), entry)
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
