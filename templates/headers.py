"""What may stand in a header of ours, and how text that is not ASCII is written there."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

from templates.words import clean, shorten

# Printable ASCII without spaces and angle brackets. `=?` would open an encoded word, which a
# careless parser decodes into a second header (CVE-2024-6923); a lone `=` is in every Gmail id.
_MESSAGE_ID = re.compile(r"<(?!.*=\?)[!-;=?-~]{1,250}>")
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?"
)
_WORD_BYTES = 45  # 60 characters in base64, 72 as an encoded word (RFC 2047 §2: at most 75)
_LONGEST_SENDER = 40
_FIRST_LINE = 76
_PLAIN = re.compile(r"[A-Za-z0-9 ,.()\[\]#+_-]*")


def is_message_id(text: str) -> bool:
    """Whether `text` is one id that can be written as it is, whatever parses it later."""
    return _MESSAGE_ID.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether `text` is one bare ASCII address."""
    return _ADDRESS.fullmatch(text) is not None and ".." not in text and "=?" not in text


def encoded(text: str, used: int = 0) -> str:
    """Write unstructured text (RFC 2047), folded; `used` characters stand before it."""
    line = clean(text)
    if _PLAIN.fullmatch(line) and used + len(line) <= _FIRST_LINE:
        return line
    return "\r\n ".join(_words(line))


def mailbox(name: str, address: str) -> str:
    """Write a display name and its address; only the name is ever encoded."""
    shown = shorten(name, _LONGEST_SENDER)
    if not shown:
        return address
    if _PLAIN.fullmatch(shown):
        return f'"{shown}" <{address}>'
    return "\r\n ".join((*_words(shown), f"<{address}>"))


def parameter(key: str, value: str) -> str:
    """Write a parameter as QQ, Foxmail and old Outlook read it: encoded words in quotes."""
    if _PLAIN.fullmatch(value):
        return f'{key}="{value}"'
    words = "\r\n ".join(_words(value))
    return f'{key}="{words}"'


def percent(key: str, value: str) -> str:
    """Write a parameter by RFC 2231, in one piece: continuations are what clients stumble over."""
    if _PLAIN.fullmatch(value):
        return f'{key}="{value}"'
    return f"{key}*=UTF-8''{quote(value, safe='')}"


def _words(text: str) -> list[str]:
    """Cut into encoded words of whole characters."""
    pieces: list[bytes] = [b""]
    for character in text:
        data = character.encode("utf-8")
        if len(pieces[-1]) + len(data) > _WORD_BYTES:
            pieces.append(b"")
        pieces[-1] += data
    return [f"=?utf-8?B?{base64.b64encode(piece).decode('ascii')}?=" for piece in pieces]
