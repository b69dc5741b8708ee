"""How a workbook stream is cut into records, and where its worksheets begin ([MS-XLS] §2.1)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGIN, END, CONTINUE = 0x0809, 0x000A, 0x003C
_BIFF_8, _BIFF_5 = 0x0600, 0x0500
_BIFF_2_TO_4 = frozenset({0x0009, 0x0209, 0x0409})


@dataclass(slots=True)
class Record:
    """One record: its type, its content, and the records that only continue it."""

    type: int
    data: bytes
    more: list[bytes]


def records(stream: bytes, at: int) -> Iterator[Record]:
    """Yield the records of one part, from after its beginning to its end; charts in it are passed.

    A part that is cut off is damaged: what is missing cannot be told from what was never there.
    """
    depth = 0
    for record in _all(stream, at):
        if record.type == BEGIN:
            depth += 1
        elif record.type == END:
            depth -= 1
            if depth == 0:
                return
        elif depth == 1:
            yield record
    raise Unreadable("damaged", "the workbook is cut off")


def _all(stream: bytes, at: int) -> Iterator[Record]:
    pending: Record | None = None
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<2H", stream, at)
        data = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if len(data) < size:
            break
        if kind == CONTINUE and pending is not None:
            pending.more.append(data)
            continue
        if pending is not None:
            yield pending
        pending = Record(kind, data, [])
    if pending is not None:
        yield pending


def is_biff_8(stream: bytes) -> bool:
    """Tell the version by the first record; Unreadable when it is older than Excel 5."""
    kind, _, version = struct.unpack_from("<3H", stream)
    if kind in _BIFF_2_TO_4:
        raise Unreadable("unsupported", "Excel 4 or before")
    if kind != BEGIN or version not in {_BIFF_8, _BIFF_5}:
        raise Unreadable("damaged", "no workbook")
    return bool(version == _BIFF_8)
