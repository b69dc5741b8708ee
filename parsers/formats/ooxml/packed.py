"""A small part as it lies packed in its zip, by which what it says is known without unpacking it.

All copies of one blank have the same styles and relationships, packed to the same bytes. A pure
function of a `Packed` may keep its latest answers; what it answers never depends on the file.
"""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple

from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PACKED, MAX_SIZE = 1 << 16, 500_000  # of a part that is remembered; a blank's are a tenth
MOST = 16  # answers one function keeps
_LENGTHS = struct.Struct("<HH")  # of a local header's name and extra field, 26 bytes into it
_LOCAL = struct.Struct("<4s22xHH")  # a local header: its mark, and these lengths
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_SPECIAL = 0x61  # flags of what is encrypted or patched
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


class Packed(NamedTuple):
    """A member's packed bytes, and what the zip's directory says of them."""

    name: str
    method: int
    checksum: int
    size: int
    content: bytes

    def read(self) -> bytes:
        """Return the part's bytes; Unreadable when they are broken."""
        info = zipfile.ZipInfo(self.name)
        info.compress_type, info.CRC = self.method, self.checksum
        info.compress_size, info.file_size = len(self.content), self.size
        with translated(), zipfile.ZipExtFile(io.BytesIO(self.content), "r", info) as stream:
            return stream.read(MAX_SIZE + 1)


def begins_plainly(data: bytes, info: zipfile.ZipInfo) -> bool:
    """Tell whether `zipfile` would find nothing amiss with a member's local header."""
    start = info.header_offset
    if info.flag_bits & _SPECIAL or info.compress_type not in _METHODS:
        return False
    if not 0 <= start <= len(data) - _LOCAL.size:
        return False
    mark, length, _ = _LOCAL.unpack_from(data, start)
    name = data[start + _LOCAL.size : start + _LOCAL.size + length]
    return mark == b"PK\x03\x04" and name.isascii() and name.decode() == info.orig_filename


def packed_member(data: bytes, info: zipfile.ZipInfo) -> Packed | None:
    """Return a member whose local header is sound; None when it is not small, or cut off."""
    if info.compress_size > MAX_PACKED or info.file_size > MAX_SIZE:
        return None
    start = info.header_offset + 30 + sum(_LENGTHS.unpack_from(data, info.header_offset + 26))
    content = data[start : start + info.compress_size]
    if len(content) < info.compress_size:
        return None
    return Packed(info.filename, info.compress_type, info.CRC, info.file_size, content)


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn what zipfile and zlib raise on broken bytes into Unreadable."""
    try:
        yield
    except _BROKEN as error:
        raise Unreadable("damaged", f"{type(error).__name__}: {error}") from error
