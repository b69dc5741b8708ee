"""The tree of a message's parts, as offsets into its raw bytes, limited in depth and number."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.message.headers import Headers, Value, parse_value, read_headers
from parsers.message.transfer import from_base64

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 20  # real mail stays under 8
MAX_PARTS = 1_000

_ENCODING = re.compile(r"[a-z0-9-]+")
_GUESS = re.compile(rb"^--([!-~]{1,200}?)(?:--)?[ \t]*\r?$", re.MULTILINE)
_DELIMITER_TAIL = re.compile(rb"(--)?[ \t]*(?:\r?\n|$)")


@dataclass(slots=True)
class Part:
    """One part: its headers, where its body lies in `raw`, and its children."""

    raw: bytes
    start: int
    end: int
    headers: Headers
    type: Value
    disposition: Value
    children: list[Part] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file name as sent, not yet a label: filename, else the type's name."""
        return self.disposition.parameters.get("filename") or self.type.parameters.get("name", "")

    @property
    def encoding(self) -> str:
        """The transfer encoding as stated, "" when none is."""
        match = _ENCODING.search(self.headers.get("content-transfer-encoding").lower())
        return match[0] if match else ""

    @property
    def is_encoded(self) -> bool:
        """Whether it states an encoding that `content` takes off."""
        return self.encoding.startswith(("base64", "quoted-printable"))

    def content(self) -> bytes:
        """Return the decoded body; damaged encodings give what they still hold."""
        encoding = self.encoding
        if encoding.startswith("base64"):
            return from_base64(self.raw, self.start, self.end)
        if encoding.startswith("quoted-printable"):
            return binascii.a2b_qp(self.raw[self.start : self.end])
        return self.raw[self.start : self.end]

    def walk(self) -> Iterator[Part]:
        """Yield this part and every part under it, in the order of the message."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class _Limits:
    """What is left to spend on one message, and what was cut off."""

    parts: int = MAX_PARTS
    flags: set[str] = field(default_factory=set)


def read_structure(raw: bytes) -> tuple[Part, frozenset[str]]:
    """Return the tree of `raw`, and "too-many-parts" or "too-deep" when it was cut."""
    raw = _with_line_ends(raw.removeprefix(b"\xef\xbb\xbf"))
    limits = _Limits()
    start = len(raw) - len(raw.lstrip(b"\r\n \t")) if raw[:1] in b"\r\n \t" else 0
    if raw.startswith(b"From ", start):
        start = raw.find(b"\n", start) + 1
    return _read_part(raw, start, len(raw), 0, limits), frozenset(limits.flags)


def _with_line_ends(raw: bytes) -> bytes:
    """Return a message with the line ends of mail, where a program wrote its own or too many."""
    if b"\n" not in raw:
        return raw.replace(b"\r", b"\n")
    first = raw.find(b"\n")
    return raw.replace(b"\r\r\n", b"\r\n") if raw[:first].endswith(b"\r\r") else raw


def _read_part(raw: bytes, start: int, end: int, depth: int, limits: _Limits) -> Part:
    headers, body = read_headers(raw, start, end)
    kind = parse_value(headers.get("content-type"))
    disposition = parse_value(headers.get("content-disposition"))
    part = Part(raw, body, end, headers, kind, disposition)
    if kind.main.startswith("multipart/"):
        _read_children(part, depth, limits)
    return part


def _read_children(part: Part, depth: int, limits: _Limits) -> None:
    if depth >= MAX_DEPTH:
        limits.flags.add("too-deep")
        return
    for start, end in _slices(part):
        if limits.parts <= 0:
            limits.flags.add("too-many-parts")
            return
        limits.parts -= 1
        part.children.append(_read_part(part.raw, start, end, depth + 1, limits))


def _slices(part: Part) -> Iterator[tuple[int, int]]:
    """Where each child lies; a boundary that is missing or never used is guessed."""
    declared = part.type.parameters.get("boundary", "").encode("utf-8", "replace").strip()
    if declared and _delimiter(part, declared, part.start):
        return _between(part, declared)
    guess = _GUESS.search(part.raw, part.start, min(part.end, part.start + 65_536))
    return _between(part, guess[1]) if guess else iter(())


def _between(part: Part, boundary: bytes) -> Iterator[tuple[int, int]]:
    found = _delimiter(part, boundary, part.start)
    while found:
        begin, closing = found[1], found[2]
        if closing:
            return
        found = _delimiter(part, boundary, begin)
        stop = _before_newline(part.raw, begin, found[0]) if found else part.end
        yield begin, stop


def _delimiter(part: Part, boundary: bytes, position: int) -> tuple[int, int, bool] | None:
    """Return the next delimiter line: its start, its end, and whether it closes."""
    marker = b"--" + boundary
    at = part.raw.find(marker, position, part.end)
    while at >= 0:
        if at == part.start or part.raw[at - 1 : at] == b"\n":
            tail = _DELIMITER_TAIL.match(part.raw, at + len(marker), part.end)
            if tail:
                return at, tail.end(), tail[1] is not None
        at = part.raw.find(marker, at + 1, part.end)
    return None


def _before_newline(raw: bytes, begin: int, end: int) -> int:
    """Step back over the line break that belongs to the delimiter (RFC 2046 §5.1.1)."""
    if end > begin and raw[end - 1 : end] == b"\n":
        end -= 1
    if end > begin and raw[end - 1 : end] == b"\r":
        end -= 1
    return end
