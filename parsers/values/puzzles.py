"""Why a text that holds more or less than one amount is not a number."""

from __future__ import annotations

import re

from parsers.values.amounts import numerals_in
from parsers.values.answer import ValueRead, ambiguous, unreadable
from parsers.values.numerals import CHINESE

_VAGUE = re.compile(
    r"若干|[几数][十百千万亿个名场次]|上[百千万]|十几|许多|很多|大量|多[次场人]|待|未定|同上|另[行附]|见附"
)
_RANGE = re.compile(rf"[0-9{CHINESE}][^0-9、,，;；\n]{{0,3}}(?:-|—|~|至|到)+\s*[0-9{CHINESE}]")


def puzzle(text: str) -> ValueRead:
    """Say why a text that holds more or less than one amount is not a number."""
    count = len(numerals_in(text))
    if _RANGE.search(text):
        return ambiguous("range")
    if _VAGUE.search(text):
        return ambiguous("vague")
    if count == 0 or (not re.search(r"[0-9]", text) and len(text) > 12):
        return unreadable("words")
    return _which(text, count)


def _which(text: str, count: int) -> ValueRead:
    if re.fullmatch(rf"[{CHINESE}]{{2,}}", text):
        return ambiguous("range")
    if re.search(r"[0-9][,，'][0-9]", text) or re.search(r"[0-9]\.[0-9]+\.", text):
        return ambiguous("separator")
    if re.search(r"[A-Za-z]", text):
        return unreadable("words")
    if count > 1 or re.search(r"[0-9]\s+[0-9]", text):
        return ambiguous("two-numbers")
    return ambiguous("words")
