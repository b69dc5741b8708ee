"""Which workers of this data folder live: each holds a lock on a file of its own name.

The kernel lets go of the lock however a process ends, so nobody waits for the lease of a worker
that was killed. A worker of another folder is unknown here; its leases run out by themselves.
"""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORKERS = "workers"  # in the data folder
SUFFIX, HEARTBEAT = ".lock", ".heartbeat"


class Presence:
    """One worker's lock; `begin` before its first claim, `end` after its last."""

    def __init__(self, folder: Path, worker: str) -> None:
        self._folder = folder
        self._path = folder / f"{worker}{SUFFIX}"
        self.heartbeat = folder / f"{worker}{HEARTBEAT}"
        self._held: int | None = None

    def begin(self) -> None:
        """Take the lock; repeating is harmless."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        while self._held is None:
            self._held = _locked(self._path, create=True)

    def gone(self) -> Iterator[str]:
        """Yield the workers that ended without `end`; each is forgotten after its turn."""
        for path in sorted(self._folder.glob(f"*{SUFFIX}")):
            if path == self._path:
                continue
            lock = _locked(path)
            if lock is not None:
                try:
                    name = path.name.removesuffix(SUFFIX)
                    yield name
                    path.unlink(missing_ok=True)
                    path.with_name(name + HEARTBEAT).unlink(missing_ok=True)
                finally:
                    os.close(lock)

    def end(self) -> None:
        """Let the lock go and leave no file."""
        if self._held is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._held)
            self._held = None


def anyone_lives(folder: Path) -> bool:
    """Say whether a worker of this folder lives, without a lock or a file of one's own."""
    return any(not _is_free(path) for path in folder.glob(f"*{SUFFIX}"))


def _is_free(path: Path) -> bool:
    lock = _locked(path)
    if lock is not None:
        os.close(lock)
    return lock is not None or not path.exists()


def _locked(path: Path, *, create: bool = False) -> int | None:
    """Lock the file that bears this name now; None if somebody holds it, or took it away."""
    try:
        descriptor = os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), 0o600)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(descriptor)
    return None
