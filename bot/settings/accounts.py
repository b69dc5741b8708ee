"""One mailbox that is read and written from: its servers, its secret, how much it sends."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from bot.settings.kinds import Address, Part, Secret
from bot.settings.mistakes import wrong
from bot.settings.servers import Server, with_servers


class Budget(Part):
    """How much one account sends; providers publish no limits, so start low."""

    per_hour: int = Field(default=60, ge=1, description="Letters an hour.")
    per_day: int = Field(default=300, ge=1, description="Letters in 24 hours.")
    per_batch: int = Field(default=20, ge=1, description="Letters in one SMTP session.")
    pause_seconds: float = Field(default=3, ge=0, description="Seconds between two letters.")


class Account(Part):
    """One mailbox that is read and, usually, written from."""

    address: Address = Field(description="The mailbox's address; letters leave from exactly it.")
    provider: str | None = Field(
        default=None,
        description="Preset of servers: 163, 126, yeah, qiye163, qq, exmail, sina, aliyun, "
        "qiyealiyun; coremail, dovecot and custom are servers of your own, named under imap and "
        "smtp. Found by the domain of the address when left out.",
    )
    kind: Literal["imap", "maildir"] = Field(default="imap", description="How mail is read.")
    imap: Server | None = Field(default=None, description="IMAP server, when no preset fits.")
    smtp: Server | None = Field(default=None, description="SMTP server, when no preset fits.")
    maildir: Path | None = Field(default=None, description="Folder of a mailbox of kind maildir.")
    username: str = Field(default="", description="Login name; the address when left out.")
    password: Secret | None = Field(
        default=None,
        description="Authorisation code (授权码). Better: password_file, the environment variable "
        "SHOUBIAO_PASSWORD_<ADDRESS> or SHOUBIAO_PASSWORD_<ADDRESS>_FILE, or password_keyring, the "
        "service under which the system's keyring keeps it (needs the package keyring).",
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
        return with_servers(given) if isinstance(given, dict) else given

    @model_validator(mode="after")
    def _can_be_read(self) -> Account:
        if self.kind == "maildir" and self.maildir is None:
            raise wrong("no-maildir")
        if self.kind == "imap" and self.imap is None:
            raise wrong("no-imap")
        if self.kind == "imap" and self.password is None:
            raise wrong("no-password")
        return self
