"""Members of a tar; links and devices are none."""

from __future__ import annotations

import io
import tarfile
from functools import partial
from typing import TYPE_CHECKING

from parsers.archives.member import Member
from parsers.charsets import decode_raw
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_BROKEN = (tarfile.TarError, OSError, EOFError, ValueError, OverflowError, IndexError, KeyError)


def tar_members(data: bytes, _: str) -> Iterator[Member]:
    """Yield the members as they follow one another."""
    try:
        with tarfile.open(
            fileobj=io.BytesIO(data), mode="r:", encoding="utf-8", errors="surrogateescape"
        ) as archive:
            headers: list[tarfile.TarInfo] = archive.__dict__["members"]
            while (info := archive.next()) is not None:
                headers.clear()  # else every header ever read is kept
                if info.isreg():
                    name = decode_raw(info.name.encode("utf-8", "surrogateescape"))
                    # a sparse member states more than it takes
                    packed = None if info.issparse() else info.size
                    yield Member(name, info.size, packed, partial(_read, archive, info))
    except _BROKEN as error:
        raise Unreadable("damaged", type(error).__name__) from error


def _read(archive: tarfile.TarFile, info: tarfile.TarInfo, most: int) -> bytes:
    try:
        member = archive.extractfile(info)
        data = member.read(most) if member is not None else b""
    except _BROKEN as error:
        raise Unreadable("damaged", type(error).__name__) from error
    if len(data) < min(info.size, most):
        raise Unreadable("damaged", "cut off")
    return data
