"""How A1 references name cells and ranges."""

from __future__ import annotations

import re
from functools import lru_cache

from parsers.short_texts import remembered

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


@remembered
def position(ref: str) -> tuple[int, int] | None:
    """Return (row, column), 1-based; None when it is no cell of a sheet."""
    found = _REF.fullmatch(ref)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, column) if 1 <= row <= LAST_ROW and column <= LAST_COLUMN else None


def name(row: int, column: int) -> str:
    """Return the reference of a cell: B7."""
    return f"{_letters(column)}{row}"


@lru_cache(maxsize=1024)
def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def corners(ref: str) -> tuple[int, int, int, int] | None:
    """Return (top, left, bottom, right) of a range; None when it is none."""
    first, _, last = ref.partition(":")
    start, end = position(first), position(last or first)
    if start is None or end is None:
        return None
    (top, bottom), (left, right) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return top, left, bottom, right
