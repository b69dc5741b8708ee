"""How a workbook stream is cut into records, and where its worksheets begin ([MS-XLS] §2.1)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.legacy import legacy
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGIN, END, CONTINUE = 0x0809, 0x000A, 0x003C
MAX_RECORDS = 4_000_000  # read in one file, some eight seconds
_BIFF_8, _BIFF_5 = 0x0600, 0x0500
_BIFF_2_TO_4 = frozenset({0x0009, 0x0209, 0x0409})


@dataclass(slots=True)
class Record:
    """One record: its type, its content, and the records that only continue it."""

    type: int
    data: bytes
    more: list[bytes]


@dataclass(slots=True)
class Stream:
    """A workbook stream, and how many of its records may still be read."""

    data: bytes
    left: int = field(default_factory=lambda: MAX_RECORDS)

    def records(self, at: int) -> Iterator[Record]:
        """Yield the records of the part that begins at `at`, to its end; charts in it are passed.

        A part that is cut off is damaged: what is missing cannot be told from what never was.
        """
        depth = 0
        for record in self._all(at):
            depth += {BEGIN: 1, END: -1}.get(record.type, 0)
            if depth == 0 and record.type == END:
                return
            if depth < 1:
                raise Unreadable("damaged", "no worksheet begins here")
            if depth == 1 and record.type not in {BEGIN, END}:
                yield record
        raise Unreadable("damaged", "the workbook is cut off")

    def _all(self, at: int) -> Iterator[Record]:
        pending: Record | None = None
        while at + 4 <= len(self.data):
            kind, data = self._one(at)
            at += 4 + len(data)
            if kind == CONTINUE and pending is not None:
                pending.more.append(data)
                continue
            if pending is not None:
                yield pending
            pending = Record(kind, data, [])
        if pending is not None:
            yield pending

    def _one(self, at: int) -> tuple[int, bytes]:
        self.left -= 1
        if self.left < 0:
            raise Unreadable("too-large", f"over {MAX_RECORDS} records")
        kind, size = struct.unpack_from("<2H", self.data, at)
        data = self.data[at + 4 : at + 4 + size]
        if len(data) < size:
            raise Unreadable("damaged", "a record is cut off")
        return kind, data


def is_biff_8(stream: bytes) -> bool:
    """Tell the version by the first record; Unreadable when it is older than Excel 5."""
    kind, _, version = struct.unpack_from("<3H", stream)
    if kind in _BIFF_2_TO_4:
        raise legacy("Excel 4 or before")
    if kind != BEGIN or version not in {_BIFF_8, _BIFF_5}:
        raise Unreadable("damaged", "no workbook")
    return bool(version == _BIFF_8)
