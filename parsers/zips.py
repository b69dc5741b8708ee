"""What a zip's directory says, read within limits and never believed without them."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

from parsers.charsets import decode_raw
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DIRECTORY = 2 << 20  # bytes of central directory: some 20,000 members

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LOCATOR64 = b"PK\x06\x07"
_MEMBER = b"PK\x01\x02"
_END_RECORD = struct.Struct("<4s4H2IH")  # of 22 bytes
_ENTRY = struct.Struct("<4s2xB21x3H12x")  # of 46; the version, three lengths
_UNICODE_PATH = 0x7075


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a zip; Unreadable("damaged") or Unreadable("too-large") for its list of members."""
    if _directory_size(data) > MAX_DIRECTORY:
        raise Unreadable("too-large", "members")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise Unreadable("damaged", type(error).__name__) from error


def member_names(data: bytes) -> frozenset[str]:
    """Names in a zip, also of a damaged one from what its local headers still tell."""
    plain = _plain_names(data)
    if plain is not None:
        return plain
    try:
        with open_zip(data) as archive:
            return frozenset(info.filename.replace("\\", "/") for info in archive.infolist())
    except Unreadable:
        return frozenset(_local_names(data))


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name: UTF-8 where the zip says so, else GBK as Chinese Windows writes."""
    if info.flag_bits & 0x800:
        return info.filename
    stated = _unicode_path(info.extra)
    if stated:
        return decode_raw(stated)
    try:
        return decode_raw(info.filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename


def _directory_size(data: bytes) -> int:
    tail = data[-66_000:]
    at, at64 = tail.rfind(_END), tail.rfind(_END64)
    size = struct.unpack_from("<I", tail, at + 12)[0] if 0 <= at <= len(tail) - 16 else 0
    if 0 <= at64 <= len(tail) - 56:
        size = max(struct.unpack_from("<Q", tail, at64 + 40)[0], size if size < 0xFFFFFFFF else 0)
    return int(size)


def _plain_names(data: bytes) -> frozenset[str] | None:
    """Return the names of a zip as office programs write it; None when `zipfile` must look.

    That is what has a comment, extra fields, a name that is not ASCII, or is ZIP64.
    """
    end = len(data) - _END_RECORD.size
    if end < 0 or data[end - 20 : end - 16] == _LOCATOR64:
        return None
    mark, *numbers, size, at, comment = _END_RECORD.unpack_from(data, end)
    if mark != _END or any(numbers[:2]) or comment or at + size != end or size > MAX_DIRECTORY:
        return None
    names: list[str] = []
    while at < end:
        if at + _ENTRY.size > end:
            return None
        mark, version, length, extra, comment = _ENTRY.unpack_from(data, at)
        name = data[at + _ENTRY.size : at + _ENTRY.size + length]
        if mark != _MEMBER or version > zipfile.MAX_EXTRACT_VERSION or extra or comment:
            return None
        if not name.isascii() or b"\0" in name:
            return None
        names.append(name.decode("ascii").replace("\\", "/"))
        at += _ENTRY.size + length
    return frozenset(names) if at == end else None


def _local_names(data: bytes) -> Iterator[str]:
    """Names in local file headers, for a zip whose directory was cut off."""
    at = data.find(b"PK\x03\x04")
    for _ in range(200):
        if at < 0 or at + 30 > len(data):
            return
        length = struct.unpack_from("<H", data, at + 26)[0]
        yield decode_raw(data[at + 30 : at + 30 + length]).replace("\\", "/")
        at = data.find(b"PK\x03\x04", at + 30)


def _unicode_path(extra: bytes) -> bytes:
    """Info-ZIP's Unicode path field: version, CRC-32 of the other name, UTF-8 name."""
    at = 0
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<HH", extra, at)
        if tag == _UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size]
        at += 4 + size
    return b""
