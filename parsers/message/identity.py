"""What makes two arrivals one mail: its content without the traces of its way."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from parsers.message.headers import read_headers

if TYPE_CHECKING:
    from collections.abc import Iterator

# Only what the sender wrote: relays add Received, Delivered-To, X-*, Authentication-Results and
# even Sender (NetEase), and refold what they pass on.
_KEPT = frozenset(
    [
        "from",
        "to",
        "cc",
        "subject",
        "date",
        "message-id",
        "in-reply-to",
        "references",
        "reply-to",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
        "content-disposition",
    ]
)
_SPACE = re.compile(rb"\s+")
_LONE_CR = re.compile(rb"\r(?!\n)")
PIECE = 1 << 20
"""Bytes of a piece of a mail; a header is looked for in the first one."""


def content_key(raw: bytes) -> str:
    """SHA-256 in hex over the written headers and the body, line ends made equal."""
    return key_of(raw[start : start + PIECE] for start in range(0, len(raw), PIECE))


def key_of(pieces: Iterator[bytes]) -> str:
    """Return the same of a mail that is read PIECE by PIECE."""
    identity = Identity(next(pieces, b""))
    for piece in pieces:
        identity.update(piece)
    return identity.hexdigest()


class Identity:
    """The content key of a mail that comes in pieces, of which the first is PIECE long."""

    def __init__(self, first: bytes) -> None:
        headers, body = read_headers(first, 0, len(first))
        self._digest = hashlib.sha256()
        for name, value in sorted(headers.fields):
            if name in _KEPT:
                self._digest.update(name.encode() + b":" + _SPACE.sub(b"", value) + b"\n")
        self._digest.update(b"\n")
        self._whole = self._digest.copy()  # with the line breaks, which count if text follows
        self._held = b""
        self.update(first[body:])

    def update(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        text = self._held + piece
        self._held = b"\r" if text.endswith(b"\r") else b""
        text = with_equal_line_ends(text[: len(text) - len(self._held)])
        last = len(text.rstrip(b"\r\n"))
        self._whole.update(text[:last])
        if last:
            self._digest = self._whole.copy()
        self._whole.update(text[last:])

    def hexdigest(self) -> str:
        """Return the key of what has come so far."""
        return self._digest.hexdigest()


def with_equal_line_ends(text: bytes) -> bytes:
    """Make CRLF LF; to take out each CR costs a third of looking for pairs, where all are pairs."""
    return text.replace(b"\r\n", b"\n") if _LONE_CR.search(text) else text.replace(b"\r", b"")
