"""How settings are read: which file, which environment."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsError as SourceError

from bot.rehearsal.apart import in_rehearsal
from bot.settings.mistakes import SettingsError, line_of
from bot.settings.secrets import holds_secret, secret_files, with_secrets
from bot.settings.settings import Settings

FILE_NAME = "shoubiao.toml"
_PATHS = frozenset({"data", "campaigns", "maildir", "password_file", "ca_file"})


def load_settings(path: Path | None = None, *, rehearse: bool = False) -> Settings:
    """Read `path` (default: shoubiao.toml here, if there is one) and the environment.

    Those of a rehearsal are its own. Raises SettingsError.
    """
    settings = _loaded(path)
    return in_rehearsal(settings) if rehearse or settings.rehearse else settings


def _loaded(path: Path | None) -> Settings:
    named = path if path is not None else Path(FILE_NAME)
    given = _read_toml(named) if path is not None or named.exists() else {}
    try:
        return Settings(**with_secrets(given, os.environ))
    except ValidationError as wrong:
        lines = (line_of(named, problem) for problem in wrong.errors(include_url=False))
        raise SettingsError("\n".join(lines)) from None
    except (SourceError, OSError, UnicodeDecodeError) as wrong:
        raise SettingsError(f"environment: {wrong}") from wrong


def files_with_secrets(path: Path) -> tuple[Path, ...]:
    """Return the files in which a secret of these settings stands; for their modes to be seen."""
    given = _read_toml(path)
    own = (path,) if holds_secret(given) else ()
    return (*own, *secret_files(given, os.environ))


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
