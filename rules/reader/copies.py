"""Which lines of a page hold a copy of which form: labels counted, titles compared."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rules.reader.titles import (
    TitleMatch,
    names_a_form,
    title_text,
)

if TYPE_CHECKING:
    from rules.reader.index import FormIndex
    from rules.reader.page import Page
    from rules.reader.survey import Survey
    from rules.reader.vocabulary import Template, Vocabulary

NO_TITLE = 0.5  # what the absence of any title is worth: less than a like title, more than none
LABELS, TITLE = 0.6, 0.4  # weights
TITLE_ABOVE = 4  # lines over a copy in which its title may stand
LOOK_AHEAD = 60  # lines in which a new copy must show itself
PREFERRED = 0.025  # what the mailbox adds: it decides between equal titles, not against one


@dataclass(slots=True)
class Copy:
    """Lines that hold one copy of a template, and how sure that is."""

    template: int
    first: int
    last: int
    fields: set[int] = field(default_factory=set)
    telling: set[int] = field(default_factory=set)  # those whose labels are no everyday word
    lines: set[int] = field(default_factory=set)
    title: TitleMatch | None = None
    known: int = 0
    score: float = 0.0
    hidden: bool = False

    def coverage(self, size: int) -> float:
        """Return how well the labels found and the labels asked cover each other, 0..1."""
        return 2 * len(self.fields) / (size + max(self.known, len(self.fields)) or 1)


def find_copies(seen: Survey, vocabulary: Vocabulary, prefer: frozenset[str]) -> list[Copy]:
    """Return every candidate copy of every template that any label or title speaks for, scored."""
    copies: list[Copy] = []
    chunks = _chunks(seen)
    for number in sorted(seen.lines.keys() | seen.titled):
        template = vocabulary.templates[number]
        parts = [c for first, last in chunks for c in _split(seen, number, first, last)]
        for copy in _joined(parts, template.index):
            _score(copy, seen, template, prefer)
            copies.append(copy)
    return copies


def _chunks(seen: Survey) -> list[tuple[int, int]]:
    """Return the stretches of lines between titles."""
    edges = sorted({0, *seen.boundaries, len(seen.hits)})
    return [(a, b - 1) for a, b in itertools.pairwise(edges)]


def _split(seen: Survey, template: int, first: int, last: int) -> list[Copy]:
    """Split a stretch where the template's labels begin anew."""
    copies: list[Copy] = []
    current = Copy(template, first, last)
    for number in seen.lines.get(template, ()):
        if not first <= number <= last:
            continue
        fields = seen.hits[number][template]
        if fields & current.fields and _begins_anew(seen, template, number, last, current):
            current.last = number - 1
            copies.append(current)
            current = Copy(template, number, last)
        current.fields |= fields
        current.telling |= seen.telling[number].get(template, set())
        current.lines.add(number)
    copies.append(current)
    return [copy for copy in copies if copy.fields or copy.first in seen.titles]


def _begins_anew(seen: Survey, template: int, number: int, last: int, current: Copy) -> bool:
    """Say whether the labels from here on mostly repeat those already seen."""
    ahead: set[int] = set()
    for line in range(number, min(last, number + LOOK_AHEAD) + 1):
        ahead |= seen.hits[line].get(template, set())
        if len(ahead) >= max(3, len(current.fields) // 2):
            break
    repeated = len((ahead & current.fields) - seen.shared[template])
    return repeated >= min(3, len(current.fields)) and repeated * 2 > len(ahead)


def _joined(parts: list[Copy], index: FormIndex) -> list[Copy]:
    """Join a form that goes on under a repeated title: its labels go on as well."""
    joined: list[Copy] = []
    inside = index.inside
    for part in parts:
        before = joined[-1] if joined else None
        begun = before is not None and before.fields - inside and part.fields - inside
        if before and begun and not before.fields & part.fields - inside:
            before.last = part.last
            before.fields |= part.fields
            before.telling |= part.telling
            before.lines |= part.lines
        else:
            joined.append(part)
    return joined


def other_title(page: Page, copy: Copy) -> str:
    """Return the line over a copy's first label that calls itself a form, "" if none does."""
    opening = min(copy.lines, default=copy.first)
    for line in reversed(page.lines[max(copy.first - TITLE_ABOVE, 0) : opening]):
        text = title_text(page, line)
        if text is not None and names_a_form(text):
            return text
    return ""


def _score(copy: Copy, seen: Survey, template: Template, prefer: frozenset[str]) -> None:
    own = [f for f in copy.fields if template.index.fields[f].field.within is None]
    copy.fields = set(own)
    copy.known = sum(seen.known[copy.first : copy.last + 1])
    opening = min(copy.lines, default=copy.last)
    matches = [
        seen.titles[n].get(copy.template)
        for n in range(copy.first, opening + 1)
        if n in seen.titles
    ]
    copy.title = max(filter(None, matches), key=lambda m: m.likeness, default=None)
    likeness = copy.title.likeness if copy.title else NO_TITLE
    copy.score = LABELS * min(copy.coverage(template.index.size), 1.0) + TITLE * likeness
    copy.hidden = bool(copy.lines) and all(seen.hidden[n] for n in copy.lines)
    if template.campaign.id in prefer:
        copy.score += PREFERRED
