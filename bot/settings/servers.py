"""Where mail servers listen, and how an account's are completed from its provider."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from bot.mailboxes.providers import OWN, PROVIDERS, Endpoint, provider_of
from bot.settings.kinds import Part
from bot.settings.mistakes import wrong


class Server(Part):
    """Where a mail server listens."""

    host: str = Field(min_length=1, description="Host name or IP of the server.")
    port: int = Field(ge=1, le=65535, description="TCP port: IMAP 993 or 143; SMTP 465, 994, 587.")
    tls: Literal["tls", "starttls", "plain"] = Field(
        default="tls",
        description="tls from the first byte, starttls, or plain (only on this machine).",
    )
    ca_file: Path | None = Field(
        default=None,
        description="PEM file of the authority that signed the server, if it is not a public one.",
    )

    @model_validator(mode="after")
    def _plain_stays_home(self) -> Server:
        if self.tls == "plain" and not _is_loopback(self.host):
            raise wrong("plain")
        return self


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def with_servers(given: dict[str, Any]) -> dict[str, Any]:
    """Complete an account's servers from its provider; what is given goes first."""
    address, name = str(given.get("address", "")), given.get("provider")
    provider = provider_of(address, name)
    names = (*OWN, *(known.name for known in PROVIDERS))
    if name is not None and name not in names:
        raise wrong("provider", given=repr(name), known=", ".join(names))
    filled = {"username": address.strip().lower()} | given
    if provider is not None:
        filled["smtp"] = _server(provider.smtp, given.get("smtp"))
        if given.get("kind", "imap") == "imap":
            filled["imap"] = _server(provider.imap, given.get("imap"))
    return filled


def _server(preset: Endpoint, given: Any) -> Any:
    if isinstance(given, dict) or given is None:
        return {"host": preset.host, "port": preset.port, "tls": preset.tls} | (given or {})
    return given
