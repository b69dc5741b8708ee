"""What an attachment may be called so that every client shows and saves it."""

from __future__ import annotations

from templates.words import clean

_LONGEST = 39  # mail.md §8.3: longer ones make trouble in old clients
_LONGEST_EXTENSION = 10
_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))
_NAMELESS = "file"


def safe_name(name: str) -> str:
    """Return a name of fewer than 40 characters that keeps its extension and holds no path."""
    line = clean(name).translate(_FORBIDDEN).strip(". ") or _NAMELESS
    stem, dot, extension = line.rpartition(".")
    if not dot or not stem or len(extension) > _LONGEST_EXTENSION:
        return line[:_LONGEST]
    return f"{stem[: _LONGEST - len(extension) - 1].rstrip()}.{extension}"
