"""Members of a 7z."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.archives.streamed import streamed_members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.archives.member import Member


def seven_members(data: bytes, _: str) -> Iterator[Member]:
    """Yield the members; Unreadable("encrypted") when even their names are locked."""
    return streamed_members(data, "7zip")
