"""Whether a drawing of the document shows a picture: the store of them ([MS-ODRAW] §2.2.20)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from parsers.formats.msdoc import fib

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUP, _STORE = 0xF000, 0xF001
_HEADER = 8


def has_drawn_pictures(file: fib.File) -> bool:
    """Tell whether the file's store of pictures has any."""
    return any(
        kind == _STORE and count > 0
        for outer, _, inside in _records(file.part(fib.DRAWINGS))
        if outer == _GROUP
        for kind, count, _ in _records(inside)
    )


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield (type, instance, content) of the records that follow one another."""
    at = 0
    while at + _HEADER <= len(data):
        instance, kind, size = struct.unpack_from("<HHI", data, at)
        yield kind, instance >> 4, data[at + _HEADER : at + _HEADER + size]
        at += _HEADER + size
