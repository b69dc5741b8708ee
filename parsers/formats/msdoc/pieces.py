"""Which bytes of the file are the document's text, in what order: the piece table."""

from __future__ import annotations

import itertools
import struct
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.formats.msdoc.sprms import MAX_LIST
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.formats.msdoc.fib import File

MAX_CHARACTERS = 2_000_000
_COMPRESSED = 1 << 30
_PRC, _PCDT = 1, 2
# Word writes Windows-1252; what that leaves free stands for itself
_WESTERN = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
# which change the short form of a piece's property stands for ([MS-DOC] §2.9.213)
_SHORT = {
    0x18: 0x2416,
    0x19: 0x2417,
    0x41: 0x0800,
    0x42: 0x0801,
    0x53: 0x2A33,
    0x57: 0x0837,
    0x5C: 0x083C,
    0x62: 0x2A42,
    0x68: 0x2A48,
    0x73: 0x2A53,
    0x75: 0x0855,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: positions [start, end), its bytes at `offset`, changes on top of it."""

    start: int
    end: int
    offset: int
    width: int
    changes: bytes

    def at(self, position: int) -> int:
        """Return the file offset of a position in the piece."""
        return self.offset + (position - self.start) * self.width


class Pieces:
    """The whole text, one character per UTF-16 unit, and where each stands in the file."""

    def __init__(self, pieces: list[Piece], text: str) -> None:
        self.text = text
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]

    def between(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces that overlap [start, end)."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        while index < len(self._pieces) and self._pieces[index].start < end:
            yield self._pieces[index]
            index += 1


def read_pieces(file: File, clx: bytes) -> Pieces:
    """Read the text; Unreadable when the table is broken or there is too much of it."""
    lists, table = _split(clx)
    count = (len(table) - 4) // 12
    if count < 1:
        raise Unreadable("damaged", "no piece table")
    bounds = struct.unpack_from(f"<{count + 1}I", table)
    if bounds[-1] > MAX_CHARACTERS:
        raise Unreadable("too-large", f"over {MAX_CHARACTERS} characters")
    pieces: list[Piece] = []
    texts: list[str] = []
    for index, (start, end) in enumerate(itertools.pairwise(bounds)):
        _, fc, prm = struct.unpack_from("<HIH", table, 4 * (count + 1) + 8 * index)
        if end <= start:
            raise Unreadable("damaged", "pieces out of order")
        piece = _piece(start, end, fc, _changes(prm, lists))
        pieces.append(piece)
        texts.append(_text(file.main, piece))
    return Pieces(pieces, "".join(texts))


def _split(clx: bytes) -> tuple[list[bytes], bytes]:
    """Return the lists of changes that pieces refer to, and the table of pieces."""
    lists: list[bytes] = []
    at = 0
    while at < len(clx) and clx[at] == _PRC:
        size = struct.unpack_from("<H", clx, at + 1)[0]
        lists.append(clx[at + 3 : at + 3 + min(size, MAX_LIST)])
        at += 3 + size
    if at >= len(clx) or clx[at] != _PCDT:
        raise Unreadable("damaged", "no piece table")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    return lists, clx[at + 5 : at + 5 + size]


def _piece(start: int, end: int, fc: int, changes: bytes) -> Piece:
    if fc & _COMPRESSED:
        return Piece(start, end, (fc & ~_COMPRESSED) // 2, 1, changes)
    return Piece(start, end, fc, 2, changes)


def _changes(prm: int, lists: list[bytes]) -> bytes:
    if prm & 1:
        return lists[prm >> 1] if prm >> 1 < len(lists) else b""
    code = _SHORT.get(prm >> 1 & 0x7F)
    return struct.pack("<HB", code, prm >> 8) if code else b""


def _text(main: bytes, piece: Piece) -> str:
    length = piece.end - piece.start
    raw = main[piece.offset : piece.offset + length * piece.width]
    if len(raw) < length * piece.width:
        raise Unreadable("damaged", "text is cut off")
    if piece.width == 1:
        return raw.decode("latin-1").translate(_WESTERN)
    text = raw.decode("utf-16-le", "replace")
    return text if len(text) == length else "".join(map(chr, array("H", raw)))
