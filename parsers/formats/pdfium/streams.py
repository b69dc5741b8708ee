"""How much a PDF's packed streams would unpack to, told before PDFium unpacks them whole."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_STREAM = 6 << 20  # bytes of one page's content; a full page has some 100 KB
MAX_FONT = 48 << 20  # a whole Chinese font
MAX_TOTAL = 160 << 20
_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_FONT = re.compile(rb"/Length1|/Type1C|/CIDFontType0C|/OpenType")
_HEAD = 4_000  # bytes of a dictionary before its stream
_ROUNDS = 4


def check_streams(data: bytes) -> None:
    """Refuse a bomb with Unreadable("too-large"), a broken stream with Unreadable("damaged").

    PDFium shows of a broken stream what comes before the fault, and drops the characters of a
    broken font in silence. Pictures are never unpacked, so not asked.
    """
    total, locked = 0, b"/Encrypt" in data
    for head, start in _streams(data):
        rounds = len(_FLATE.findall(head))
        if rounds and b"/Image" not in head:
            most = MAX_FONT if _FONT.search(head) else MAX_STREAM
            size = _unpacked(data, start, min(rounds, _ROUNDS), most, locked=locked)
            total += size
            if size > most or total > MAX_TOTAL:
                raise Unreadable("too-large", "stream")


def _streams(data: bytes) -> Iterator[tuple[bytes, int]]:
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - _HEAD) : match.start()]
        if not head.endswith(b"end"):
            yield head[max(0, head.rfind(b" obj")) :], match.end()


def _unpacked(data: bytes, start: int, rounds: int, most: int, *, locked: bool) -> int:
    """Return how many bytes come out, counting no further than one over the most."""
    packed: bytes | memoryview = memoryview(data)[start:]
    for _ in range(rounds):
        unpacker = zlib.decompressobj()
        try:
            packed = unpacker.decompress(packed, most + 1)
        except zlib.error as error:
            if locked or _lacks_only_its_checksum(packed, most):
                return 0
            raise Unreadable("damaged", "stream") from error
        if len(packed) > most:
            break
        if not (unpacker.eof or locked):
            raise Unreadable("damaged", "stream")
    return len(packed)


def _lacks_only_its_checksum(packed: bytes | memoryview, most: int) -> bool:
    """Tell a stream that was written without its last four bytes from a broken one."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacker.decompress(packed[2:], most + 1)
    except zlib.error:
        return False
    return unpacker.eof and unpacker.unused_data.lstrip().startswith(b"endstream")
