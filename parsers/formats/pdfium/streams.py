"""How much a PDF's packed streams would unpack to, told before PDFium unpacks them whole."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from itertools import takewhile
from typing import TYPE_CHECKING

from parsers.formats.pdfium.nesting import Nesting
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_STREAM = 6 << 20  # bytes of one page's content; a full page has some 100 KB
MAX_FONT = 48 << 20  # a whole Chinese font
MAX_TOTAL = 160 << 20
_STREAM = re.compile(rb"stream\r?\n")
_FILTERS = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/\w+))")
_NAME = re.compile(rb"/(\w+)")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_FONT = re.compile(rb"/Length1|/Type1C|/CIDFontType0C|/OpenType")
_NUMBER = re.compile(rb"(\d{1,10})\s+\d{1,5}$")
_HEAD = 4_000  # bytes of a dictionary before its stream
_ROUNDS = 4
_FLATE = {b"FlateDecode", b"Fl"}
_LETTERS = {b"ASCII85Decode", b"A85", b"ASCIIHexDecode", b"AHx"}  # as ReportLab writes


def check_streams(data: bytes) -> None:
    """Refuse a bomb with Unreadable("too-large"), a broken stream with Unreadable("damaged").

    PDFium shows of a broken stream what comes before the fault, and drops the characters of a
    broken font in silence. Pictures are never unpacked, so not asked.
    """
    total, locked, nesting = 0, b"/Encrypt" in data, Nesting()
    for number, head, start in _streams(data):
        is_font = _FONT.search(head) is not None
        most = MAX_FONT if is_font else MAX_STREAM
        content = _unpacked(data, start, head, most, locked=locked)
        total += len(content)
        if len(content) > most or total > MAX_TOTAL:
            raise Unreadable("too-large", "stream")
        if not is_font:
            nesting.take(number, head, bytes(content))
    nesting.check(data)


def _streams(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Yield each stream's object number, its dictionary and where it begins; no pictures."""
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - _HEAD) : match.start()]
        begin = head.rfind(b" obj")
        named = _NUMBER.search(head[:begin]) if begin >= 0 else None
        if not head.endswith(b"end") and not _PICTURE.search(head, max(0, begin)):
            yield int(named[1]) if named else 0, head[max(0, begin) :], match.end()


def _unpacked(data: bytes, start: int, head: bytes, most: int, *, locked: bool) -> bytes:
    """Return what comes out, cut off one byte over the most; b"" of what cannot be told."""
    filters = _filters(head)
    if locked or (b"/Filter" in head and not filters):
        return b""
    end = data.find(b"endstream", start)
    plain = filters and filters[0] in _FLATE
    packed: bytes | memoryview = memoryview(data)[start:] if plain else data[start:end]
    for name in filters:
        packed = _inflated(packed, most) if name in _FLATE else _from_letters(name, packed)
        if not packed or len(packed) > most:
            break
    return bytes(packed[: most + 1])


def _filters(head: bytes) -> list[bytes]:
    """Return a stream's filters in order, as far as they are undone here."""
    found = _FILTERS.search(head)
    names = _NAME.findall(found[1] or found[2])[:_ROUNDS] if found else []
    return list(takewhile(lambda name: name in _FLATE | _LETTERS, names))


def _inflated(packed: bytes | memoryview, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(packed, most + 1)
    except zlib.error as error:
        if _lacks_only_its_checksum(packed, most):
            return b""
        raise Unreadable("damaged", "stream") from error
    if len(content) <= most and not unpacker.eof:
        raise Unreadable("damaged", "stream")
    return content


def _from_letters(name: bytes, packed: bytes | memoryview) -> bytes:
    """Undo what makes bytes into letters (ISO 32000-1 §7.4.2 and 3)."""
    text = b"".join(bytes(packed).split())
    try:
        if name in {b"ASCII85Decode", b"A85"}:
            return base64.a85decode(text.removeprefix(b"<~").partition(b"~")[0])
        digits = text.partition(b">")[0]
        return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    except ValueError as error:
        raise Unreadable("damaged", "stream") from error


def _lacks_only_its_checksum(packed: bytes | memoryview, most: int) -> bool:
    """Tell a stream that was written without its last four bytes from a broken one."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacker.decompress(packed[2:], most + 1)
    except zlib.error:
        return False
    return unpacker.eof and unpacker.unused_data.lstrip().startswith(b"endstream")
