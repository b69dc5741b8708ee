"""What every archive tells of a member before its bytes are taken out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; folders are left out by the openers.

    `size` and `packed` are what the archive states, None where it states nothing. `read` returns
    at most so many bytes, once and before the next member is asked for; it raises Unreadable.
    `problem` is why it cannot be read at all.
    """

    name: str
    size: int | None
    packed: int | None
    read: Callable[[int], bytes]
    problem: str | None = None


def nothing(_: int) -> bytes:
    """Read a member that has a problem."""
    return b""
