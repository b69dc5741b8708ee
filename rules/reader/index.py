"""What a form's labels look like in every known spelling, prepared once per form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from parsers.values.measures import alike
from rules.form import FieldType, Form, FormField
from rules.labels import Head, Label, read_label, skeleton, trimmed
from rules.synonyms import COMMON, without_verb

if TYPE_CHECKING:
    from collections.abc import Iterable


_CONTACT = frozenset({FieldType.PHONE, FieldType.EMAIL, FieldType.POSTCODE})
MOST_SEEN = 4096  # labels remembered
_K = TypeVar("_K")
_V = TypeVar("_V")
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
    def is_common(self) -> bool:
        """Whether any form asks this of anybody: whom to call."""
        return self.field.type in _CONTACT or not COMMON.isdisjoint(self.cores)

    @property
    def is_money(self) -> bool:
        """Whether an amount of money is asked."""
        return self.field.type is FieldType.MONEY

    @property
    def counted_in(self) -> str | None:
        """The unit of measure, or that which the label's last word implies: 次 of 活动次数."""
        return self.measure or skeleton(self.cores[0])[1]


def keep(seen: dict[_K, _V], key: _K, answer: _V) -> _V:
    """Keep and return an answer; when there are very many, what was kept before is let go."""
    if len(seen) >= MOST_SEEN:
        seen.clear()
    seen[key] = answer
    return answer


Begun = tuple[Head, tuple[int, ...]]  # a known label, and the fields it may name


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
    size: int = 0  # how many fields have a label of their own, sub-values not counted
    own: frozenset[int] = frozenset()  # fields that not every form asks of anybody
    inside: frozenset[int] = frozenset()  # fields whose value stands in the label's own cell
    parts: dict[str, tuple[FieldIndex, ...]] = field(default_factory=dict)  # by their owner's key
    seen: dict[Label, tuple[int, ...]] = field(default_factory=dict)  # what find has answered
    begun: dict[str, tuple[Begun | None]] = field(default_factory=dict)  # how cells' texts begin
    joined: dict[str, tuple[str, str, tuple[int, ...]]] = field(default_factory=dict)

    def tells(self, numbers: Iterable[int]) -> bool:
        """Say whether these fields are more than what any form asks of anybody: whom to call."""
        return not self.own or 3 * len(self.own.intersection(numbers)) >= len(self.own)

    def find(self, label: Label) -> tuple[int, ...]:
        """Return the fields this label names in one of its known spellings."""
        found = self.seen.get(label)
        return keep(self.seen, label, self._find(label)) if found is None else found

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
        if not self.groups:
            return None
        label = read_label(text)
        return self.groups.get(label.core) or self.groups.get(label.plain)
