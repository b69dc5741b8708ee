"""Which of several campaigns with forms alike is meant: the one whose roster knows the sender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.reader.matching import known_head
from rules.reader.outside import organisations
from rules.who.names import match_name, sure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rules.reader.copies import Copy
    from rules.reader.page import Page
    from rules.reader.vocabulary import Template, Vocabulary

CLOSE = 0.03  # the difference of scores within which title and labels do not decide
KNOWN = 0.04  # what it is worth that a roster knows the sender


def settle(
    page: Page, copies: Sequence[Copy], vocabulary: Vocabulary, prefer: frozenset[str]
) -> None:
    """Raise the score of copies whose campaign knows the unit, where several are alike.

    The mailbox's own campaigns are preferred already, and are left as they are.
    """
    for group in _alike(copies):
        campaigns = [vocabulary.templates[copy.template].campaign for copy in group]
        if len({c.id for c in campaigns}) < 2 or any(c.id in prefer for c in campaigns):
            continue
        for copy in group:
            template = vocabulary.templates[copy.template]
            named = organisations(page, copy, [copy], template.titles)
            names = (*_said(page, copy, template), *named)
            if any(sure(match_name(name, template.campaign.roster)) for name in names):
                copy.score += KNOWN


def _alike(copies: Sequence[Copy]) -> Iterator[list[Copy]]:
    """Yield copies that hold the same lines with nearly the same score, best groups first."""
    left = [copy for copy in sorted(copies, key=lambda c: -c.score) if copy.lines]
    while left:
        best = left[0]
        near = [c for c in left if c.lines & best.lines]
        yield [c for c in near if best.score - c.score <= CLOSE]
        left = [c for c in left if c not in near]


def _said(page: Page, copy: Copy, template: Template) -> Iterable[str]:
    """Return what stands behind or beside the label of the form's unit."""
    index = template.index
    wanted = {f.number for f in index.fields if f.field.key == index.form.unit_field}
    for slot in page.slots(copy.first, copy.last):
        known = known_head(index, slot) if "单位" in slot.text else None
        if known is not None and wanted & {*known[1]}:
            beside = page.right_of(slot)
            yield known[0].rest or (beside.text if beside is not None else "")
