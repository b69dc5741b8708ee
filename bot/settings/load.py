"""How settings are read: which file, which environment."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from bot.rehearsal.apart import in_rehearsal
from bot.settings.mistakes import Mistake, SettingsError, description, unknown
from bot.settings.places import full_width, line_of
from bot.settings.secrets import PASSWORD, holds_secret, secret_files, with_secrets
from bot.settings.settings import PREFIX, Settings

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

FILE_NAME, DATA, LEDGER = "shoubiao.toml", "data", "ledger.db"
_AT = re.compile(r"at line (\d+)")
_OF_ALL = {"account": ("accounts",), "bucket": ("archive",)}  # what is wrong between settings
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
        return _validated(with_secrets(given, os.environ))
    except ValidationError as wrong:
        problems = wrong.errors(include_url=False)
        raise SettingsError(*(_mistake(named, problem) for problem in problems)) from None
    except (OSError, UnicodeDecodeError) as wrong:
        mistake = Mistake("environment", {"why": wrong}, file="environment")
        raise SettingsError(mistake) from wrong


def _validated(given: dict[str, Any]) -> Settings:
    """Let the environment have its say, where it says anything but passwords."""
    names = (name.upper() for name in os.environ)
    if not any(n.startswith(PREFIX) and not n.startswith(PASSWORD) for n in names):
        return Settings(**given)
    from bot.settings.environment import with_environment  # noqa: PLC0415 - slow to load

    return with_environment(given)


def _mistake(path: Path, problem: ErrorDetails) -> Mistake:
    """Say of one problem where it stands: on a line of the file, or in the environment."""
    code = problem["type"]
    key = problem["loc"] or _OF_ALL.get(code.partition("-")[0], ())
    facts = {**problem.get("ctx", {}), "msg": problem["msg"]}
    found = unknown(key, Settings) if code == "extra_forbidden" else Mistake(code, facts)
    variable = "__".join((PREFIX + str(key[0]), *map(str, key[1:]))).upper() if key else ""
    if variable in os.environ:
        return replace(found, file=variable)
    line = line_of(path.read_text(encoding="utf-8-sig"), key) if path.is_file() else None
    about = description(key, Settings)
    return replace(found, file=str(path), line=line, key=key, about=about)


def files_with_secrets(path: Path) -> tuple[Path, ...]:
    """Return the files in which a secret of these settings stands; for their modes to be seen."""
    given = _read_toml(path)
    own = (path,) if holds_secret(given) else ()
    return (*own, *secret_files(given, os.environ))


def _read_toml(path: Path) -> dict[str, Any]:
    text = _text_of(path)
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise SettingsError(_not_toml(path, text, str(wrong))) from None
    folder = path.absolute().parent
    if "data" not in given and f"{PREFIX}DATA".upper() not in os.environ:
        _check_left_behind(path, folder / DATA)
    return {"data": str(folder / DATA), **_resolved(given, folder)}


def _check_left_behind(path: Path, data: Path) -> None:
    """Begin no second ledger where the first one lies here, in whose mails all is answered."""
    old = Path(DATA).absolute()
    if (old / LEDGER).exists() and not (data / LEDGER).exists():
        facts = {"old": str(old), "new": str(data)}
        raise SettingsError(Mistake("data-elsewhere", facts, file=str(path)))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(Mistake("no-file", file=str(path))) from None
    except OSError as fault:
        mistake = Mistake("unreadable", {"why": fault.strerror}, file=str(path))
        raise SettingsError(mistake) from fault
    except UnicodeDecodeError:
        raise SettingsError(Mistake("not-utf8", file=str(path))) from None


def _not_toml(path: Path, text: str, why: str) -> Mistake:
    """Name the line; a full-width mark on it, as Chinese keyboards type them, is the cause."""
    at = _AT.search(why)
    line = int(at[1]) if at else text.count("\n") + 1
    given = full_width(text, line)
    if given:
        return Mistake("full-width", {"given": given}, file=str(path), line=line)
    return Mistake("not-toml", {"why": why}, file=str(path), line=line)


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
