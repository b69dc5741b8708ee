"""The top-level names in an OLE compound file, which say what kind of document it is."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_RESERVED = 0xFFFFFFFA  # this number and those above it are no sectors
_MAX_LISTS = 50  # DIFAT sectors; each stands for 8 MB
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
    """Read the FAT, whose sectors the header and the DIFAT list ([MS-CFB] §2.3, §2.5)."""
    table: list[int] = []
    for sector in _table_sectors(data, size):
        block = data[(sector + 1) * size : (sector + 2) * size]
        table.extend(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))
    return table


def _table_sectors(data: bytes, size: int) -> Iterator[int]:
    yield from _used(struct.unpack_from("<109I", data, 76))
    sector = struct.unpack_from("<I", data, 68)[0]
    for _ in range(_MAX_LISTS):
        at = (sector + 1) * size
        if sector >= _RESERVED or at + size > len(data):
            return
        *sectors, sector = struct.unpack_from(f"<{size // 4}I", data, at)
        yield from _used(sectors)


def _used(sectors: Iterable[int]) -> Iterator[int]:
    return (sector for sector in sectors if sector < _RESERVED)


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
