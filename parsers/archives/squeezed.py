"""One file squeezed by gzip, bzip2 or xz: often a tar, which is then opened in its turn."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, cast

from parsers.archives.member import Member
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDINGS = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
_SQUEEZED = (".gz", ".bz2", ".xz")
_MEMORY = 128 << 20  # bytes an xz may ask for
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)


def squeezed_member(data: bytes, name: str) -> Iterator[Member]:
    """Yield the one file, called as the archive is without its ending."""
    yield Member(_inner_name(name), None, len(data), partial(_read, data))


def _inner_name(name: str) -> str:
    for ending, other in _ENDINGS.items():
        if name.lower().endswith(ending):
            return name[: -len(ending)] + other
    for ending in _SQUEEZED:
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name


def _read(data: bytes, most: int) -> bytes:
    try:
        with _opened(data) as stream:
            return stream.read(most)
    except MemoryError as error:
        raise Unreadable("too-large", "memory") from error
    except _BROKEN as error:
        raise Unreadable("damaged", type(error).__name__) from error


def _opened(data: bytes) -> BinaryIO:
    if data.startswith(b"\x1f\x8b"):
        return cast("BinaryIO", gzip.GzipFile(fileobj=io.BytesIO(data)))
    if data.startswith(b"BZh"):
        return cast("BinaryIO", bz2.BZ2File(io.BytesIO(data)))
    return cast("BinaryIO", lzma.LZMAFile(io.BytesIO(data)))
