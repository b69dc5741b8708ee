"""How content is made fit for mail: base64, also with holes or undeclared, and uuencode."""

from __future__ import annotations

import binascii
import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from parsers.charsets import decode_raw

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_RUNS = 1_000
MAX_BLOCKS = 50  # of uuencode in one text
MAX_LINE = 200  # bytes; a full line of code has 61

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_GOES_ON = re.compile(rb"=+\s+(?=[A-Za-z0-9+/]{4,}=*(?:\s|$))")
# two full lines of nothing else: no text that people write
_UNDECLARED = re.compile(
    rb"\s*+(?:[A-Za-z0-9+/]{60,76}\r?\n){2}(?:[A-Za-z0-9+/]{60,76}\r?\n)*+"
    rb"[A-Za-z0-9+/]{0,76}={0,2}\s*+"
)
_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,250})\r?\n", re.MULTILINE)


class Block(NamedTuple):
    """A uuencoded file in a text: where it stands, its name, its bytes."""

    start: int
    end: int
    name: str
    data: bytes


def from_base64(raw: bytes, start: int, end: int) -> bytes:
    """Decode run by run, because padding in the middle ends what binascii reads."""
    view = memoryview(raw)
    runs: list[bytes] = []
    position: int | None = start
    while position is not None and len(runs) < MAX_RUNS:
        try:
            runs.append(binascii.a2b_base64(view[position:end]))
        except binascii.Error:
            runs.append(_repaired(raw[position:end]))
            break
        position = _after_padding(raw, position, end)
    return runs[0] if len(runs) == 1 else b"".join(runs)


def undeclared(data: bytes) -> bytes:
    """Return an attachment whose encoding its part does not name, decoded where it is encoded."""
    if _UNDECLARED.fullmatch(data):
        return from_base64(data, 0, len(data))
    block = next(uuencoded(data), None) if data.lstrip().startswith(b"begin ") else None
    return data if block is None else block.data


def uuencoded(data: bytes) -> Iterator[Block]:
    """Yield the files that stand in a text as old programs wrote them (POSIX, uuencode)."""
    for begin in islice(_BEGIN.finditer(data), MAX_BLOCKS):
        content, end = _from_uu(data, begin.end())
        if content:
            yield Block(begin.start(), end, decode_raw(begin[1]).strip(), content)


def without_uuencoded(data: bytes) -> bytes:
    """Return a text without the files in it."""
    kept, at = [], 0
    for block in uuencoded(data):
        kept.append(data[at : block.start])
        at = block.end
    return b"".join([*kept, data[at:]])


def _from_uu(data: bytes, at: int) -> tuple[bytes, int]:
    """Decode the lines from `at` on to their end; nothing when one before it is no code."""
    lines: list[bytes] = []
    while at < len(data):
        stop = (data.find(b"\n", at) + 1) or len(data)
        line = data[at : min(stop, at + MAX_LINE)].strip(b"\r\n")
        at = stop
        if line.rstrip() == b"end":
            return b"".join(lines), at
        try:
            lines.append(_uu_line(line) if line.strip() else b"")
        except binascii.Error:
            break
    return b"", at


def _uu_line(line: bytes) -> bytes:
    """Decode a line; some programs add a character that its length does not count."""
    length = (((line[0] - 32) & 63) * 4 + 5) // 3
    return binascii.a2b_uu(line[:length])


def _after_padding(raw: bytes, start: int, end: int) -> int | None:
    """Where base64 goes on after padding; None when what follows is no base64 line."""
    padding = raw.find(b"=", start, end)
    match = _GOES_ON.match(raw, padding, end) if padding >= 0 else None
    return match.end() if match else None


def _repaired(text: bytes) -> bytes:
    """Base64 cut in mid-group: whole groups, and of the last one what it still says."""
    letters = _NOT_BASE64.sub(b"", text)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
