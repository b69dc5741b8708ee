"""What a legacy form field says, a tick or a choice, from the Data stream ([MS-DOC] §2.9.78)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from parsers.formats.word.controls import TICKED, UNTICKED

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADER = 6
_TEXT, _BOX, _LIST = 0, 1, 2
_AS_DEFAULT = 25
_MAX_CHOICES = 100


def form_state(data: bytes, location: int) -> str | None:
    """Return ☑ or □, a drop-down's chosen entry, or None for a text field and for nonsense."""
    try:
        size, header = struct.unpack_from("<IH", data, location)
        return _state(data[location + header : location + size])
    except (struct.error, IndexError):
        return None


def _state(field: bytes) -> str | None:
    version, bits = struct.unpack_from("<IH", field)
    kind, result = bits & 3, bits >> 2 & 0x1F
    if version != 0xFFFFFFFF or kind not in {_BOX, _LIST}:
        return None
    at = _after_string(field, 10)
    default = struct.unpack_from("<H", field, at)[0]
    chosen = default if result == _AS_DEFAULT else result
    if kind == _BOX:
        return TICKED if chosen == 1 else UNTICKED
    at += 2
    for _ in range(5):
        at = _after_string(field, at)
    entries = list(_entries(field, at))
    return entries[chosen] if chosen < len(entries) else ""


def _after_string(field: bytes, at: int) -> int:
    """Step over a string: its length, characters and a zero."""
    length: int = struct.unpack_from("<H", field, at)[0]
    return at + 2 + 2 * length + 2


def _entries(field: bytes, at: int) -> Iterator[str]:
    """Read the list of choices, an STTB of wide strings."""
    _, count, extra = struct.unpack_from("<3H", field, at)
    at += 6
    for _ in range(min(count, _MAX_CHOICES)):
        length = struct.unpack_from("<H", field, at)[0]
        yield field[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
        at += 2 + 2 * length + extra
