"""All forms of all campaigns at once: which templates know a label."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rules.campaign import Campaign
from rules.form import Form
from rules.labels import LONGEST, after_group, heads, read_label, skeleton, trimmed
from rules.reader.index import FormIndex, keep
from rules.reader.indexing import index_of
from rules.reader.titles import Title, TitleMatch, read_title

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Template:
    """A campaign's form, ready to be looked for."""

    campaign: Campaign
    form: Form
    index: FormIndex
    titles: tuple[Title, ...]


@dataclass(slots=True)
class Vocabulary:
    """All templates, and which of them know a label's core."""

    campaigns: tuple[Campaign, ...]
    templates: tuple[Template, ...]
    cores: dict[str, list[tuple[int, tuple[int, ...]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    starts: set[str] = field(default_factory=set)
    titles: list[str] = field(default_factory=list)
    likes: dict[str, dict[int, TitleMatch]] = field(default_factory=dict)  # by line
    seen: dict[str, list[tuple[int, tuple[int, ...]]]] = field(default_factory=dict)

    def find(self, text: str) -> list[tuple[int, tuple[int, ...]]]:
        """Return (template, fields) for every template that knows the label a text begins with."""
        known = self.seen.get(text)
        if known is None:
            known = self._find(text) or self._find(after_group(text[: 2 * LONGEST])[1])
            if len(text) <= 2 * LONGEST:
                keep(self.seen, text, known)
        return known

    def _find(self, text: str) -> list[tuple[int, tuple[int, ...]]]:
        if not self._may_begin(text):
            return []
        for head in heads(text):
            for core in dict.fromkeys((head.label.core, head.label.plain)):
                bare = trimmed(core)
                for spelling in dict.fromkeys((core, skeleton(core)[0], bare, skeleton(bare)[0])):
                    if spelling in self.cores:
                        return self._without_groups(head.label.core, self.cores[spelling])
        return []

    def _without_groups(
        self, core: str, known: list[tuple[int, tuple[int, ...]]]
    ) -> list[tuple[int, tuple[int, ...]]]:
        """Leave out templates in which it is a group's label: 宣传报道情况 over 宣传报道数量."""
        return [(n, fields) for n, fields in known if core not in self.templates[n].index.groups]

    def _may_begin(self, text: str) -> bool:
        return bool(text) and trimmed(read_label(text[:60]).core)[:1] in self.starts


_VOCABULARIES: dict[tuple[int, ...], Vocabulary] = {}


def vocabulary_of(campaigns: Sequence[Campaign]) -> Vocabulary:
    """Return the labels of all forms of all campaigns; gathered once for the same campaigns."""
    key = tuple(map(id, campaigns))
    found = _VOCABULARIES.get(key)
    if found is None or found.campaigns != tuple(campaigns):
        if len(_VOCABULARIES) > 64:
            _VOCABULARIES.clear()
        found = _VOCABULARIES[key] = _gather(tuple(campaigns))
    return found


def _gather(campaigns: tuple[Campaign, ...]) -> Vocabulary:
    templates = tuple(
        Template(campaign, form, index_of(form), _titles(form))
        for campaign in campaigns
        for form in campaign.forms.values()
    )
    vocabulary = Vocabulary(campaigns, templates)
    for number, template in enumerate(templates):
        known = {**template.index.loose, **template.index.exact}
        for core, fields in known.items():
            vocabulary.cores[core].append((number, fields))
            vocabulary.starts.add(core[:1])
        vocabulary.titles += [title.bare for title in template.titles]
    return vocabulary


def _titles(form: Form) -> tuple[Title, ...]:
    return tuple(read_title(text) for text in (form.title, *form.aliases))
