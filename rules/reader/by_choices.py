"""Labels known by what stands beside them: a cell that prints the choices of one field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.labels import read_label, squeeze
from rules.reader.matching import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.reader.index import FormIndex
    from rules.reader.matching import Matches
    from rules.reader.page import Page, Slot

LEAST = 3  # choices that must be printed; two stand in many a sentence


def match_beside_choices(
    page: Page, slots: Iterable[Slot], index: FormIndex, matches: Matches
) -> list[Hit]:
    """Match a field of choices that no label was found for to the one slot left of its choices."""
    found: list[Hit] = []
    left = list(slots)
    for entry in index.fields:
        if not entry.field.choices or matches.hits.get(entry.number):
            continue
        choices = [squeeze(choice) for choice in entry.field.choices]
        beside = [slot for slot in left if _prints(page.right_of(slot), choices)]
        if len(beside) == 1:
            found.append(Hit(entry.number, beside[0], read_label(beside[0].text)))
            matches.add(found[-1])
    return found


def _prints(slot: Slot | None, choices: list[str]) -> bool:
    """Whether a slot holds most of the choices, as a form prints them to be ticked."""
    if slot is None or len(choices) < LEAST:
        return False
    text = squeeze(slot.text)
    count = sum(choice in text for choice in choices)
    return count >= LEAST and 2 * count > len(choices)
