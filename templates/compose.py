"""How a rendered letter becomes the bytes of a mail that any client threads and shows right.

Written by hand over RFC 5322, 2045-2047, 2231 and 3834: the standard library folds long
Message-IDs into encoded words, which breaks threading in Outlook, writes names as RFC 2231
continuations, which QQ shows as tcmime.bin, and its output differs between Python versions,
while a stored letter must stay the same.
"""

from __future__ import annotations

import base64
import hashlib
import re
from email.utils import format_datetime
from functools import lru_cache
from itertools import chain
from struct import Struct
from typing import TYPE_CHECKING, Literal

from templates.headers import encoded, is_address, is_message_id, mailbox, parameter, percent
from templates.names import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from templates.render import Letter
    from templates.views import Attachment

Automatic = Literal["auto-replied", "auto-generated"]
_MOST_REFERENCES = 12
_LINE = 76  # characters of base64, RFC 2045 §6.8
_PAGE = Struct(f"{_LINE}s" * 32)
_LOOP_TOKEN = re.compile(r"[A-Za-z0-9._-]{1,200}")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")


def compose(  # noqa: PLR0913 - each is one header of the mail
    letter: Letter,
    *,
    sender_name: str,
    sender_address: str,
    recipients: Sequence[str],
    message_id: str,
    date: datetime,
    loop_token: str,
    automatic: Automatic = "auto-replied",
    in_reply_to: str | None = None,
    references: Sequence[str] = (),
    reply_to: str | None = None,
) -> bytes:
    """Return the mail; the same arguments always give the same bytes.

    What we choose ourselves (addresses, `message_id`, `loop_token`, an aware `date`) must be
    well formed, else ValueError. What a stranger chose (`in_reply_to`, `references`) is left
    out when it is not.
    """
    _check(sender_address, *recipients, *([reply_to] if reply_to else []))
    if not recipients:
        raise ValueError("a letter needs a recipient")
    if not is_message_id(message_id):
        raise ValueError(f"not a Message-ID: {message_id!r}")
    if not _LOOP_TOKEN.fullmatch(loop_token):
        raise ValueError(f"not a loop token: {loop_token!r}")
    if date.tzinfo is None:
        raise ValueError("a Date needs its zone")
    boundary = hashlib.sha256(message_id.encode("ascii")).hexdigest()[:24]
    head = [
        ("From", mailbox(sender_name, sender_address)),
        ("To", ",\r\n ".join(recipients)),
        *([("Reply-To", reply_to)] if reply_to else []),
        ("Subject", encoded(letter.subject, len("Subject: "))),
        ("Date", format_datetime(date)),
        ("Message-ID", message_id),
        *_thread(in_reply_to, references),
        ("Auto-Submitted", automatic),
        ("X-Auto-Response-Suppress", "All"),
        ("X-Shoubiao-Loop", loop_token),
        ("Content-Language", "zh-CN"),
        ("MIME-Version", "1.0"),
    ]
    return (_lines(head) + _body(letter, boundary)).encode("ascii")


def _check(*addresses: str) -> None:
    for address in addresses:
        if not is_address(address):
            raise ValueError(f"not an address we can write to: {address!r}")


def _thread(in_reply_to: str | None, references: Sequence[str]) -> list[tuple[str, str]]:
    """Name the thread; RFC 5322 §3.6.4: the answered mail's own id comes last."""
    answered = in_reply_to if in_reply_to and is_message_id(in_reply_to) else None
    known = [one for one in references if is_message_id(one) and one != answered]
    chain = list(dict.fromkeys([*known, *([answered] if answered else [])]))
    if len(chain) > _MOST_REFERENCES:
        chain = [chain[0], *chain[1 - _MOST_REFERENCES :]]
    lines = [("In-Reply-To", answered)] if answered else []
    return [*lines, ("References", "\r\n ".join(chain))] if chain else lines


def _body(letter: Letter, boundary: str) -> str:
    twins = _multipart(
        "alternative", f"=_a{boundary}", (_text("plain", letter.text), _text("html", letter.html))
    )
    if not letter.attachments:
        return twins
    files = (_file(attachment) for attachment in letter.attachments)
    return _multipart("mixed", f"=_m{boundary}", (twins, *files))


def _multipart(subtype: str, boundary: str, parts: Iterable[str]) -> str:
    """Join parts; base64 has no underscore, so a boundary with one never occurs inside."""
    head = _lines([("Content-Type", f'multipart/{subtype};\r\n boundary="{boundary}"')])
    inside = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f"{head}\r\n{inside}--{boundary}--\r\n"


def _text(subtype: str, text: str) -> str:
    """Write a rendered text, in which LF alone ends a line."""
    data = text.encode("utf-8", "replace").removesuffix(b"\n") + b"\n"
    folded = _folded(data.replace(b"\n", b"\r\n"))
    return _leaf([("Content-Type", f'text/{subtype}; charset="utf-8"')], folded)


def _file(attachment: Attachment) -> str:
    name = safe_name(attachment.name)
    known = _MEDIA_TYPE.fullmatch(attachment.media_type)
    media_type = attachment.media_type if known else "application/octet-stream"
    headers = [
        ("Content-Type", f"{media_type};\r\n {parameter('name', name)}"),
        ("Content-Disposition", f"attachment;\r\n {percent('filename', name)}"),
    ]
    fold = _folded_blank if attachment.blank else _folded
    return _leaf(headers, fold(attachment.data))


def _leaf(headers: list[tuple[str, str]], folded: str) -> str:
    return f"{_lines([*headers, ('Content-Transfer-Encoding', 'base64')])}\r\n{folded}\r\n"


def _folded(data: bytes) -> str:
    """Write base64 in lines; pages of them are cut at once, which takes half as long."""
    text = base64.b64encode(data)
    paged = len(text) - len(text) % _PAGE.size
    lines = [*chain.from_iterable(_PAGE.iter_unpack(text[:paged]))]
    lines += [text[at : at + _LINE] for at in range(paged, len(text), _LINE)]
    return b"\r\n".join(lines).decode("ascii")


_folded_blank = lru_cache(maxsize=32)(_folded)  # of a form, some 100 KB


def _lines(headers: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers)
