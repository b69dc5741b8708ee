"""Blanks in files of their own beside a notice: 附件1.xlsx, 附件2.docx."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.document import Document
from rules.learn import learn
from rules.notice.forms import LEAST_FIELDS, annex_number, find_forms, form_key
from rules.notice.model import NoticeForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBERED = re.compile(r"附[件表]\s*([\d一二三四五六七八九十]{1,2})")


@dataclass(frozen=True, slots=True)
class Annex:
    """A file that came with a notice: its name, bytes, kind, and what it holds."""

    name: str
    data: bytes
    kind: str
    document: Document


def forms_beside(annexes: Sequence[Annex], within: Sequence[NoticeForm]) -> tuple[NoticeForm, ...]:
    """Return the forms in the annexes' files, keys unlike those of the forms in the notice."""
    taken = {form.draft.form.id for form in within}
    return tuple(form for at, annex in enumerate(annexes) for form in _forms(annex, at, taken))


def formless(annexes: Sequence[Annex], forms: Sequence[NoticeForm]) -> tuple[str, ...]:
    """Return the names of files in which no blank was found."""
    asked = {form.file for form in forms}
    return tuple(annex.name for at, annex in enumerate(annexes) if at not in asked)


def _forms(annex: Annex, at: int, taken: set[str]) -> Iterator[NoticeForm]:
    """Yield each of several blanks; one alone is the whole file."""
    parts = find_forms(annex.document)
    if len(parts) < 2:
        draft = learn(annex.document, "form")
        if len(draft.form.fields) < LEAST_FIELDS:
            return
        blocks = (0, len(annex.document.blocks) - 1)
        number = next((part.number for part in parts), None)
        parts = (NoticeForm(number, blocks, annex.document, draft),)
    named = _NUMBERED.search(annex.name)
    for part in parts:
        draft = learn(part.document, form_key(part.draft, taken))
        number = part.number or (annex_number(named[1]) if named and len(parts) == 1 else None)
        yield replace(part, number=number, draft=draft, file=at)
