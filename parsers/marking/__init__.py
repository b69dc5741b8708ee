"""A sender's own file given back with cells highlighted and commented; one format per file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parsers.mark import Mark
from parsers.marking.docx import mark_docx
from parsers.marking.xlsx import mark_xlsx
from parsers.unreadable import Unreadable

__all__ = ["HAS_MARKER", "MARKERS", "Mark", "Marker", "mark"]


@dataclass(frozen=True, slots=True)
class Marker:
    """A format that can be marked: its `kind` as in `parsers.mail.File`, and the function."""

    kind: str
    mark: Callable[[bytes, Sequence[Mark]], bytes]


MARKERS: tuple[Marker, ...] = (
    Marker("docx", mark_docx),
    Marker("xlsx", mark_xlsx),
)
HAS_MARKER: frozenset[str] = frozenset(marker.kind for marker in MARKERS)


def mark(data: bytes, kind: str, marks: Sequence[Mark]) -> bytes | None:
    """Return a copy with the marks in it, all else byte for byte as sent.

    None when the kind cannot be marked, there is nothing to mark, or the file cannot be opened.
    """
    for marker in MARKERS:
        if marker.kind == kind and marks:
            return _guarded(marker, data, marks)
    return None


def _guarded(marker: Marker, data: bytes, marks: Sequence[Mark]) -> bytes | None:
    try:
        return marker.mark(data, marks)
    except (Unreadable, RecursionError):
        return None
