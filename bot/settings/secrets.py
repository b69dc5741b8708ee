"""Where an account's password comes from: the environment, a file, shoubiao.toml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings.mistakes import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping


def with_secrets(given: dict[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings with each account's password in its place; SettingsError."""
    accounts = given.get("accounts")
    if not isinstance(accounts, list):
        return given
    return given | {"accounts": [_with_password(one, environ) for one in accounts]}


def _with_password(account: Any, environ: Mapping[str, str]) -> Any:
    """Look for the password in the environment, then in password_file."""
    if not isinstance(account, dict):
        return account
    name = "SHOUBIAO_PASSWORD_" + re.sub(r"\W", "_", str(account.get("address", ""))).upper()
    kept = {key: value for key, value in account.items() if key != "password_file"}
    if name in environ:
        return kept | {"password": environ[name]}
    file = environ.get(name + "_FILE") or account.get("password_file")
    return kept | {"password": _read_secret(Path(file))} if file else kept


def _read_secret(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or "not text"
        raise SettingsError(
            f"{path}: the password file cannot be read ({reason}); "
            "write the authorisation code into it, readable by the bot's user",
        ) from None
