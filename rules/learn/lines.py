"""Lines outside tables that ask for something: 填报单位：____, choices under their question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.values.measures import as_measure, is_money
from rules.form import Where
from rules.labels import colon_at, squeeze
from rules.learn.asked import Asked
from rules.learn.boxes import has_boxes, spaced_choices
from rules.learn.cells import is_blank, is_hint, is_note, states_units
from rules.reader.matching import NOTES

if TYPE_CHECKING:
    from rules.reader.page import Page, Slot

_SENTENCE = re.compile(r"[。；;！？!?]")
_UNIT_STATED = re.compile(
    r"[(（]?\s*(?:计量|金额|货币)?单位\s*[:：]\s*((?:UNIT[、,，/和])*UNIT)\s*[)）]?\s*$".replace(
        "UNIT", r"(?:千元|百?万元|亿元|元|个|人次|人|次|场)"
    )
)
# the time that is reported on, printed behind the room for an answer: 填报单位：      2026年11月
_TERM = re.compile(
    r"^(\s{3,}|[_＿]{3,})\s*[(（]?(?:19|20)\d\d\s*年(?:\s*\d{1,2}\s*月|第?[一二三四1-4]季度|度|[上下]半年|)"
    r"(?:\s*\d{1,2}\s*日)?[)）]?\s*$"
)
LONGEST = 24  # letters of a label in a line


def read_lines(page: Page, lines: range) -> list[Asked]:
    """Return what the lines without cells ask for."""
    slots = [s for n in lines for s in page.lines[n].slots if s.table is None]
    found = []
    for position, slot in enumerate(slots):
        asked = _asked(slot, slots[position + 1 :])
        if asked is not None:
            found.append(asked)
    return found


def _asked(slot: Slot, after: list[Slot]) -> Asked | None:
    label = line_label(slot.text)
    if label is None:
        return None
    rest = _TERM.sub(r"\1", _UNIT_STATED.sub("", slot.text[len(label) + 1 :]))
    if not rest.strip():
        rest = _choices_below(after)
    if not (is_blank(rest) or is_hint(rest) or has_boxes(rest) or len(spaced_choices(rest)) > 1):
        return None
    if states_units(slot.text):
        return None
    return Asked(label, Where.INSIDE, rest, order=(slot.line, slot.column))


def line_label(text: str) -> str | None:
    """Return what stands before a line's colon, if it may be a label."""
    colon = colon_at(text)
    if colon is None or text.lstrip().startswith(NOTES) or is_note(text):
        return None
    label = text[:colon]
    if not 2 <= len(squeeze(label)) <= LONGEST or _SENTENCE.search(label):
        return None
    return label


def _choices_below(after: list[Slot]) -> str:
    """Return the lines of choices under a question that ends in a colon."""
    texts = []
    for slot in after:
        boxed = has_boxes(slot.text) or len(spaced_choices(slot.text)) > 1
        if not boxed or line_label(slot.text) is not None:
            break
        texts.append(slot.text)
    return "\n".join(texts)


def unit_over(page: Page, lines: range) -> str | None:
    """Return the unit of measure stated for a whole table: （单位：万元）, 单位：人、万元.

    Of several it is that of money, which is never printed without its unit.
    """
    for number in lines:
        for slot in page.lines[number].slots:
            stated = _UNIT_STATED.search(slot.text)
            if stated and (slot.table is None or states_units(slot.text)):
                units = [as_measure(part) for part in re.split(r"[、,，/和]", squeeze(stated[1]))]
                return next((u for u in units if u and is_money(u)), units[0])
    return None
