"""The streams of an OLE compound file, by name ([MS-CFB]); none is longer than the file."""

from __future__ import annotations

import contextlib
import struct
from typing import TYPE_CHECKING

from parsers import ole
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_MINI_SIZE = 64
_STREAM = 2
BROKEN = (struct.error, IndexError, ValueError, OverflowError)


class Compound:
    """An opened compound file; only the root's own members are seen, in any case of letters."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << struct.unpack_from("<H", data, 30)[0]
        self._cutoff, self._first_mini = struct.unpack_from("<2I", data, 56)
        entries = ole.entries(data)
        if not entries:
            raise Unreadable("damaged", "no directory")
        self._table = ole.allocation(data, self._size)
        self._root = entries[0]
        self._members = dict(_members(entries))
        self._mini: tuple[bytes, list[int]] | None = None

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def has_members(self, name: str) -> bool:
        """Tell whether a storage is there and not empty."""
        entry = self._members.get(name.lower())
        return entry is not None and ole.children(entry) < ole.RESERVED

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def stream(self, name: str) -> bytes:
        """Return a stream's bytes, b"" when there is none; Unreadable when it was cut off."""
        entry = self._members.get(name.lower())
        if entry is None or entry[66] != _STREAM:
            return b""
        first, length = struct.unpack_from("<2I", entry, 116)
        found = self._small(first, length) if length < self._cutoff else self._large(first, length)
        if len(found) < length:
            raise Unreadable("damaged", f"stream {name} is cut off")
        return found

    def _large(self, first: int, length: int) -> bytes:
        most = min(-(-length // self._size), len(self._data) // self._size + 1)
        return b"".join(ole.chain(self._data, self._size, self._table, first, most))[:length]

    def _small(self, first: int, length: int) -> bytes:
        """Read from the mini stream, which has sectors and a table of its own."""
        if self._mini is None:
            start, size = struct.unpack_from("<2I", self._root, 116)
            block = self._large(self._first_mini, (size // _MINI_SIZE + 1) * 4)
            table = list(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))
            # one sector in front, as the chain counts from behind the file's header
            self._mini = bytes(_MINI_SIZE) + self._large(start, size), table
        data, table = self._mini
        most = -(-length // _MINI_SIZE)
        return b"".join(ole.chain(data, _MINI_SIZE, table, first, most))[:length]


def _members(entries: list[bytes]) -> Iterator[tuple[str, bytes]]:
    for number in ole.siblings(entries, ole.children(entries[0])):
        with contextlib.suppress(UnicodeError):
            yield ole.name(entries[number]).lower(), entries[number]


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[Compound]:
    """Open a compound file; what its broken bytes raise while it is read becomes Unreadable."""
    try:
        if not data.startswith(ole.SIGNATURE):
            raise Unreadable("damaged", "no OLE signature")
        yield Compound(data)
    except BROKEN as error:
        raise Unreadable("damaged", f"{type(error).__name__}: {error}") from error
