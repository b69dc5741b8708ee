"""Which characters a font's codes stand for, by its ToUnicode map (ISO 32000-1 §9.10.3)."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

_SECTION = re.compile(
    rb"(?:(\d{1,6})\s+)?begin(bfchar|bfrange)\b(.*?)(?:end(bfchar|bfrange)\b|$)", re.DOTALL
)
_STRING = rb"<\s*((?:[0-9A-Fa-f]{2}\s*)*)>\s*"
_ONE = re.compile(_STRING + rb"(?:" + _STRING + rb"|/\S+\s*)")
_RANGE = re.compile(_STRING * 2 + rb"(?:" + _STRING + rb"|\[\s*((?:" + _STRING + rb")*)\]\s*)")
_LISTED = re.compile(_STRING)


class Torn(Exception):  # noqa: N818 - no fault of a program but what a damaged map is
    """A map whose entries are cut, lost or of no known shape."""


@dataclass(slots=True)
class CodeMap:
    """Code → text, as written: few of its codes are ever asked for."""

    chars: dict[int, bytes] = field(default_factory=dict)
    ranges: list[tuple[int, int, bytes]] = field(default_factory=list)  # first, last, text

    def text(self, code: int) -> str | None:
        """Return what a code stands for; None when the map does not say."""
        if code in self.chars:
            return _decoded(self.chars[code], 0)
        at = bisect_right(self.ranges, code, key=lambda entry: entry[0]) - 1
        first, last, text = self.ranges[at] if at >= 0 else (0, -1, b"")
        return _decoded(text, code - first) if code <= last else None


def read_map(content: bytes) -> CodeMap:
    """Read a map; Torn when nobody can tell what some of its codes stand for."""
    found = CodeMap()
    for declared, kind, body, end in _SECTION.findall(content):
        pattern, take = (_ONE, _take_one) if kind == b"bfchar" else (_RANGE, _take_range)
        entries = pattern.findall(body)
        if end != kind or len(entries) < int(declared or 0) or pattern.sub(b"", body).strip():
            raise Torn
        for entry in entries:
            take(found, *entry)
    found.ranges.sort()
    return found


def _take_one(found: CodeMap, code: bytes, text: bytes) -> None:
    found.chars[int(code.translate(None, b" \r\n\t") or b"0", 16)] = text


def _take_range(
    found: CodeMap, first: bytes, last: bytes, text: bytes, listed: bytes, _: bytes
) -> None:
    low, high = (int(b"".join(code.split()) or b"0", 16) for code in (first, last))
    if listed:
        for code, one in zip(range(low, high + 1), _LISTED.findall(listed), strict=False):
            found.chars[code] = one
    else:
        found.ranges.append((low, high, text))


def _decoded(digits: bytes, step: int) -> str:
    """Return the text whose last unit is so many steps further on."""
    text = bytes.fromhex(digits.decode("ascii"))
    if len(text) < 2:
        return chr(text[0] + step) if text else ""
    unit = (int.from_bytes(text[-2:]) + step) & 0xFFFF
    return (text[:-2] + unit.to_bytes(2)).decode("utf-16-be", "replace")
