"""Which forms a document holds: by title and labels, never by file name, never in silence."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rules.campaign import Campaign
from rules.form import Form
from rules.reader.abreast import columns_of
from rules.reader.copies import Copy, find_copies, other_title
from rules.reader.extent import confine
from rules.reader.lists import rows_of
from rules.reader.measured import with_units_under
from rules.reader.outside import organisations
from rules.reader.page import lay_out
from rules.reader.read_form import Told, read_form
from rules.reader.set_aside import visible_first, without_examples, without_last_years, year_of
from rules.reader.survey import survey
from rules.reader.vocabulary import Template, Vocabulary, vocabulary_of
from rules.reading import Reading
from rules.rivals import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.document import Document
    from rules.reader.index import FormIndex
    from rules.reader.lists import View
    from rules.reader.page import Page
    from rules.reader.survey import Survey

ENOUGH_LABELS = 0.5  # coverage from which labels alone make a form, and
UNDER_OTHER_TITLE = 0.85  # under another form's title, or with none in lines or in one row
FEW_LABELS = 0.2  # coverage that is enough under the form's own title
NEAR_LABELS = 0.25  # coverage from which a document is like a form
NEAR_TITLE = 0.7
OWN_TITLE = 0.88


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The next likely form for the same lines, with its score."""

    campaign: Campaign
    form: Form
    score: float


@dataclass(frozen=True, slots=True)
class FoundForm:
    """One copy of a form in a document, read.

    `lines` are the first and last line of the page it was read from. `title` is the title as
    the document prints it ("" when it prints none); `other_year` says that this title names
    another year than the form's. Scores run from 0 to 1; `runner_up` is None without rival.
    """

    campaign: Campaign
    form: Form
    reading: Reading
    lines: tuple[int, int]
    score: float
    title: str = ""
    other_year: bool = False
    runner_up: RunnerUp | None = None


@dataclass(frozen=True, slots=True)
class NearForm:
    """The form a document is like without being it; `title` as the document prints it."""

    campaign: Campaign
    form: Form
    title: str
    score: float


class FormsReader(Protocol):
    """What finds the forms in a document: `read_forms`, or notes of what it found elsewhere."""

    def __call__(
        self, document: Document, campaigns: Sequence[Campaign], *, prefer: frozenset[str]
    ) -> tuple[FoundForm, ...]:
        """Return them in the document's order."""
        ...


def read_forms(
    document: Document,
    campaigns: Sequence[Campaign],
    *,
    prefer: frozenset[str] = frozenset(),
    default_year: int | None = None,
) -> tuple[FoundForm, ...]:
    """Find and read every form in a document, in the document's order.

    `prefer` are ids of campaigns to choose where title and labels do not decide: those of the
    mailbox. `default_year` completes dates written without a year (default: the campaign's).
    """
    page = lay_out(document)
    vocabulary = vocabulary_of(campaigns)
    seen = survey(page, vocabulary)
    copies = find_copies(seen, vocabulary, prefer)
    settle(page, copies, vocabulary, prefer)
    chosen = _chosen(page, copies, vocabulary)
    for copy in chosen:
        confine(page, copy, seen)
    found: list[tuple[Copy, FoundForm]] = []
    for copy in chosen:
        template = vocabulary.templates[copy.template]
        year = default_year or year_of(template.campaign)
        told = Told(_surety(copy), organisations(page, copy, chosen, template.titles))
        rival = _runner_up(copy, copies, vocabulary)
        for view in _views(page, copy, seen, template.index):
            reading = read_form(*view, template.index, template.campaign.id, year, told)
            found.append((copy, _found(template, copy, reading, rival)))
    ordered = sorted(found, key=lambda pair: pair[1].lines)
    return visible_first(without_examples(page, without_last_years(page, ordered)))


def _views(page: Page, copy: Copy, seen: Survey, index: FormIndex) -> list[View]:
    """Return what holds one copy each: the page itself, or one row or column of a list."""
    page = with_units_under(page, copy, seen)
    rows = rows_of(page, copy, seen, index)
    return rows if len(rows) > 1 else columns_of(page, copy, index) if rows[0][0] is page else rows


def _found(template: Template, copy: Copy, reading: Reading, rival: RunnerUp | None) -> FoundForm:
    title, other_year = (copy.title.text, copy.title.other_year) if copy.title else ("", False)
    lines = (copy.first, copy.last)
    form = template.form
    return FoundForm(
        template.campaign, form, reading, lines, reading.score, title, other_year, rival
    )


def _surety(copy: Copy) -> float:
    return min(round(copy.score, 3), 1.0)


def _runner_up(copy: Copy, copies: Sequence[Copy], vocabulary: Vocabulary) -> RunnerUp | None:
    rivals = [c for c in copies if c.template != copy.template and c.lines & copy.lines]
    if not rivals:
        return None
    best = max(rivals, key=lambda c: c.score)
    template = vocabulary.templates[best.template]
    return RunnerUp(template.campaign, template.form, _surety(best))


def _chosen(page: Page, copies: Sequence[Copy], vocabulary: Vocabulary) -> list[Copy]:
    """Choose the surest copies that share no line, and end each where the next begins."""
    chosen: list[Copy] = []
    for copy in sorted(copies, key=lambda c: -c.score):
        if any(_overlap(copy, other) for other in chosen):
            continue
        if _is_form(page, copy, vocabulary):
            chosen.append(copy)
    chosen.sort(key=lambda c: c.first)
    for copy, following in itertools.pairwise(chosen):
        copy.last = min(copy.last, following.first - 1)
    return chosen


def _overlap(copy: Copy, other: Copy) -> bool:
    if copy.lines & other.lines:
        return True
    return not copy.lines and copy.first <= other.last and other.first <= copy.last


def _is_form(page: Page, copy: Copy, vocabulary: Vocabulary) -> bool:
    """Say whether enough of the form stands there; retyped labels are tried by likeness."""
    index = vocabulary.templates[copy.template].index
    coverage = copy.coverage(index.size)
    own_title = copy.title is not None and (copy.title.likeness >= OWN_TITLE)
    if own_title and coverage >= FEW_LABELS and len(copy.fields) >= 2:
        return True
    least = UNDER_OTHER_TITLE if _is_elsewhere(page, copy) else ENOUGH_LABELS
    telling = copy.title is not None or index.tells(copy.telling)
    if coverage >= least and telling and len(copy.fields) >= min(3, index.size):
        return True
    if not own_title and (coverage < NEAR_LABELS or not telling or least > ENOUGH_LABELS):
        return False
    reading = read_form(page, (copy.first, copy.last), index, "")
    asked = [f for f in index.fields if f.field.within is None]
    named = sum(reading.get(f.field.key).label_found for f in asked)
    return named >= 2 and named >= ENOUGH_LABELS * len(asked)


def _is_elsewhere(page: Page, copy: Copy) -> bool:
    """Say whether labels stand under another title, or without any in lines or in one row."""
    if copy.title is not None:
        return False
    in_lines = all(page.lines[number].table is None for number in copy.lines)
    return in_lines or len(copy.lines) == 1 or other_title(page, copy) != ""


def closest(document: Document, campaigns: Sequence[Campaign]) -> NearForm | None:
    """Return the form that a document, itself none of the forms, is nearest to, if any."""
    page = lay_out(document)
    vocabulary = vocabulary_of(campaigns)
    seen = survey(page, vocabulary)
    copies = [c for c in find_copies(seen, vocabulary, frozenset()) if _is_near(c, vocabulary)]
    if not copies:
        return None
    best = max(copies, key=lambda c: c.score)
    template = vocabulary.templates[best.template]
    return NearForm(
        template.campaign, template.form, _printed_title(page, best), round(best.score, 3)
    )


def _is_near(copy: Copy, vocabulary: Vocabulary) -> bool:
    size = vocabulary.templates[copy.template].index.size
    named = len(copy.fields) >= 2 and copy.coverage(size) >= NEAR_LABELS
    titled = copy.title is not None and (copy.title.likeness >= NEAR_TITLE or copy.title.other_year)
    return named or titled


def _printed_title(page: Page, copy: Copy) -> str:
    """Return the line over the form that calls itself a form."""
    return copy.title.text if copy.title else other_title(page, copy)
