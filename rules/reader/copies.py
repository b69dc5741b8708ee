"""Which lines of a page hold a copy of which form: labels counted, titles compared."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rules.reader.index import keep
from rules.reader.matching import NOTES
from rules.reader.titles import (
    BOUNDARY,
    TitleMatch,
    compare,
    names_a_form,
    read_title,
    resembles,
    title_text,
)
from rules.synonyms import is_everyday

if TYPE_CHECKING:
    from rules.reader.index import FormIndex
    from rules.reader.page import Page, Slot
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


@dataclass(slots=True)
class Survey:
    """What every line says: fields by template, and titles by template."""

    hits: list[dict[int, set[int]]]
    telling: list[dict[int, set[int]]]
    known: list[int]
    titles: dict[int, dict[int, TitleMatch]]
    boundaries: list[int]
    hidden: list[bool]
    shared: dict[int, set[int]]  # fields of labels that stand several times: 姓名 in two groups


def survey(page: Page, vocabulary: Vocabulary) -> Survey:
    """Look at every line once."""
    hits: list[dict[int, set[int]]] = []
    telling: list[dict[int, set[int]]] = []
    known: list[int] = []
    shared: dict[int, set[int]] = defaultdict(set)
    for line in page.lines:
        of_line: dict[int, set[int]] = defaultdict(set)
        strong: dict[int, set[int]] = defaultdict(set)
        count = 0
        for slot in line.slots:
            found = _known(slot, vocabulary)
            count += bool(found)
            for template, fields in found:
                of_line[template].update(fields)
                shared[template].update(fields if len(fields) > 1 else ())
                if not is_everyday(slot.text):
                    strong[template].update(fields)
        hits.append(of_line)
        telling.append(strong)
        known.append(count)
    titles = _titles_by_line(page, vocabulary)
    boundaries = [
        number
        for number, matches in titles.items()
        if any(m.likeness * 100 >= BOUNDARY or m.other_year for m in matches.values())
    ]
    hidden = [all(s.hidden for s in line.slots if s.filled) for line in page.lines]
    _leave_hidden_twins(page, hits, telling, hidden)
    return Survey(hits, telling, known, titles, sorted(boundaries), hidden, shared)


def _leave_hidden_twins(
    page: Page,
    hits: list[dict[int, set[int]]],
    telling: list[dict[int, set[int]]],
    hidden: list[bool],
) -> None:
    """Count no label of a hidden row that a visible row of its table has too: last year's."""
    shown: dict[tuple[int | None, int], set[int]] = defaultdict(set)
    for line in page.lines if any(hidden) else ():
        for template, fields in hits[line.number].items() if not hidden[line.number] else ():
            shown[line.table, template] |= fields
    for line in page.lines if shown else ():
        for template in [*hits[line.number]] if hidden[line.number] else ():
            if hits[line.number][template] <= shown[line.table, template]:
                del hits[line.number][template]
                telling[line.number].pop(template, None)


def _known(slot: Slot, vocabulary: Vocabulary) -> list[tuple[int, tuple[int, ...]]]:
    if slot.table is None and slot.text.lstrip().startswith(NOTES):
        return []
    return vocabulary.find(slot.text)


def _titles_by_line(page: Page, vocabulary: Vocabulary) -> dict[int, dict[int, TitleMatch]]:
    found: dict[int, dict[int, TitleMatch]] = {}
    texts = [title_text(page, line) for line in page.lines]
    skip = -1
    for number, text in enumerate(texts):
        if text is None or number <= skip:
            continue
        alone = _compared(text, vocabulary)
        after = texts[number + 1] if number + 1 < len(texts) else None
        goes_on = after and len(read_title(text).bare) >= 4
        joined = _compared(text + after, vocabulary) if after and goes_on else {}
        if joined and _most(joined) > _most(alone):
            found[number], skip = joined, number + 1
        elif alone:
            found[number] = alone
    return found


def _most(matches: dict[int, TitleMatch]) -> float:
    return max((m.likeness for m in matches.values()), default=0.0)


def _compared(text: str, vocabulary: Vocabulary) -> dict[int, TitleMatch]:
    found = vocabulary.likes.get(text)
    return keep(vocabulary.likes, text, _likes(text, vocabulary)) if found is None else found


def _likes(text: str, vocabulary: Vocabulary) -> dict[int, TitleMatch]:
    title = read_title(text)
    if len(title.bare) < 4 or not resembles(title.bare, vocabulary.titles):
        return {}
    found = {}
    for number, template in enumerate(vocabulary.templates):
        match = compare(title, text, template.titles)
        if match is not None:
            found[number] = match
    return found


def find_copies(seen: Survey, vocabulary: Vocabulary, prefer: frozenset[str]) -> list[Copy]:
    """Return every candidate copy of every template, scored."""
    copies: list[Copy] = []
    for number, template in enumerate(vocabulary.templates):
        parts = [c for first, last in _chunks(seen) for c in _split(seen, number, first, last)]
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
    for number in range(first, last + 1):
        fields = seen.hits[number].get(template)
        if not fields:
            continue
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
    inside = {f.number for f in index.fields if f.field.where == "inside"}
    joined: list[Copy] = []
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
    copy.known = sum(seen.known[number] for number in range(copy.first, copy.last + 1))
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
