"""What a server says nothing for: hours that pass at once in the event loop that waits for it."""

from __future__ import annotations

import select
import time
from asyncio.base_events import BaseEventLoop
from contextlib import contextmanager, suppress
from unittest.mock import patch

from tests.servers.smtp_script import ScriptedSmtp

HOUR = 3600.0
AT_FIRST, THEN = 0.05, 1.0  # seconds until an hour passes, then until the next: who waits is late


class _Hours:
    """What event loops take for the time: the real one, and the hours that have passed since."""

    def __init__(self):
        self.ahead, self._loop = 0.0, None

    def of(self, loop):
        """Return the time of this loop, which is the one that waits."""
        self._loop = loop
        return time.monotonic() + self.ahead

    def pass_by(self):
        """Let an hour pass for who waits."""
        self.ahead += HOUR
        with suppress(RuntimeError):  # it has ended
            self._loop.call_soon_threadsafe(lambda: None)


HOURS = _Hours()


class SilentSmtp(ScriptedSmtp):
    """While it says nothing, hours pass: its client gives up at once, with its real patience."""

    def silence(self, file):
        wait = AT_FIRST
        while not select.select([file], [], [], wait)[0]:
            HOURS.pass_by()
            wait = THEN
        return super().silence(file)


@contextmanager
def silence_passes():
    """Let event loops go by HOURS."""

    def now(loop):
        return HOURS.of(loop)

    with patch.object(BaseEventLoop, "time", now):
        yield
