"""The archive in an S3-compatible store: what is put it has acknowledged, what is read is hashed.

obstore is imported only here, and only once a store is opened.
"""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

from state.archive import SHA256, Archive, sha_checked, sweep_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from obstore.store import ClientConfig, RetryConfig, S3Store

PART = 8 << 20  # bytes; what is larger goes up in parts, which nobody sees before the last one
AT_ONCE = 2  # parts under way: bounds the memory of a large mail
CHUNK = 1 << 20  # bytes handed on at a time
CLIENT: ClientConfig = {
    "connect_timeout": timedelta(seconds=10),
    "read_timeout": timedelta(seconds=30),
    "timeout": timedelta(minutes=5),
}
RETRY: RetryConfig = {
    "max_retries": 4,
    "retry_timeout": timedelta(seconds=30),
    "backoff": {"init_backoff": timedelta(milliseconds=200), "max_backoff": timedelta(seconds=5)},
}


class ArchiveUnavailableError(OSError):
    """The world's fault: the store cannot be reached, refuses us or fails. Try later."""


class ArchiveDamagedError(OSError):
    """What the store returned is not what was put."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where the objects are, and with which keys; `prefix` is "" or a path without slashes around.

    With `virtual_host` the bucket is part of the host's name. `ca` is a PEM of a private authority.
    """

    name: str
    prefix: str = ""
    endpoint: str | None = None
    region: str = "us-east-1"
    access_key: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    virtual_host: bool = False
    ca: str | None = None


class ObjectArchive:
    """As state.archive.Archive, in a bucket; the keys are prefix/aa/bb/<sha256>.

    Putting the same content twice is harmless. Whole contents that are read by path, or come in
    pieces, pass through the folder `room`. ArchiveUnavailableError is the world's fault.
    """

    def __init__(self, bucket: Bucket, room: Path) -> None:
        self._bucket, self._room = bucket, room
        self.failing = False  # the last thing asked of the store

    def place(self, sha: str) -> str:
        """Return where a person finds this content."""
        return f"s3://{self._bucket.name}/{self._key(sha)}"

    def get(self, sha: str) -> bytes:
        """Return the content; FileNotFoundError when there is none."""
        return b"".join(self._chunks(sha))

    def top(self, sha: str, most: int) -> bytes:
        """Return the first bytes of the content, at most so many."""
        return next(self._chunks(sha, most), b"")[:most]

    @contextmanager
    def local(self, sha: str) -> Iterator[Path]:
        """Give a path where the whole content stands until the end of the block."""
        self._room.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=self._room, prefix="reading-") as file:
            file.writelines(self._chunks(sha))
            file.flush()
            yield Path(file.name)

    def put(self, data: bytes) -> str:
        """Keep the content durably and return its SHA-256."""
        sha = hashlib.sha256(data).hexdigest()
        self._send(sha, data)
        return sha

    def put_all(self, contents: Sequence[bytes], each: Callable[..., Any] = map) -> list[str]:
        """Keep some contents durably, by `each` one after another or side by side."""
        return list(each(self.put, contents))

    def put_stream(self, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Keep content of any length durably; return its SHA-256 and size."""
        digest, size = hashlib.sha256(), 0
        self._room.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=self._room, prefix="sending-") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += file.write(chunk)
            file.seek(0)
            self._send(digest.hexdigest(), file.file)
        return digest.hexdigest(), size

    def verify(self, sha: str) -> bool:
        """Whether the content is there and is still what its name says."""
        try:
            for _ in self._chunks(sha):
                pass
        except (FileNotFoundError, ArchiveDamagedError):
            return False
        return True

    def hashes(self) -> Iterator[str]:
        """Yield the hash of every whole content."""
        import obstore  # noqa: PLC0415 - as the module says

        with self._asked():
            for batch in obstore.list(self._store, self._bucket.prefix or None):
                names = (one["path"].rpartition("/")[2] for one in batch)
                yield from filter(SHA256.fullmatch, names)

    def forget(self, sha: str) -> bool:
        """Delete a content for good; False if it was not there."""
        import obstore  # noqa: PLC0415 - as the module says

        try:
            with self._asked(sha):
                obstore.head(self._store, self._key(sha))
                obstore.delete(self._store, self._key(sha))
        except FileNotFoundError:
            return False
        return True

    def sweep(self, before: datetime) -> int:
        """Delete what crashes left half-read in the room before this instant; return how many."""
        return sweep_folder(self._room, before)

    def answers(self) -> bool:
        """Ask the store for something small; False when it fails."""
        import obstore  # noqa: PLC0415 - as the module says

        try:
            with self._asked():
                next(
                    iter(obstore.list(self._store, self._bucket.prefix or None, chunk_size=1)), None
                )
        except ArchiveUnavailableError:
            return False
        return True

    def _key(self, sha: str) -> str:
        sha = sha_checked(sha)
        return "/".join(filter(None, (self._bucket.prefix, sha[:2], sha[2:4], sha)))

    def _send(self, sha: str, what: bytes | IO[bytes]) -> None:
        import obstore  # noqa: PLC0415 - as the module says

        with self._asked():
            obstore.put(self._store, self._key(sha), what, chunk_size=PART, max_concurrency=AT_ONCE)

    def _chunks(self, sha: str, least: int = CHUNK) -> Iterator[bytes]:
        """Yield the content; ArchiveDamagedError at its end if it is another one."""
        import obstore  # noqa: PLC0415 - as the module says

        digest = hashlib.sha256()
        with self._asked(sha):
            for chunk in obstore.get(self._store, self._key(sha)).stream(min_chunk_size=least):
                digest.update(chunk)
                yield bytes(chunk)
        if digest.hexdigest() != sha:
            raise ArchiveDamagedError(f"{self.place(sha)} is not what was put there")

    @contextmanager
    def _asked(self, wanted: str = "") -> Iterator[None]:
        """Name the store's faults as ours: what is `wanted` may be absent, a bucket may not."""
        from obstore.exceptions import BaseError  # noqa: PLC0415 - as the module says

        try:
            yield
        except (BaseError, FileNotFoundError) as fault:
            if wanted and isinstance(fault, FileNotFoundError):
                raise FileNotFoundError(f"{self.place(wanted)} is not there") from fault
            self.failing = True
            raise ArchiveUnavailableError(type(fault).__name__) from fault
        self.failing = False

    @cached_property
    def _store(self) -> S3Store:
        return _open(self._bucket)


AnyArchive = Archive | ObjectArchive


def _open(bucket: Bucket) -> S3Store:
    """Open the bucket. Every request is signed over the SHA-256 of what it brings."""
    from obstore.store import S3Store  # noqa: PLC0415 - as the module says

    plain = urlsplit(bucket.endpoint or "").scheme == "http"
    client: ClientConfig = {**CLIENT, "allow_http": plain}
    if bucket.ca is not None:
        client["root_certificate"] = bucket.ca
    config: dict[str, Any] = {
        "region": bucket.region,
        "access_key_id": bucket.access_key,
        "secret_access_key": bucket.secret_key,
        "virtual_hosted_style_request": bucket.virtual_host,
        "checksum_algorithm": "SHA256",
        "disable_bulk_delete": True,  # not every compatible store has it
    }
    if bucket.endpoint is not None:
        config["endpoint"] = _endpoint(bucket)
    return S3Store(bucket.name, client_options=client, retry_config=RETRY, **config)


def _endpoint(bucket: Bucket) -> str:
    """Return the URL requests go to; obstore wants the bucket in it where it is in the host."""
    parts = urlsplit(bucket.endpoint or "")
    host = f"{bucket.name}.{parts.netloc}" if bucket.virtual_host else parts.netloc
    return f"{parts.scheme}://{host}"
