"""How a list of property changes (grpprl) is cut into single ones ([MS-DOC] §2.6.1)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)  # by the upper three bits; -1: the operand says it
MAX_CHANGES = 1_000  # in one list; Word's longest, of a row of 63 cells, have some hundred
MAX_LIST = 1_024  # bytes of a list that is used again and again
_DEFINE_TABLE, _CHANGE_TABS = 0xD608, 0xC615

Change = tuple[int, bytes]


def changes(grpprl: bytes) -> Iterator[Change]:
    """Yield (code, operand); a list that is cut off, or far too long, ends early."""
    at = 0
    for _ in range(MAX_CHANGES):
        if at + 2 >= len(grpprl):
            return
        code = grpprl[at] | grpprl[at + 1] << 8
        at += 2
        head, size = _extent(code, grpprl, at)
        at += head
        yield code, grpprl[at : at + size]
        at += size


def _extent(code: int, grpprl: bytes, at: int) -> tuple[int, int]:
    """Return the bytes before an operand that say its size, and the size."""
    size = _SIZES[code >> 13]
    if size >= 0:
        return 0, size
    if code == _DEFINE_TABLE:
        return 2, max(int.from_bytes(grpprl[at : at + 2], "little") - 1, 0)
    size = grpprl[at]
    if code == _CHANGE_TABS and size == 255:
        return 1, _tabs(grpprl, at + 1)
    return 1, size


def _tabs(grpprl: bytes, at: int) -> int:
    """Return the size of a list of tabs too long for its byte ([MS-DOC] §2.9.180)."""
    if at >= len(grpprl):
        return 0
    deleted = 1 + 4 * grpprl[at]
    if at + deleted >= len(grpprl):
        return deleted
    return deleted + 1 + 3 * grpprl[at + deleted]


def number(operand: bytes, *, signed: bool = False) -> int:
    """Return an operand that is one number."""
    return int.from_bytes(operand, "little", signed=signed)


def referred(data: bytes, operand: bytes) -> bytes:
    """Return the list in the Data stream that an operand points to; b"" when there is none."""
    at = number(operand)
    if at + 2 > len(data):
        return b""
    size = struct.unpack_from("<H", data, at)[0]
    return data[at + 2 : at + 2 + size]
