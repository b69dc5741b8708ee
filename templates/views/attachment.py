"""What goes out with a letter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that goes out with a letter; `name` is what the recipient sees.

    `blank` says that the same bytes go out with many letters.
    """

    name: str
    data: bytes
    media_type: str
    blank: bool = False
