"""How an OLE compound file is laid out: sectors, their chains, and its directory ([MS-CFB])."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

RESERVED = 0xFFFFFFFA  # this number and those above it are no sectors
_MAX_LISTS = 50  # DIFAT sectors; each stands for 8 MB
_MAX_ENTRIES = 20_000


def top_level_names(data: bytes) -> frozenset[str]:
    """Names of the root's own streams and storages; empty when the file is damaged.

    Deeper names do not count: a .doc may hold an embedded workbook ([MS-CFB] §2.6).
    """
    try:
        found = entries(data)
        below = siblings(found, children(found[0])) if found else ()
        return frozenset(name(found[number]) for number in below)
    except (struct.error, IndexError, UnicodeError):
        return frozenset()


def entries(data: bytes) -> list[bytes]:
    """Return the 128-byte entries of the directory, the root first."""
    shift, first = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, 48)[0]
    if shift not in {9, 12}:
        return []
    size = 1 << shift
    table = allocation(data, size)
    directory = b"".join(chain(data, size, table, first, _MAX_ENTRIES * 128 // size))
    return [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]


def allocation(data: bytes, size: int) -> list[int]:
    """Read the FAT, whose sectors the header and the DIFAT list ([MS-CFB] §2.3, §2.5)."""
    table: list[int] = []
    for sector in _table_sectors(data, size):
        if len(table) > len(data) // size:
            break
        block = data[(sector + 1) * size : (sector + 2) * size]
        table.extend(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))
    return table


def _table_sectors(data: bytes, size: int) -> Iterator[int]:
    yield from _used(struct.unpack_from("<109I", data, 76))
    sector = struct.unpack_from("<I", data, 68)[0]
    for _ in range(_MAX_LISTS):
        at = (sector + 1) * size
        if sector >= RESERVED or at + size > len(data):
            return
        *sectors, sector = struct.unpack_from(f"<{size // 4}I", data, at)
        yield from _used(sectors)


def _used(sectors: Iterable[int]) -> Iterator[int]:
    return (sector for sector in sectors if sector < RESERVED)


def chain(data: bytes, size: int, table: list[int], sector: int, most: int) -> Iterator[bytes]:
    """Yield the sectors of a chain, `most` at the most: it may run in circles."""
    for _ in range(most):
        block = data[(sector + 1) * size : (sector + 2) * size]
        if not block or sector >= RESERVED:
            return
        yield block
        if sector >= len(table):
            return
        sector = table[sector]


def children(entry: bytes) -> int:
    """Return the number of the entry at the top of a storage's tree of members."""
    return int(struct.unpack_from("<I", entry, 76)[0])


def siblings(entries: list[bytes], first: int) -> Iterator[int]:
    """Every entry's number in the tree that begins at `first`, each once."""
    waiting, seen = [first], set[int]()
    while waiting:
        number = waiting.pop()
        if number in seen or number >= len(entries):
            continue
        seen.add(number)
        entry = entries[number]
        yield number
        waiting += struct.unpack_from("<II", entry, 68)


def name(entry: bytes) -> str:
    """Return an entry's name; UnicodeError when it is none."""
    length = max(0, min(64, struct.unpack_from("<H", entry, 64)[0]) - 2)
    return entry[:length].decode("utf-16-le")
