"""What every line of a page says: which forms' labels it holds, and whose title."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.reader.index import keep
from rules.reader.matching import NOTES
from rules.reader.titles import (
    BOUNDARY,
    TitleMatch,
    compare,
    read_title,
    resembles,
    title_text,
)
from rules.synonyms import is_everyday

if TYPE_CHECKING:
    from rules.reader.page import Page, Slot
    from rules.reader.vocabulary import Vocabulary


@dataclass(slots=True)
class Survey:
    """What every line says: fields by template, and titles by template."""

    hits: list[dict[int, set[int]]]
    telling: list[dict[int, set[int]]]
    known: list[int]
    titles: dict[int, dict[int, TitleMatch]]
    boundaries: list[int]
    hidden: list[bool]
    lines: dict[int, list[int]]  # by template: those that hold a label of it
    titled: set[int]  # templates of which some line is a title
    shared: dict[int, set[int]]  # fields of labels that stand several times: 姓名 in two groups


def survey(page: Page, vocabulary: Vocabulary) -> Survey:
    """Look at every line once."""
    hits: list[dict[int, set[int]]] = []
    telling: list[dict[int, set[int]]] = []
    known: list[int] = []
    hidden: list[bool] = []
    shared: dict[int, set[int]] = defaultdict(set)
    for line in page.lines:
        of_line: dict[int, set[int]] = {}
        strong: dict[int, set[int]] = {}
        count, shown = 0, False
        for slot in line.slots:
            shown = shown or (slot.filled and not slot.hidden)
            found = _known(slot, vocabulary)
            if not found:
                continue
            count += 1
            _take(of_line, found)
            if not is_everyday(slot.text):
                _take(strong, found)
            for template, fields in found:
                if len(fields) > 1:
                    shared[template].update(fields)
        hits.append(of_line)
        telling.append(strong)
        known.append(count)
        hidden.append(not shown)
    titles = _titles_by_line(page, vocabulary)
    boundaries = [
        number
        for number, matches in titles.items()
        if any(m.likeness * 100 >= BOUNDARY or m.other_year for m in matches.values())
    ]
    _leave_hidden_twins(page, hits, telling, hidden)
    lines = _lines_by_template(hits)
    titled = {template for matches in titles.values() for template in matches}
    return Survey(hits, telling, known, titles, sorted(boundaries), hidden, lines, titled, shared)


def _take(into: dict[int, set[int]], found: list[tuple[int, tuple[int, ...]]]) -> None:
    for template, fields in found:
        if template in into:
            into[template].update(fields)
        else:
            into[template] = set(fields)


def _lines_by_template(hits: list[dict[int, set[int]]]) -> dict[int, list[int]]:
    lines: dict[int, list[int]] = {}
    for number, of_line in enumerate(hits):
        for template in of_line:
            lines.setdefault(template, []).append(number)
    return lines


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
    if not slot.text or (slot.digits and slot.text[0] not in vocabulary.starts):
        return []
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
        goes_on = after and _most(alone) < 1 and len(read_title(text).bare) >= 4
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
