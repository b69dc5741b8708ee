"""The top-level names in an OLE compound file, which say what kind of document it is."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_NOTHING = 0xFFFFFFFF
_MAX_ENTRIES = 20_000


def top_level_names(data: bytes) -> frozenset[str]:
    """Names of the root's own streams and storages; empty when the file is damaged.

    Deeper names do not count: a .doc may hold an embedded workbook ([MS-CFB] §2.6).
    """
    try:
        entries = _entries(data)
        return frozenset(_siblings(entries, _children(entries[0]))) if entries else frozenset()
    except (struct.error, IndexError, UnicodeError):
        return frozenset()


def _entries(data: bytes) -> list[bytes]:
    shift, first = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, 48)[0]
    if shift not in {9, 12}:
        return []
    size = 1 << shift
    table = _allocation(data, size)
    directory = b"".join(_chain(data, size, table, first))
    return [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]


def _allocation(data: bytes, size: int) -> list[int]:
    """Read the FAT from the 109 sectors the header lists: enough for 7 MB of it."""
    table: list[int] = []
    for sector in struct.unpack_from("<109I", data, 76):
        block = data[(sector + 1) * size : (sector + 2) * size] if sector < _NOTHING - 5 else b""
        table.extend(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))
    return table


def _chain(data: bytes, size: int, table: list[int], sector: int) -> Iterator[bytes]:
    for _ in range(_MAX_ENTRIES * 128 // size):
        block = data[(sector + 1) * size : (sector + 2) * size]
        if not block:
            return
        yield block
        if sector >= len(table):
            return
        sector = table[sector]


def _children(entry: bytes) -> int:
    return int(struct.unpack_from("<I", entry, 76)[0])


def _siblings(entries: list[bytes], first: int) -> Iterator[str]:
    """Every entry of the tree that begins at `first`, each once."""
    waiting, seen = [first], set[int]()
    while waiting:
        number = waiting.pop()
        if number in seen or number >= len(entries):
            continue
        seen.add(number)
        entry = entries[number]
        length = max(0, min(64, struct.unpack_from("<H", entry, 64)[0]) - 2)
        yield entry[:length].decode("utf-16-le")
        waiting += struct.unpack_from("<II", entry, 68)
