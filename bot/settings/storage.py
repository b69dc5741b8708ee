"""Where raw mails are kept when not in a folder: a bucket of an S3-compatible store."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from bot.settings.kinds import Part, Secret
from bot.settings.mistakes import wrong

SCHEME = "s3"


class ObjectStorage(Part):
    """How the bucket that `archive` names is reached."""

    endpoint: str | None = Field(
        default=None,
        description="URL of the store, such as https://oss-cn-beijing.aliyuncs.com; Amazon's of "
        "the region when left out.",
    )
    region: str = Field(default="us-east-1", min_length=1, description="The store's region.")
    addressing: Literal["path", "virtual"] = Field(
        default="path",
        description="Where the bucket stands in a URL: in its path (MinIO, Ceph) or before the "
        "host (virtual: Amazon, Aliyun OSS, Tencent COS).",
    )
    ca_file: Path | None = Field(
        default=None,
        description="PEM file of the authority that signed the store, if it is not a public one.",
    )
    access_key: Secret | None = Field(
        default=None,
        description="Id of the key, by SHOUBIAO_S3__ACCESS_KEY or SHOUBIAO_S3__ACCESS_KEY_FILE.",
    )
    secret_key: Secret | None = Field(
        default=None,
        description="The key itself, by SHOUBIAO_S3__SECRET_KEY or SHOUBIAO_S3__SECRET_KEY_FILE.",
    )

    @field_validator("endpoint")
    @classmethod
    def _is_safe(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise wrong("endpoint")
        if parts.scheme == "http" and not _is_near(parts.hostname):
            raise wrong("endpoint-clear")
        return url


def _is_near(host: str) -> bool:
    """Say whether a host is of this machine or its own network (a Compose service has no dot)."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host


def bucket_and_prefix(archive: str) -> tuple[str, str]:
    """Return both of s3://bucket/prefix; ValueError if it is not of this kind."""
    parts = urlsplit(archive)
    if parts.scheme != SCHEME or not parts.netloc or parts.query or parts.fragment:
        raise wrong("bucket")
    return parts.netloc, parts.path.strip("/")
