"""The archive (原件库): raw mails and files by their SHA-256, whole or not there at all."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from state.durable import make_folders, make_unsynced, sync_folder, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

SHA256 = re.compile(r"[0-9a-f]{64}")
CHUNK = 1 << 20  # bytes read at a time


class Archive:
    """A folder of contents under root/aa/<sha256>; what is put is on disk on return.

    Only hashes become paths, never names from a mail. OSError is the world's fault: a full or
    failing disk.
    """

    failing = False  # a disk's faults are told where they are met

    def __init__(self, root: Path) -> None:
        self.root = root
        self._named = set(root.parents)  # folders whose own names are on disk

    def path(self, sha: str) -> Path:
        """Where this content is, or would be; ValueError if `sha` is no SHA-256 in hex."""
        sha = sha_checked(sha)
        earlier = f"{self.root}/{sha[:2]}/{sha[2:4]}/{sha}"  # where versions up to 0.2 put it
        return Path(earlier if os.path.exists(earlier) else f"{self.root}/{sha[:2]}/{sha}")  # noqa: PTH110 - asked for every mail

    def place(self, sha: str) -> str:
        """Return where a person finds this content."""
        return str(self.path(sha))

    def get(self, sha: str) -> bytes:
        """Return the content; FileNotFoundError when there is none."""
        return self.path(sha).read_bytes()

    def top(self, sha: str, most: int) -> bytes:
        """Return the first bytes of the content, at most so many."""
        with self.path(sha).open("rb") as file:
            return file.read(most)

    @contextmanager
    def local(self, sha: str) -> Iterator[Path]:
        """Give a path where the whole content stands until the end of the block."""
        yield self.path(sha)

    def put(self, data: bytes) -> str:
        """Keep the content durably and return its SHA-256."""
        return self.put_all((data,))[0]

    def put_all(self, contents: Sequence[bytes], each: Callable[..., Any] = map) -> list[str]:
        """Keep some contents durably and return their SHA-256, with few syncs of folders.

        `each` is `map`, or that of an executor: a disk takes several in hardly more time.
        """
        hashes = [hashlib.sha256(data).hexdigest() for data in contents]
        wanted = dict(zip(hashes, contents, strict=True))
        places = {sha: self.path(sha) for sha in wanted}
        fresh = {sha: wanted[sha] for sha in wanted if not _is_whole(places[sha], len(wanted[sha]))}
        incoming, folders = self.root / "incoming", {place.parent for place in places.values()}
        changed = make_unsynced((incoming, *folders), self._named)
        written = [Path(f"{incoming}/{sha}-{secrets.token_hex(4)}") for sha in fresh]
        try:
            list(each(write_file, written, fresh.values()))
            for path, sha in zip(written, fresh, strict=True):
                path.replace(places[sha])
        except BaseException:
            for path in written:
                path.unlink(missing_ok=True)
            raise
        finally:
            list(each(sync_folder, (*changed, *folders)))
            self._named.update((self.root, incoming, *folders))
        return hashes

    def put_stream(self, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Keep content of any length durably; return its SHA-256 and size."""
        incoming = self.root / "incoming"
        make_folders((incoming,), self._named)
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=incoming, delete=False) as file:
            try:
                for chunk in chunks:
                    digest.update(chunk)
                    size += file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
                self._keep(Path(file.name), digest.hexdigest(), size)
            finally:
                Path(file.name).unlink(missing_ok=True)
        return digest.hexdigest(), size

    def verify(self, sha: str) -> bool:
        """Whether the content is there and is still what its name says."""
        try:
            with self.path(sha).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha
        except FileNotFoundError:
            return False

    def hashes(self) -> Iterator[str]:
        """Yield the hash of every whole content."""
        yield from sorted(p.name for p in self.root.rglob("*") if SHA256.fullmatch(p.name))

    def forget(self, sha: str) -> bool:
        """Delete a content for good; False if it was not there."""
        path = self.path(sha)
        if not path.exists():
            return False
        path.unlink()
        sync_folder(path.parent)
        return True

    def sweep(self, before: datetime) -> int:
        """Delete what crashes left half-written before this instant; return how many."""
        return sweep_folder(self.root / "incoming", before)

    def answers(self) -> bool:
        """Say whether the archive is there."""
        return True

    def _keep(self, written: Path, sha: str, size: int) -> None:
        path = self.path(sha)
        if not _is_whole(path, size):
            make_folders((path.parent,), self._named)
            written.replace(path)
        sync_folder(path.parent)


def _is_whole(path: Path, size: int) -> bool:
    """Whether whole content is in place; its name may still have to be synced."""
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def sha_checked(sha: str) -> str:
    """Return `sha`; ValueError if it is no SHA-256 in hex."""
    if not SHA256.fullmatch(sha):
        raise ValueError("not a SHA-256")
    return sha


def sweep_folder(folder: Path, before: datetime) -> int:
    """Delete the files older than this instant; return how many."""
    left = [path for path in folder.glob("*") if _is_older(path, before)]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _is_older(path: Path, instant: datetime) -> bool:
    try:
        return path.stat().st_mtime < instant.timestamp()
    except FileNotFoundError:  # its writer was quicker
        return False
