"""Members of the archives only libarchive opens, streamed so that a bomb is stopped."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from parsers.archives.member import Member
from parsers.charsets import decode_raw
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = 1 << 16
_LOCKED = ("encrypt", "passphrase", "password", "crypto codec")
_LACKING = ("unsupported", "not supported", "isn't supported", "unknown")


def streamed_members(data: bytes, form: str) -> Iterator[Member]:
    """Yield regular files; `form` is libarchive's name of the format (7zip, rar, rar5)."""
    library = _library()
    try:
        with library.memory_reader(data, format_name=form) as archive:
            for entry in archive:
                if entry.isfile:
                    read = functools.partial(_read, library, entry)
                    yield Member(_name(entry.pathname), entry.size, None, read)
    except library.ArchiveError as error:
        raise _refusal(error) from error


def _library() -> Any:
    """Load the system's libarchive, which Debian has in the package libarchive13."""
    try:
        import libarchive  # noqa: PLC0415 - it fails without the library, and few mails need it
    except (OSError, AttributeError, TypeError, ImportError) as error:
        raise Unreadable("unsupported", "libarchive13 is not installed") from error
    return libarchive


def _name(path: str | bytes | None) -> str:
    return decode_raw(path) if isinstance(path, bytes) else path or ""


def _read(library: Any, entry: Any, most: int) -> bytes:
    parts: list[bytes] = []
    length = 0
    try:
        for block in entry.get_blocks(_BLOCK):
            parts.append(block)
            length += len(block)
            if length >= most:
                break
    except library.ArchiveError as error:
        raise _refusal(error) from error
    if entry.size is not None and length > entry.size:  # of what only a warning was given
        raise Unreadable("damaged", "archive")
    return b"".join(parts)[:most]


def _refusal(error: Any) -> Unreadable:
    """Tell a lock from a format and from damage by what libarchive says."""
    said = str(getattr(error, "msg", "") or "")
    lower = said.lower()
    if any(word in lower for word in _LOCKED):
        return Unreadable("encrypted")
    if "memory" in lower:
        return Unreadable("too-large", "memory")
    return Unreadable("unsupported" if any(w in lower for w in _LACKING) else "damaged", "archive")
