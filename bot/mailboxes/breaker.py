"""When an account may be logged in to again after a refusal or a fault; kept over restarts."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import threading
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from state.durable import put_in_place

if TYPE_CHECKING:
    from pathlib import Path

REFUSAL_WAITS = (timedelta(minutes=15), timedelta(hours=1), timedelta(days=1))
"""After the first and the second refused login, and after each from the third on: by then a
person must act, and a look a day finds out that he has, though the password is still the same
(facts: mail §1.9: five mailboxes were blocked by retries every few minutes)."""

FAULT_FIRST, FAULT_MOST = timedelta(seconds=30), timedelta(minutes=30)
FARTHEST = REFUSAL_WAITS[-1] + FAULT_MOST  # a later instant was set by a clock that went wrong


@dataclass(frozen=True, slots=True)
class Breaker:
    """The state of one account's door, as a value.

    `credentials` is the fingerprint of what was refused; other credentials open the door.
    """

    refusals: int = 0
    faults: int = 0
    until: datetime | None = None
    credentials: str = ""

    def allows(self, now: datetime, credentials: str) -> bool:
        """Whether a login may be tried at `now`."""
        if self.refusals and credentials != self.credentials:
            return True
        return self.until is None or now >= self.until or self.until > now + FARTHEST

    def refused(self, now: datetime, credentials: str) -> Breaker:
        """Return the state after a refused login."""
        before = self.refusals if credentials == self.credentials else 0
        wait = REFUSAL_WAITS[min(before, len(REFUSAL_WAITS) - 1)]
        return Breaker(before + 1, 0, now + wait, credentials)

    def faulted(self, now: datetime, jitter: float = 0.0) -> Breaker:
        """Return the state after a network fault; `jitter` in 0..1 lengthens the wait by half."""
        wait = min(FAULT_FIRST * 2 ** min(self.faults, 10), FAULT_MOST)
        until = max(now + wait * (1 + jitter / 2), self.until or now)
        return replace(self, faults=self.faults + 1, until=until)

    def succeeded(self) -> Breaker:
        """Return the state after a login that worked."""
        return Breaker()


@functools.lru_cache(maxsize=64)
def fingerprint(username: str, password: str) -> str:
    """Return a value that changes with the credentials and does not give them away."""
    salt = hashlib.sha256(username.encode()).digest()
    return hashlib.scrypt(password.encode(), salt=salt, n=2**12, r=8, p=1, dklen=9).hex()


class Breakers:
    """The breakers by account, in one small file, so that a restart is not a new attempt."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._states = _load(path)
        self._lock = threading.Lock()

    def __getitem__(self, account: str) -> Breaker:
        return self._states.get(account, Breaker())

    def __setitem__(self, account: str, state: Breaker) -> None:
        with self._lock:
            if self[account] != state:
                self._states[account] = state
                self._write()

    def _write(self) -> None:
        rows = {name: asdict(one) for name, one in self._states.items()}
        with contextlib.suppress(OSError):  # a full disk: it is still known while we run
            put_in_place(self._path, json.dumps(rows, default=datetime.isoformat))


def _load(path: Path) -> dict[str, Breaker]:
    """Read the file; if it cannot be read, forgetting closed doors costs one login each."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {name: Breaker(**row | {"until": _instant(row)}) for name, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _instant(row: dict[str, str | None]) -> datetime | None:
    text = row.get("until")
    return datetime.fromisoformat(text) if text else None
