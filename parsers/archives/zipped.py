"""Members of a zip; those packed as only newer programs do are taken out by libarchive."""

from __future__ import annotations

import struct
import zipfile
import zlib
from functools import partial
from typing import TYPE_CHECKING

from parsers.archives.member import Member
from parsers.archives.streamed import streamed_members
from parsers.unreadable import Unreadable
from parsers.zips import member_name, open_zip

if TYPE_CHECKING:
    from collections.abc import Iterator

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)
_HEADER = 30  # bytes of a local header, before the name
_KNOWN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})


def zip_members(data: bytes, _: str) -> Iterator[Member]:
    """Yield the members in the directory's order; Unreadable when it cannot be read."""
    with open_zip(data) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                problem = "encrypted" if info.flag_bits & 0x1 else None
                known = info.compress_type in _KNOWN
                read = partial(_read, archive, info) if known else partial(_stream, data, info)
                yield Member(member_name(info), info.file_size, info.compress_size, read, problem)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(info) as member:
            return member.read(most)
    except (NotImplementedError, RuntimeError) as error:
        raise Unreadable("unsupported", type(error).__name__) from error
    except _BROKEN as error:
        raise Unreadable("damaged", type(error).__name__) from error


def _stream(data: bytes, info: zipfile.ZipInfo, most: int) -> bytes:
    """Read a member cut out with its own header, beside no other that could be taken for it."""
    start = info.header_offset
    if len(data) < start + _HEADER:
        raise Unreadable("damaged", "cut off")
    lengths = struct.unpack_from("<HH", data, start + _HEADER - 4)  # of its name, of extra fields
    alone = data[start : start + _HEADER + sum(lengths) + info.compress_size]
    members = streamed_members(alone, "zip")  # which must not end before its member is read
    taken = next((member.read(most) for member in members), b"")
    if info.file_size <= most and (len(taken), zlib.crc32(taken)) != (info.file_size, info.CRC):
        raise Unreadable("damaged", "checksum")
    return taken
