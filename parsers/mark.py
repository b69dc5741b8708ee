"""What a mark is: a place of a sender's own file as the reader named it, and what to say there."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.document import Place


@dataclass(frozen=True, slots=True)
class Mark:
    """One comment at one place; several at the same place become one."""

    place: Place
    comment: str
