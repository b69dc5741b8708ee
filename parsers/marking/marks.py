"""How a mark looks and whose it is, and how several at one place are said as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

AUTHOR = "收表"
INITIALS = "收"
FILL = "FFE699"
_Key = TypeVar("_Key")


def joined(marks: Iterable[tuple[_Key, str]]) -> dict[_Key, str]:
    """Join the comments of each target, in order, a line each."""
    texts: dict[_Key, list[str]] = {}
    for key, comment in marks:
        lines = texts.setdefault(key, [])
        text = clean(comment)
        if text not in lines:
            lines.append(text)
    return {key: "\n".join(lines) for key, lines in texts.items()}


def clean(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(
        character
        for character in text
        if character in "\n\t" or (character >= " " and not _forbidden(ord(character)))
    )


def _forbidden(code: int) -> bool:
    return 0xD800 <= code <= 0xDFFF or code in {0xFFFE, 0xFFFF}
