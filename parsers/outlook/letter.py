"""A letter as Outlook keeps it, and how it reads as the mail it once was.

Written as a mail it takes the one road all mails take: names, bodies, tables, limits.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from parsers.mail import LOOP_HEADER
from parsers.names import one_line
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 10
MAX_BYTES = 160 << 20  # of one letter, enclosed ones included


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An attachment: bytes, or a letter in the letter. `cid` is there when the HTML shows it."""

    name: str
    content: bytes | Letter
    cid: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """Sender, subject and bodies as text, and what is enclosed; `ours` when we once sent it."""

    subject: str = ""
    sender: str = ""
    address: str = ""
    text: str = ""
    html: str = ""
    enclosed: tuple[Enclosed, ...] = ()
    ours: bool = False


def as_mail(letter: Letter) -> bytes:
    """Return the letter as MIME, its parts unencoded."""
    return b"".join(_mail(letter, 0))


def check_size(pieces: int, depth: int) -> None:
    """Stop at more bytes or deeper letters than anyone sends."""
    if pieces > MAX_BYTES:
        raise Unreadable("too-large", "bytes")
    if depth > MAX_DEPTH:
        raise Unreadable("too-deep", "letters")


def _mail(letter: Letter, depth: int) -> Iterator[bytes]:
    boundary = f"=_{depth}_{_identity(letter)}"
    yield _headers(letter, boundary)
    for kind, body in (("text/plain", letter.text), ("text/html", letter.html)):
        if body:
            yield f"--{boundary}\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n".encode()
            yield body.encode("utf-8", "replace") + b"\r\n"
    for enclosed in letter.enclosed:
        yield f"--{boundary}\r\n{_named(enclosed)}\r\n".encode()
        if isinstance(enclosed.content, Letter):
            yield from _mail(enclosed.content, depth + 1)
        else:
            yield enclosed.content
        yield b"\r\n"
    yield f"--{boundary}--\r\n".encode()


def _identity(letter: Letter) -> str:
    digest = hashlib.sha256(letter.text.encode("utf-8", "replace"))
    for enclosed in letter.enclosed:
        data = enclosed.content if isinstance(enclosed.content, bytes) else b""
        digest.update(len(data).to_bytes(8, "big") + data[:4096] + data[-4096:])
    return digest.hexdigest()[:40]


def _headers(letter: Letter, boundary: str) -> bytes:
    sender = one_line(letter.sender).replace('"', "'")
    lines = [
        f"Subject: {one_line(letter.subject)}",
        f'From: "{sender}" <{one_line(letter.address)}>' if letter.address else "",
        f"{LOOP_HEADER}: yes" if letter.ours else "",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{boundary}"',
    ]
    return ("\r\n".join(filter(None, lines)) + "\r\n\r\n").encode("utf-8", "replace")


def _named(enclosed: Enclosed) -> str:
    nested = isinstance(enclosed.content, Letter)
    name = quote(one_line(enclosed.name).encode("utf-8", "replace"), safe="")
    cid = f"Content-ID: <{one_line(enclosed.cid)}>\r\n" if enclosed.cid else ""
    return (
        f"Content-Type: {'message/rfc822' if nested else 'application/octet-stream'}\r\n"
        f"Content-Disposition: attachment; filename*=UTF-8''{name}\r\n"
        f"Content-Transfer-Encoding: binary\r\n{cid}"
    )
