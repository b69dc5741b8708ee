"""What may stand in a header of ours, and how text that is not ASCII is written there."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from urllib.parse import quote

from templates.words import clean, shorten

# Printable ASCII without spaces and angle brackets. `=?` would open an encoded word, which a
# careless parser decodes into a second header (CVE-2024-6923); a lone `=` is in every Gmail id.
_MESSAGE_ID = re.compile(r"<(?!.*=\?)[!-;=?-~]{1,250}>")
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?"
)
_OPENS, _CLOSES = "=?utf-8?B?", "?="
_LONGEST_SENDER = 40
_LINE = 76
_CONTINUES = 0x80  # the two highest bits of a byte inside a character of UTF-8
_PLAIN = re.compile(r"[A-Za-z0-9 ,.()\[\]#+_-]*")


def is_message_id(text: str) -> bool:
    """Whether `text` is one id that can be written as it is, whatever parses it later."""
    return _MESSAGE_ID.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether `text` is one bare ASCII address."""
    return _ADDRESS.fullmatch(text) is not None and ".." not in text and "=?" not in text


def encoded(text: str, used: int = 0) -> str:
    """Write unstructured text (RFC 2047), folded; `used` characters stand before it."""
    line = _wordless(text)
    if _PLAIN.fullmatch(line) and used + len(line) <= _LINE:
        return line
    return "\r\n ".join(_words(line, used))


@lru_cache(maxsize=64)  # of our own senders
def mailbox(name: str, address: str) -> str:
    """Write a display name and its address; only the name is ever encoded."""
    shown = shorten(_wordless(name), _LONGEST_SENDER)
    if not shown:
        return address
    if _PLAIN.fullmatch(shown):
        return f'"{shown}" <{address}>'
    return "\r\n ".join((*_name_words(shown), f"<{address}>"))


def parameter(key: str, value: str) -> str:
    """Write a parameter as QQ, Foxmail and old Outlook read it: encoded words in quotes."""
    value = _wordless(value)
    if _PLAIN.fullmatch(value):
        return f'{key}="{value}"'
    words = "\r\n ".join(_words(value, len(key) + 4))  # a space, =, two quotes
    return f'{key}="{words}"'


def percent(key: str, value: str) -> str:
    """Write a parameter by RFC 2231, in one piece: continuations are what clients stumble over."""
    if _PLAIN.fullmatch(value):
        return f'{key}="{value}"'
    return f"{key}*=UTF-8''{quote(value, safe='')}"


def _wordless(text: str) -> str:
    """Clean text, and part what would be an encoded word to a program that decodes twice.

    Python before 3.11.10 does when it copies a parsed header (facts/reliability.md §0.1).
    """
    return clean(text).replace("=?", "= ?")


def _name_words(name: str) -> list[str]:
    """Prefer one word: some parsers, Python's among them, show the gap between two in a name.

    GB 18030, which QQ writes too, fits half as many Chinese characters again into a word.
    """
    word = f"=?gb18030?B?{_base64(name.encode('gb18030'))}?="
    several = _words(name, len("From: "))
    return [word] if len(several) > 1 and len("From: ") + len(word) <= _LINE else several


def _words(text: str, used: int = 1) -> list[str]:
    """Cut into encoded words of whole characters, the first one beside `used` characters."""
    pieces: list[bytes] = []
    rest = text.encode("utf-8")
    while len(rest) > (room := _room(1 if pieces else used)):
        end = next(end for end in range(room, -1, -1) if rest[end] & 0xC0 != _CONTINUES)
        pieces.append(rest[:end])
        rest = rest[end:]
    return [f"{_OPENS}{_base64(piece)}{_CLOSES}" for piece in (*pieces, rest)]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _room(used: int) -> int:
    """Return how many bytes fit into one encoded word on a line (RFC 2047 §2: 76 characters)."""
    return (_LINE - used - len(_OPENS) - len(_CLOSES)) // 4 * 3
