"""How secrets are kept out of what a server says back, and of the settings in a backup."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings.accounts import Account

INSTEAD = "<secret>"
_KEYS = re.compile(
    r"""(\b(?:password|command_key|access_key|secret_key)["']?\s*=\s*)("(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
)
_IN_URL = re.compile(r"(://[^:@/\s\"']*):[^@/\s\"']+@")


def hidden(text: str, account: Account) -> str:
    """Return a server's words without the account's password, plain or as SMTP encodes it."""
    secret = account.password.get_secret_value() if account.password else ""
    for form in _forms(account.username, secret) if secret else ():
        text = text.replace(form, INSTEAD)
    return text


def _forms(username: str, secret: str) -> tuple[str, ...]:
    """Return how the password may be written: AUTH PLAIN, AUTH LOGIN, as it is; longest first."""
    plain = (f"\0{username}\0{secret}", f"{username}\0{username}\0{secret}", secret)
    return (*(base64.b64encode(one.encode()).decode() for one in plain), secret)


def emptied(settings: str) -> str:
    """Return the text of shoubiao.toml with every secret empty, those in comments too."""
    return _IN_URL.sub(r"\1@", _KEYS.sub(r'\1""', settings))
