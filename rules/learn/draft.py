"""What learning a blank yields: the proposed form, and what a person should look at."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rules.form import Form

Say = Callable[[str, Mapping[str, str]], str]  # puts a code and its values into words

# what may be unsure; templates/drafts.yaml has a sentence for each
CODES = frozenset(
    {
        "no-title",
        "no-fields",
        "type-unclear",
        "money-without-unit",
        "goods-or-money",
        "choices-without-boxes",
        "rows-repeat",
        "label-twice",
        "key-numbered",
        "not-read-back",
        "no-unit-field",
        "room-unread",
    }
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at: its code, and the field's key where it is about one."""

    code: str
    field: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftForm:
    """A form as proposed. `hints` of its blank and its doubts become comments in the yaml."""

    form: Form
    doubts: tuple[Doubt, ...] = ()

    def doubts_about(self, key: str) -> tuple[Doubt, ...]:
        """Return the doubts about one field, or about the form as a whole ("")."""
        return tuple(doubt for doubt in self.doubts if doubt.field == key)
