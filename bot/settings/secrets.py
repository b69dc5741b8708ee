"""Where an account's password comes from: environment, a file, the system's keyring, or the toml.

The first of these that is given counts, in this order.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings.mistakes import Mistake, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OTHERS = 0o007
PASSWORD = "SHOUBIAO_PASSWORD_"  # noqa: S105 - begins the variables' names
KEYRING = ("password_keyring",)
_MOUNTED = ("/run/", "/var/run/")  # containers and services show secrets there, often as 0444


def with_secrets(given: dict[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings with each account's password in its place; SettingsError."""
    accounts = given.get("accounts")
    if not isinstance(accounts, list):
        return given
    return given | {"accounts": [_with_password(one, environ) for one in accounts]}


def secret_files(given: dict[str, Any], environ: Mapping[str, str]) -> Iterator[Path]:
    """Yield the files that hold a secret, as far as settings and environment name any."""
    accounts = given.get("accounts")
    for account in accounts if isinstance(accounts, list) else ():
        if isinstance(account, dict):
            name = _variable(account)
            file = environ.get(name + "_FILE") or account.get("password_file")
            if file and name not in environ:
                yield Path(file)
    named = re.compile(r"SHOUBIAO_(?!PASSWORD_)\w+_FILE")
    yield from (Path(file) for name, file in environ.items() if named.fullmatch(name) and file)


def holds_secret(given: dict[str, Any]) -> bool:
    """Say whether a password stands in the settings file itself."""
    accounts = given.get("accounts")
    return isinstance(accounts, list) and any(
        isinstance(one, dict) and one.get("password") for one in accounts
    )


def is_mounted(path: Path) -> bool:
    """Say whether a service manager or container laid the file there: its mode is theirs."""
    return str(path.resolve()).startswith(_MOUNTED)


def _with_password(account: Any, environ: Mapping[str, str]) -> Any:
    if not isinstance(account, dict):
        return account
    name = _variable(account)
    kept = {k: v for k, v in account.items() if k not in {"password_file", "password_keyring"}}
    if name in environ:
        return kept | {"password": environ[name]}
    if file := environ.get(name + "_FILE"):
        return kept | {"password": _read_secret(Path(file))}
    if file := account.get("password_file"):
        _check_mode(Path(file))
        return kept | {"password": _read_secret(Path(file))}
    if service := account.get("password_keyring"):
        return kept | {"password": _from_keyring(str(service), str(account.get("address", "")))}
    return kept


def _variable(account: Mapping[str, Any]) -> str:
    return PASSWORD + re.sub(r"\W", "_", str(account.get("address", ""))).upper()


def _check_mode(path: Path) -> None:
    """Refuse a file of ours that anybody may read, as ssh does with its keys.

    What the environment names is the affair of whoever set it: secrets of containers are 0444.
    """
    if path.is_file() and not is_mounted(path) and stat.S_IMODE(path.stat().st_mode) & OTHERS:
        raise SettingsError(Mistake("secret-open", file=str(path)))


def _read_secret(path: Path) -> str:
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or "not text"
        mistake = Mistake("secret-unreadable", {"why": reason}, file=str(path))
        raise SettingsError(mistake) from None
    if not secret:
        raise SettingsError(Mistake("secret-empty", file=str(path)))
    return secret


def _from_keyring(service: str, address: str) -> str:
    """Ask the system's keyring; its library is loaded only here."""
    try:
        import keyring  # noqa: PLC0415 - an optional part, for those who name a keyring
        from keyring.errors import KeyringError  # noqa: PLC0415 - the same
    except ImportError:
        raise SettingsError(Mistake("keyring-missing", key=KEYRING)) from None
    try:
        secret = keyring.get_password(service, address.strip().lower())
    except KeyringError as fault:
        mistake = Mistake("keyring-shut", {"why": type(fault).__name__}, key=KEYRING)
        raise SettingsError(mistake) from None
    if secret is None:
        facts = {"address": address, "service": service}
        raise SettingsError(Mistake("keyring-nothing", facts, key=KEYRING))
    return str(secret)
