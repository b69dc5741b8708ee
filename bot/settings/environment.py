"""Settings of the environment: SHOUBIAO_LEDGER_URL=…, and SHOUBIAO_LEDGER_URL_FILE=… for its file.

Loaded only where such a variable is set.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import SettingsError as SourceError

from bot.settings.mistakes import Mistake, SettingsError
from bot.settings.settings import PREFIX, Settings

FILE = "_file"


def with_environment(given: dict[str, Any]) -> Settings:
    """Return the settings, those of the environment before those that are given."""
    try:
        return EnvironmentSettings(**given)
    except SourceError as wrong:
        mistake = Mistake("environment", {"why": wrong}, file="environment")
        raise SettingsError(mistake) from wrong


class EnvironmentSettings(Settings, BaseSettings):
    """The settings with three sources."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        validate_default=True,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the environment before secret files, and those before shoubiao.toml."""
        return _Environment(settings_cls), _SecretFiles(settings_cls), init_settings


class _Environment(EnvSettingsSource):
    """SHOUBIAO_LEDGER_URL=…, SHOUBIAO_S3__REGION=…; not what names the file of a secret."""

    def _load_env_vars(self) -> dict[str, str | None]:
        given = super()._load_env_vars().items()
        return {name: value for name, value in given if not _names_file(name)}


class _SecretFiles(EnvSettingsSource):
    """SHOUBIAO_LEDGER_URL_FILE=/run/secrets/db stands for SHOUBIAO_LEDGER_URL=<its content>."""

    def _load_env_vars(self) -> dict[str, str | None]:
        given = super()._load_env_vars().items()
        return {
            name.removesuffix(FILE): Path(path).read_text(encoding="utf-8").strip()
            for name, path in given
            if path and _names_file(name)
        }


def _names_file(name: str) -> bool:
    """Say whether a variable holds the path of a setting's value; s3.ca_file is itself a path."""
    return name.endswith(FILE) and not _is_setting(name) and _is_setting(name.removesuffix(FILE))


def _is_setting(name: str) -> bool:
    model: object = Settings
    for key in name.removeprefix(PREFIX.lower()).split("__"):
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            return False
        if key not in model.model_fields:
            return False
        model = model.model_fields[key].annotation
    return name.startswith(PREFIX.lower())
