"""Members of a zip."""

from __future__ import annotations

import zipfile
import zlib
from functools import partial
from typing import TYPE_CHECKING

from parsers.archives.member import Member
from parsers.unreadable import Unreadable
from parsers.zips import member_name, open_zip

if TYPE_CHECKING:
    from collections.abc import Iterator

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)


def zip_members(data: bytes, _: str) -> Iterator[Member]:
    """Yield the members in the directory's order; Unreadable when it cannot be read."""
    with open_zip(data) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                problem = "encrypted" if info.flag_bits & 0x1 else None
                read = partial(_read, archive, info)
                yield Member(member_name(info), info.file_size, info.compress_size, read, problem)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(info) as member:
            return member.read(most)
    except (NotImplementedError, RuntimeError) as error:
        raise Unreadable("unsupported", type(error).__name__) from error
    except _BROKEN as error:
        raise Unreadable("damaged", type(error).__name__) from error
