"""The names our letters carry: Message-IDs, thread tokens, the loop token; all derived."""

from __future__ import annotations

import hmac
import re
from functools import cache

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no letter that looks like a digit
TOKEN = re.compile(r"\[#([A-Z0-9]{4})\]", re.IGNORECASE)


def message_id(installation: str, kind: str, subject_key: str, period: str, address: str) -> str:
    """Return the one Message-ID of (kind, subject key, period), the same on every worker."""
    digest = _digest(installation, f"{kind}|{subject_key}|{period}")[:32]
    return f"<{kind}.{digest}@{address.rpartition('@')[2]}>"


def thread_token(installation: str, campaign: str, unit: str) -> str:
    """Return the four characters that mark all letters to one unit in one campaign."""
    number = int(_digest(installation, f"thread|{campaign}|{unit}")[:12], 16)
    characters = []
    for _ in range(4):
        number, index = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[index])
    return "".join(characters)


@cache
def loop_token(installation: str) -> str:
    """Return what our own mail carries in its loop header."""
    return _digest(installation, "loop")[:24]


def tokens_in(subject: str) -> tuple[str, ...]:
    """Return the thread tokens that a subject line carries."""
    return tuple(found.upper() for found in TOKEN.findall(subject))


def _digest(key: str, text: str) -> str:
    return hmac.digest(key.encode(), text.encode(), "sha256").hex()
