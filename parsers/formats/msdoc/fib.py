"""Where everything in a binary Word file lies: its header, the FIB ([MS-DOC] §2.5)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from parsers.compound import Compound
from parsers.legacy import legacy
from parsers.unreadable import Unreadable

_MAGIC, _MAGIC_6 = 0xA5EC, 0xA5DC
_WORD_97 = 0x00C1 - 2  # betas and old WPS wrote 191 and 192
_ENCRYPTED, _WHICH_TABLE = 0x0100, 0x0200
_TABLES = 154  # pairs of offset and length, by the numbers below

STYLES, SECTIONS, CHARACTERS, PARAGRAPHS, FONTS = 1, 6, 12, 13, 15
PIECES, ANCHORS, DRAWINGS, BOXES = 33, 40, 50, 56


@dataclass(slots=True)
class File:
    """An opened document: its main stream, its table stream, and the lengths of its stories."""

    compound: Compound
    main: bytes
    table: bytes
    body: int
    before_boxes: int
    boxes: int
    _data: bytes | None = field(default=None)

    @property
    def data(self) -> bytes:
        """The stream of form fields, pictures and overlong properties, read when asked for."""
        if self._data is None:
            self._data = self.compound.stream("Data")
        return self._data

    def part(self, number: int) -> bytes:
        """Return one of the structures in the table stream; b"" when there is none."""
        at = _TABLES + 8 * number
        if at + 8 > len(self.main):
            return b""
        start, length = struct.unpack_from("<2I", self.main, at)
        return self.table[start : start + length]


def read_file(compound: Compound) -> File:
    """Read the header; Unreadable when it is encrypted, of Word 95 or before, or nonsense."""
    main = compound.stream("WordDocument")
    magic, version = struct.unpack_from("<2H", main)
    flags = struct.unpack_from("<H", main, 10)[0]
    if magic not in {_MAGIC, _MAGIC_6}:
        raise Unreadable("damaged", "no FIB")
    if flags & _ENCRYPTED:
        raise Unreadable("encrypted", "a password is needed")
    if magic == _MAGIC_6 or version < _WORD_97:
        raise legacy(f"Word 95 or before (nFib {version})")
    table = compound.stream("1Table" if flags & _WHICH_TABLE else "0Table")
    body, *others, boxes = struct.unpack_from("<7i", main, 76)
    if not table or min(body, *others, boxes) < 0:
        raise Unreadable("damaged", "no table stream")
    return File(compound, main, table, body, body + sum(others), boxes)
