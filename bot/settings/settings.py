"""Everything an operator may set: shoubiao.toml, SHOUBIAO_… in the environment, secret files.

Every field's description is its documentation; those of a part stand in the part's file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.settings.accounts import Account
from bot.settings.kinds import Address, Secret, Zone
from bot.settings.limits import Approval, Caps, FirstContact, Reading, Watch
from bot.settings.mistakes import wrong
from bot.settings.storage import ObjectStorage, bucket_and_prefix

PREFIX = "SHOUBIAO_"  # of the variables of the environment


class Settings(BaseModel):
    """Everything an operator may set. Load it with `bot.settings.load_settings`."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

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
    archive: str | None = Field(
        default=None,
        description="Bucket of the raw mails, as s3://bucket/prefix; the folder `archive` in "
        "`data` when left out. Workers on several machines need a bucket and a PostgreSQL ledger.",
    )
    s3: ObjectStorage = Field(default=ObjectStorage(), description="How that bucket is reached.")
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
    approval: Approval = Field(
        default=Approval(),
        description="Letters to units that wait for a coordinator.",
    )
    rehearse: bool = Field(
        default=False,
        description="Render every letter, send none: a rehearsal, kept apart in data/rehearsal.",
    )
    rehearse_to: tuple[Address, ...] = Field(
        default=(),
        description="Who is sent the digests of a rehearsal all the same; nobody when left out.",
    )
    log: Literal["auto", "console", "json"] = Field(
        default="auto",
        description="Log lines on stderr for people or as JSON; auto: JSON unless a terminal.",
    )

    @model_validator(mode="after")
    def _addresses_differ(self) -> Settings:
        addresses = [account.address for account in self.accounts]
        if twice := {one for one in addresses if addresses.count(one) > 1}:
            raise wrong("account-twice", given=", ".join(sorted(twice)))
        return self

    @model_validator(mode="after")
    def _bucket_has_keys(self) -> Settings:
        if self.archive is None:
            return self
        bucket_and_prefix(self.archive)
        if self.s3.access_key is None or self.s3.secret_key is None:
            raise wrong("bucket-keys")
        if self.command_key is None:
            raise wrong("bucket-command-key")
        return self

    @property
    def boxes(self) -> dict[str, tuple[str, ...]]:
        """Return campaign → the accounts that collect it by the operator's word."""
        named = {campaign for account in self.accounts for campaign in account.campaigns}
        return {
            campaign: tuple(a.address for a in self.accounts if campaign in a.campaigns)
            for campaign in named
        }
