"""Which ledger and archive the settings name, and how they are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.keeping.upgrading import bring_up_to_date
from bot.settings.storage import bucket_and_prefix
from state.archive import Archive
from state.ledger import Ledger

if TYPE_CHECKING:
    from bot.settings import Settings
    from state.objects import AnyArchive


def open_ledger(settings: Settings) -> Ledger:
    """Open the ledger; it is made where there is none, and brought up to date."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    ledger = Ledger(settings.ledger_url)
    bring_up_to_date(ledger, settings.data)
    return ledger


def open_archive(settings: Settings) -> AnyArchive:
    """Open the archive: a folder in the data, or a bucket."""
    if settings.archive is None:
        return Archive(settings.data / "archive")
    from state.objects import Bucket, ObjectArchive  # noqa: PLC0415 - few have a bucket

    name, prefix = bucket_and_prefix(settings.archive)
    s3 = settings.s3
    bucket = Bucket(
        name,
        prefix,
        s3.endpoint,
        s3.region,
        s3.access_key.get_secret_value() if s3.access_key else "",
        s3.secret_key.get_secret_value() if s3.secret_key else "",
        virtual_host=s3.addressing == "virtual",
        ca=s3.ca_file.read_text(encoding="ascii") if s3.ca_file else None,
    )
    return ObjectArchive(bucket, settings.data / "incoming")
