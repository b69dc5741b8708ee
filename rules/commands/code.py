"""The code on a button: proof that its sender reads the address it was sent to (promise P7).

From proves nothing (facts/mail.md §6), so whatever changes something carries a code: until when it
holds, a salt, and an HMAC over campaign, command, recipient and those two. 25 characters, short
enough for the subject of a mailto link, of an alphabet that survives being typed off.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.commands.command import Command

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH = 25
_STAMP, _SALT, _MAC = 5, 4, 16  # characters of five bits: 80 bits of HMAC
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_MISREAD = str.maketrans("OIL", "011")


def sign(  # noqa: PLR0913, PLR0917 - each is part of what the code proves
    key: bytes, campaign: str, command: Command, recipient: str, until: datetime, occasion: str
) -> str:
    """Return the code of a command; another `occasion` gives another code for the same one.

    It holds for a mail received before `until`, rounded up to a minute.
    """
    minutes = -((_EPOCH - until) // _MINUTE)
    head = _letters(minutes, _STAMP) + _digest(key, f"salt|{occasion}", _SALT)
    return head + _mac(key, campaign, command, recipient, head)


def is_signed(key: bytes, campaign: str, command: Command, recipient: str, code: str) -> bool:
    """Say whether a tidy code is this command's, in constant time."""
    if not is_code(code):
        return False
    head = code[: _STAMP + _SALT]
    return hmac.compare_digest(head + _mac(key, campaign, command, recipient, head), code)


def holds_until(code: str) -> datetime:
    """Return when a code ends; only what `is_signed` accepts says so truly."""
    minutes = 0
    for character in code[:_STAMP]:
        minutes = minutes * 32 + ALPHABET.index(character)
    return _EPOCH + minutes * _MINUTE


def tidy(text: str) -> str:
    """Return a code as it was made: capitals, no spaces, letters that look like digits mended."""
    return re.sub(r"[\s-]+", "", text).upper().translate(_MISREAD)


def is_code(text: str) -> bool:
    """Say whether a tidy text has the shape of a code."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)


def _mac(key: bytes, campaign: str, command: Command, recipient: str, head: str) -> str:
    day = command.day.isoformat() if command.day else ""
    what = (command.verb, command.number, command.unit, command.requirement, day)
    return _digest(key, json.dumps(["command", campaign, *what, recipient.lower(), head]), _MAC)


def _digest(key: bytes, text: str, characters: int) -> str:
    digest = hmac.new(key, text.encode(), hashlib.sha256).digest()
    return _letters(int.from_bytes(digest), characters)


def _letters(number: int, characters: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(characters)))
