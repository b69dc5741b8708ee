"""What time it is: the one place that reads the clock, and a simulated one for stories."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.campaign import Campaign
    from state.ledger import Ledger


class Clock:
    """The machine's clock. Instants are aware and UTC."""

    def now(self) -> datetime:
        """Return this instant."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Let `seconds` pass; nothing happens for zero or less."""
        if seconds > 0:
            time.sleep(seconds)


class SharedClock(Clock):
    """The clock of a database that several machines share, kept going between two looks at it.

    What this machine's own clock shows, or is set to, does not matter.
    """

    def __init__(self, ask: Callable[[], datetime | None]) -> None:
        self._ask = ask
        self._told = (datetime.now(UTC), time.monotonic())
        self.follow()

    def now(self) -> datetime:
        """Return this instant, as the database would."""
        instant, at = self._told
        return instant + timedelta(seconds=time.monotonic() - at)

    def follow(self) -> None:
        """Ask the database and go by its answer; it spoke half-way between question and answer."""
        asked = time.monotonic()
        instant = self._ask()
        if instant is not None:
            self._told = (_utc(instant), (asked + time.monotonic()) / 2)


def local(instant: datetime, campaign: Campaign) -> datetime:
    """Return an instant as the campaign's people read it."""
    return instant.astimezone(ZoneInfo(campaign.file.timezone))


def clock_of(ledger: Ledger) -> Clock:
    """Return the clock that all who work with this ledger go by."""
    return SharedClock(ledger.instant) if ledger.is_shared else Clock()


class SimulatedClock(Clock):
    """A clock that moves only when told; sleeping on it takes no time."""

    def __init__(self, start: datetime) -> None:
        self._now = _utc(start)

    def now(self) -> datetime:
        """Return the simulated instant."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Move on by `seconds`."""
        self.advance(timedelta(seconds=max(seconds, 0)))

    def advance(self, span: timedelta) -> None:
        """Move on by `span`."""
        self.set(self._now + span)

    def set(self, instant: datetime) -> None:
        """Move to `instant`; time never runs backwards."""
        if _utc(instant) < self._now:
            raise ValueError(f"the clock stands at {self._now}, it cannot go back to {instant}")
        self._now = _utc(instant)


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    return instant.astimezone(UTC)
