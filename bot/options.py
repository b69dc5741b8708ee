"""What an operator may set: shoubiao.toml, SHOUBIAO_… in the environment, secrets in files.

Every field's description is its documentation. It is long because it is the whole manual.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.mailboxes.providers import PROVIDERS, Endpoint, provider_of


def _address(text: str) -> str:
    local, at, domain = text.strip().lower().rpartition("@")
    if not (local and at and domain) or not text.isascii() or " " in text.strip():
        raise ValueError("is not a mail address such as name@126.com")
    return text.strip().lower()


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise ValueError("is not a time zone such as Asia/Shanghai") from unknown
    return name


def _secret(secret: SecretStr) -> SecretStr:
    plain = secret.get_secret_value().strip()
    if not plain or not plain.isascii() or not plain.isprintable():
        raise ValueError("is empty or has characters no password has; copy the code (授权码) again")
    return SecretStr(plain)


Address = Annotated[str, AfterValidator(_address)]
Zone = Annotated[str, AfterValidator(_zone)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Server(_Part):
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
            raise ValueError("tls = 'plain' would send the password in clear; use tls or starttls")
        return self


class Budget(_Part):
    """How much one account sends; providers publish no limits, so start low."""

    per_hour: int = Field(default=60, ge=1, description="Letters an hour.")
    per_day: int = Field(default=300, ge=1, description="Letters in 24 hours.")
    per_batch: int = Field(default=20, ge=1, description="Letters in one SMTP session.")
    pause_seconds: float = Field(default=3, ge=0, description="Seconds between two letters.")


class Account(_Part):
    """One mailbox that is read and, usually, written from."""

    address: Address = Field(description="The mailbox's address; letters leave from exactly it.")
    provider: str | None = Field(
        default=None,
        description="Preset of servers: 163, 126, yeah, qiye163, qq, exmail, sina, aliyun, custom. "
        "Found by the domain of the address when left out.",
    )
    kind: Literal["imap", "maildir"] = Field(default="imap", description="How mail is read.")
    imap: Server | None = Field(default=None, description="IMAP server, when no preset fits.")
    smtp: Server | None = Field(default=None, description="SMTP server, when no preset fits.")
    maildir: Path | None = Field(default=None, description="Folder of a mailbox of kind maildir.")
    username: str = Field(default="", description="Login name; the address when left out.")
    password: Secret | None = Field(
        default=None,
        description="Authorisation code (授权码). Better: password_file, or the environment "
        "variable SHOUBIAO_PASSWORD_<ADDRESS> or SHOUBIAO_PASSWORD_<ADDRESS>_FILE.",
    )
    campaigns: tuple[str, ...] = Field(
        default=(),
        description="Ids of campaigns to collect here beside those whose campaign.yaml names this "
        "address, such as one whose notice prints no mailbox.",
    )
    folders: tuple[str, ...] = Field(
        default=(),
        description="More folders to read beside the inbox and junk, by name.",
    )
    mark: Literal["none", "answered", "flagged"] = Field(
        default="none",
        description="Flag to set on a mail that is done; read/unread is never touched.",
    )
    poll_seconds: float = Field(default=60, ge=1, description="Seconds between looks at the inbox.")
    junk_every: float = Field(default=3600, ge=1, description="Seconds between looks at junk.")
    max_mail_mb: int = Field(default=100, ge=1, description="A larger mail is not fetched.")
    budget: Budget = Field(default=Budget(), description="How much this account sends.")

    @model_validator(mode="before")
    @classmethod
    def _fill_from_provider(cls, given: Any) -> Any:
        return _with_servers(given) if isinstance(given, dict) else given

    @model_validator(mode="after")
    def _can_be_read(self) -> Account:
        if self.kind == "maildir" and self.maildir is None:
            raise ValueError("kind = 'maildir' needs maildir = 'FOLDER'")
        if self.kind == "imap" and self.imap is None:
            raise ValueError("has no IMAP server; give imap = {host, port} or a provider")
        if self.kind == "imap" and self.password is None:
            raise ValueError("has no password; give password_file, or set SHOUBIAO_PASSWORD_…")
        return self


class FirstContact(_Part):
    """What happens with mail that was in a mailbox before the bot."""

    answer_max_age_days: float = Field(
        default=3,
        ge=0,
        description="Mail older than this when first seen is read and counted, never answered.",
    )
    look_back_days: int = Field(
        default=60,
        ge=2,
        description="Mail received earlier than this many days ago is not looked at.",
    )


class Reading(_Part):
    """Limits of the child processes that read documents."""

    wall_seconds: float = Field(default=30, gt=0, description="Seconds one mail may take to read.")
    memory_mb: int = Field(default=512, ge=64, description="Memory of one reading process, MiB.")
    children: int = Field(default=1, ge=1, description="Reading processes side by side.")


class Caps(_Part):
    """Hard limits on automatic letters, whatever else says they are due (promise P6)."""

    per_address_per_day: int = Field(default=20, ge=1, description="Letters to an address a day.")
    formless_per_address_per_day: int = Field(
        default=2,
        ge=1,
        description="Answers a day to an address for mails in which nothing owed was found.",
    )
    repeats_per_day: int = Field(
        default=2,
        ge=1,
        description="Answers a day to an address that sends the same again, nothing changed in it.",
    )
    per_thread_per_day: int = Field(default=10, ge=1, description="Letters into a thread a day.")
    per_domain_per_hour: int = Field(
        default=60,
        ge=1,
        description="Such answers, and any to addresses that no roster lists, to an organisation's "
        "domain an hour; public providers excepted.",
    )
    strangers_per_unit_per_day: int = Field(
        default=20,
        ge=1,
        description="Addresses outside the roster that are answered for one unit a day.",
    )
    strangers_per_hour: int = Field(
        default=60,
        ge=1,
        description="Answers an hour to addresses outside the roster altogether.",
    )
    strangers_per_day: int = Field(
        default=150,
        ge=1,
        description="The same a day; less than the sending budget, so that units are not starved.",
    )
    global_per_hour: int = Field(default=300, ge=1, description="Letters an hour altogether.")


class Watch(_Part):
    """How the worker watches over itself, and who may ask how it is."""

    stuck_seconds: float = Field(
        default=1200,
        ge=1,
        description="A job that has not got on for so long is broken off and begun anew.",
    )
    metrics: str = Field(
        default="",
        pattern=r"^$|^(\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}$",
        description="HOST:PORT where Prometheus finds /metrics, such as 127.0.0.1:9464; it asks "
        "for no password, so keep it on this machine. Nowhere when left out.",
    )


class Settings(BaseSettings):
    """Everything an operator may set. Load it with `bot.settings.load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix="SHOUBIAO_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        validate_default=True,
    )

    data: Path = Field(
        default=Path("data"),
        description="Folder of the ledger and the archive; relative to the settings file.",
    )
    campaigns: Path | None = Field(
        default=None,
        description="Folder of campaign folders; the shipped campaigns when left out.",
    )
    ledger_url: str = Field(
        default_factory=lambda earlier: f"sqlite:///{earlier.get('data', Path('data'))}/ledger.db",
        description="Database of the ledger, as SQLAlchemy writes it; SQLite in `data` by default.",
    )
    timezone: Zone = Field(default="Asia/Shanghai", description="Zone of schedules and the log.")
    accounts: tuple[Account, ...] = Field(default=(), description="The mailboxes.")
    coordinators: tuple[Address, ...] = Field(
        default=(),
        description="Who gets the digest, besides the people each campaign names.",
    )
    admin: tuple[Address, ...] = Field(
        default=(),
        description="Who is told when the bot itself is in trouble.",
    )
    command_key: Secret | None = Field(
        default=None,
        description="Signs the buttons in digests. Made and kept in `data` when left out; workers "
        "on several machines need the same one, best by SHOUBIAO_COMMAND_KEY_FILE.",
    )
    first_contact: FirstContact = Field(
        default=FirstContact(),
        description="Mail that was there before the bot.",
    )
    reading: Reading = Field(default=Reading(), description="Limits of reading processes.")
    caps: Caps = Field(default=Caps(), description="Hard limits on automatic letters.")
    watch: Watch = Field(default=Watch(), description="How the worker watches over itself.")
    min_free_mb: int = Field(
        default=500,
        ge=0,
        description="With less free disk than this no mail is fetched; answers go on leaving.",
    )
    keep_days: int = Field(
        default=730,
        ge=0,
        description="Days after a campaign has closed until `purge` may forget its mails and "
        "people; a campaign may name its own.",
    )
    approval: bool = Field(
        default=False,
        description="Letters wait in the outbox until a person releases them.",
    )
    rehearse: bool = Field(default=False, description="Render every letter, send none.")
    log: Literal["auto", "console", "json"] = Field(
        default="auto",
        description="Log lines on stderr for people or as JSON; auto: JSON unless a terminal.",
    )

    @model_validator(mode="after")
    def _addresses_differ(self) -> Settings:
        addresses = [account.address for account in self.accounts]
        if twice := {one for one in addresses if addresses.count(one) > 1}:
            raise ValueError(f"accounts: {', '.join(sorted(twice))} is there twice; remove one")
        return self

    @property
    def boxes(self) -> dict[str, tuple[str, ...]]:
        """Return campaign → the accounts that collect it by the operator's word."""
        named = {campaign for account in self.accounts for campaign in account.campaigns}
        return {
            campaign: tuple(a.address for a in self.accounts if campaign in a.campaigns)
            for campaign in named
        }

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the environment before secret files, and those before shoubiao.toml."""
        return env_settings, _SecretFiles(settings_cls), init_settings


class _SecretFiles(EnvSettingsSource):
    """SHOUBIAO_LEDGER_URL_FILE=/run/secrets/db stands for SHOUBIAO_LEDGER_URL=<its content>."""

    def _load_env_vars(self) -> dict[str, str | None]:
        paths = {
            name.removesuffix("_file"): value
            for name, value in super()._load_env_vars().items()
            if name.startswith("shoubiao_") and name.endswith("_file") and value
        }
        return {
            name: Path(path).read_text(encoding="utf-8").strip()
            for name, path in paths.items()
            if name.removeprefix("shoubiao_").partition("__")[0] in self.settings_cls.model_fields
        }


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _with_servers(given: dict[str, Any]) -> dict[str, Any]:
    """Complete an account's servers from its provider; what is given goes first."""
    address, name = str(given.get("address", "")), given.get("provider")
    provider = provider_of(address, name)
    names = ("custom", *(known.name for known in PROVIDERS))
    if name is not None and name not in names:
        raise ValueError(f"provider {name!r} is not known; use one of {', '.join(names)}")
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
