"""What an address, a time zone and a secret look like in the settings."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, SecretStr

from bot.settings.mistakes import wrong


def read_address(text: str) -> str:
    """Return a mail address as we compare them; ValueError says that it is none."""
    local, at, domain = text.strip().lower().rpartition("@")
    if not (local and at and domain) or not text.isascii() or " " in text.strip():
        raise wrong("address")
    return text.strip().lower()


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise wrong("timezone") from unknown
    return name


def _secret(secret: SecretStr) -> SecretStr:
    plain = secret.get_secret_value().strip()
    if not plain or not plain.isascii() or not plain.isprintable():
        raise wrong("secret")
    return SecretStr(plain)


Address = Annotated[str, AfterValidator(read_address)]
Zone = Annotated[str, AfterValidator(_zone)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]


class Part(BaseModel):
    """A table of the settings file; an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)
