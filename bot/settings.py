"""How settings are read: which file, which environment, and what is said when they are wrong."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError
from pydantic_settings import SettingsError as SourceError

from bot.options import Account, Server, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

__all__ = ["Account", "Server", "Settings", "SettingsError", "load_settings"]

FILE_NAME = "shoubiao.toml"
_PATHS = frozenset({"data", "campaigns", "maildir", "password_file", "ca_file"})


class SettingsError(Exception):
    """Settings that cannot be used; the text names file, key and remedy, one problem a line."""


def load_settings(path: Path | None = None) -> Settings:
    """Read `path` (default: shoubiao.toml here, if there is one) and the environment.

    Raises SettingsError.
    """
    named = path if path is not None else Path(FILE_NAME)
    given = _read_toml(named) if path is not None or named.exists() else {}
    try:
        return Settings(**_with_secrets(given, os.environ))
    except ValidationError as wrong:
        lines = (_line(named, problem) for problem in wrong.errors(include_url=False))
        raise SettingsError("\n".join(lines)) from None
    except (SourceError, OSError, UnicodeDecodeError) as wrong:
        raise SettingsError(f"environment: {wrong}") from wrong


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SettingsError(f"{path}: no such file; `shoubiao init` writes one") from None
    except OSError as fault:
        raise SettingsError(f"{path}: cannot be read: {fault.strerror}") from fault
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: is not UTF-8; save it again as UTF-8") from None
    except tomllib.TOMLDecodeError as wrong:
        raise SettingsError(f"{path}: is not TOML: {wrong}") from None
    return dict(_resolved(given, path.absolute().parent))


def _resolved(given: Any, folder: Path) -> Any:
    """Make relative paths start at the settings file's folder."""
    if isinstance(given, list):
        return [_resolved(one, folder) for one in given]
    if not isinstance(given, dict):
        return given
    return {
        key: str(folder / value)
        if key in _PATHS and isinstance(value, str)
        else _resolved(value, folder)
        for key, value in given.items()
    }


def _with_secrets(given: dict[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
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


def _line(path: Path, problem: ErrorDetails) -> str:
    """One problem as: file: key: what is wrong (what the key is for)."""
    where = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in problem["loc"])
    said = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        said = _unknown(problem["loc"])
    about = _description(problem["loc"])
    return f"{path}: {where.lstrip('.') or 'settings'}: {said}" + (f" ({about})" if about else "")


def _unknown(where: tuple[int | str, ...]) -> str:
    keys = list(_part(where[:-1]).model_fields)
    near = difflib.get_close_matches(str(where[-1]), keys, n=1)
    return f"is not a setting; {f'did you mean {near[0]}?' if near else 'remove it'}"


def _part(where: tuple[int | str, ...]) -> type[BaseModel]:
    """Return the model that holds the keys at `where`."""
    model: type[BaseModel] = Settings
    for key in where:
        field = model.model_fields.get(str(key))
        model = _model_in(field.annotation) or model if field else model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(one) for one in getattr(annotation, "__args__", ()))
    return next((one for one in inner if one), None)


def _description(where: tuple[int | str, ...]) -> str:
    keys = [key for key in where if isinstance(key, str)]
    field = _part(tuple(keys[:-1])).model_fields.get(keys[-1]) if keys else None
    return (field.description or "").rstrip(".") if field else ""
