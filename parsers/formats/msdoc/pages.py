"""Which properties hold for which bytes of text: the 512-byte formatted pages ([MS-DOC] §2.9)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGE = 512
_CHARACTER_ENTRY, _PARAGRAPH_ENTRY = 1, 13


class Pages:
    """Stretches of file offsets with their property lists, in order."""

    def __init__(self, stretches: list[tuple[int, int, bytes]]) -> None:
        stretches.sort(key=lambda stretch: stretch[0])
        self._stretches = stretches
        self._starts = [start for start, _, _ in stretches]

    def at(self, offset: int) -> bytes:
        """Return the list that holds for one offset; b"" when none does."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self._stretches[index][1]:
            return b""
        return self._stretches[index][2]

    def between(self, start: int, end: int) -> Iterator[tuple[int, bytes]]:
        """Yield (end, list) for every stretch of [start, end), gaps between them included."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        at = start
        while at < end and index < len(self._stretches):
            first, last, changes = self._stretches[index]
            index += 1
            if first > at:
                at = min(first, end)
                yield at, b""
            if last > at and first < end:
                at = min(last, end)
                yield at, changes
        if at < end:
            yield end, b""


def character_pages(main: bytes, table: bytes) -> Pages:
    """Read the properties of runs: each list is a grpprl."""
    return Pages(list(_stretches(main, table, _CHARACTER_ENTRY)))


def paragraph_pages(main: bytes, table: bytes) -> Pages:
    """Read the properties of paragraphs: each list is a style number and a grpprl."""
    return Pages(list(_stretches(main, table, _PARAGRAPH_ENTRY)))


def _stretches(main: bytes, table: bytes, entry: int) -> Iterator[tuple[int, int, bytes]]:
    count = max((len(table) - 4) // 8, 0)
    numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
    for number in dict.fromkeys(number & 0x3FFFFF for number in numbers):
        page = main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            yield from _read_page(page, entry)


def _read_page(page: bytes, entry: int) -> Iterator[tuple[int, int, bytes]]:
    count = page[-1]
    if 4 * (count + 1) + entry * count > _PAGE - 1:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for index in range(count):
        at = 2 * page[4 * (count + 1) + entry * index]
        if bounds[index] < bounds[index + 1]:
            yield bounds[index], bounds[index + 1], _list(page, at, entry) if at else b""


def _list(page: bytes, at: int, entry: int) -> bytes:
    if entry == _CHARACTER_ENTRY:
        return page[at + 1 : min(at + 1 + page[at], _PAGE - 1)]
    if page[at]:
        return page[at + 1 : min(at + 2 * page[at], _PAGE - 1)]
    return page[at + 2 : min(at + 2 + 2 * page[at + 1], _PAGE - 1)]
