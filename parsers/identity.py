"""What makes two arrivals one mail: its content without the traces of its way."""

from __future__ import annotations

import hashlib
import re

from parsers.headers import read_headers

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
_CHUNK = 1 << 20


def content_key(raw: bytes) -> str:
    """SHA-256 in hex over the written headers and the body, line ends made equal."""
    headers, body = read_headers(raw, 0, len(raw))
    digest = hashlib.sha256()
    for name, value in sorted(headers.fields):
        if name in _KEPT:
            digest.update(name.encode() + b":" + _SPACE.sub(b"", value) + b"\n")
    _add_body(digest, raw, body)
    return digest.hexdigest()


def _add_body(digest: hashlib._Hash, raw: bytes, start: int) -> None:
    """Piece by piece, so that 68 MB are not copied; trailing line breaks do not count."""
    end = len(raw)
    while end > start and raw[end - 1] in b"\r\n":
        end -= 1
    digest.update(b"\n")
    while start < end:
        stop = min(end, start + _CHUNK)
        if raw[stop - 1 : stop] == b"\r":
            stop = min(end, stop + 1)
        digest.update(raw[start:stop].replace(b"\r\n", b"\n"))
        start = stop
