"""On which line of a TOML file a setting stands, and where a full-width character spoils it."""

from __future__ import annotations

import re
from collections import Counter

Key = tuple[int | str, ...]
_TABLE = re.compile(r"\s*(\[\[?)\s*([\w.\s-]+?)\s*\]\]?\s*(?:#.*)?")
_PAIR = re.compile(r"\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*=")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")
_FULL_WIDTH = re.compile("[“”‘’，：＝［］【】｛｝（）；　＂＇]")


def line_of(text: str, key: Key) -> int | None:
    """Return the line of a setting, else of the nearest table around it; None where none is."""
    best, line = 0, None
    for number, there in _keys(text):
        shared = min(len(there), len(key))
        if shared > best and key[:shared] == there[:shared]:
            best, line = shared, number
    return line


def full_width(text: str, line: int) -> str:
    """Return the first full-width mark on a line that stands outside quotes and remarks, or ""."""
    lines = text.splitlines()
    bare = _QUOTED.sub("", lines[line - 1]) if 0 < line <= len(lines) else ""
    found = _FULL_WIDTH.search(bare)
    return found[0] if found else ""


def _keys(text: str) -> list[tuple[int, Key]]:
    keys: list[tuple[int, Key]] = []
    table: Key = ()
    counted = Counter[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE.fullmatch(line):
            table = _table(header[1], header[2], counted)
            keys.append((number, table))
        elif pair := _PAIR.match(line):
            keys.append((number, (*table, *_parts(pair[1]))))
    return keys


def _table(brackets: str, name: str, counted: Counter[str]) -> Key:
    """Return the key of a table: [[accounts]] is the next account, [accounts.budget] its own."""
    first, *rest = _parts(name)
    if brackets == "[[":
        counted[first] += 1
    return (first, counted[first] - 1, *rest) if counted[first] else (first, *rest)


def _parts(name: str) -> list[str]:
    return [part.strip() for part in name.split(".")]
