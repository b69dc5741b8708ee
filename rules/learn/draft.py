"""What learning a blank yields: the proposed form, and what a person should look at."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from rules.form import Form

# code → what is unsure, and what to do about it
SENTENCES: dict[str, str] = {
    "no-title": "no line over the form reads like a title; “title” is the document's first line",
    "no-fields": "no label with a place for an answer was found: write the fields by hand",
    "type-unclear": "“{label}” is taken as text; say if it is a number, date or choice",
    "money-without-unit": (
        "“{label}” names no unit of money: a bare number will be asked back; add “unit: 万元” or 元"
    ),
    "goods-or-money": (
        "“{label}” stands under a unit of money, but things may be answered in words: if so, write "
        "“type: text”"
    ),
    "choices-without-boxes": (
        "“{label}” seems to offer choices, but no boxes are printed: check “choices”"
    ),
    "rows-repeat": (
        "the table under “{label}” is a list with a row for each entry; only its first row is read"
    ),
    "label-twice": "“{label}” is printed more than once; only the first is read",
    "key-numbered": "“{label}” has no English word for its key: rename “{key}” if you like",
    "not-read-back": "a trial copy was filled in and “{label}” was not read back: check its label",
    "no-unit-field": (
        "no label asks which unit fills the form in: the sender's address will have to tell"
    ),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at: its code, and the field's key where it is about one."""

    code: str
    field: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is unsure, in English."""
        return SENTENCES[self.code].format(**self.values)


@dataclass(frozen=True, slots=True)
class DraftForm:
    """A form as proposed. `hints` of its blank and its doubts become comments in the yaml."""

    form: Form
    doubts: tuple[Doubt, ...] = ()

    def doubts_about(self, key: str) -> tuple[Doubt, ...]:
        """Return the doubts about one field, or about the form as a whole ("")."""
        return tuple(doubt for doubt in self.doubts if doubt.field == key)
