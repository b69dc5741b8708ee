"""Labels known by what stands beside them: the choices of one field, an organisation's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.labels import read_label, squeeze
from rules.reader.matching import Hit
from rules.reader.outside import is_organisation

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
    left = [slot for slot in slots if slot.filled]
    for entry in index.fields:
        if not entry.field.choices or matches.hits.get(entry.number):
            continue
        choices = [squeeze(choice) for choice in entry.field.choices]
        beside = [slot for slot in left if _prints(page.right_of(slot), choices)]
        if len(beside) == 1:
            found.append(Hit(entry.number, beside[0], read_label(beside[0].text)))
            matches.add(found[-1])
    return found


def match_beside_name(
    page: Page, slots: Iterable[Slot], index: FormIndex, matches: Matches
) -> list[Hit]:
    """Take a cell 单位 for the label of who fills in, where an organisation stands beside it."""
    entry = next((f for f in index.fields if f.field.key == index.form.unit_field), None)
    if entry is None or matches.hits.get(entry.number) or entry.number in matches.unsure:
        return []
    for slot in slots:
        beside = page.right_of(slot) if read_label(slot.text[:20]).core == "单位" else None
        if beside is not None and is_organisation(beside.text):
            found = Hit(entry.number, slot, read_label(slot.text))
            matches.add(found)
            return [found]
    return []


def _prints(slot: Slot | None, choices: list[str]) -> bool:
    """Whether a slot holds most of the choices, as a form prints them to be ticked."""
    if slot is None or len(choices) < LEAST:
        return False
    text = squeeze(slot.text)
    count = sum(choice in text for choice in choices)
    return count >= LEAST and 2 * count > len(choices)
