"""An SMTP server that takes every letter, and notes when it did."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default

from tests.servers.smtp_script import ScriptedSmtp


@dataclass(frozen=True)
class Accepted:
    """One letter as it was taken; `at` is seconds of the monotonic clock."""

    at: float
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def headers(self):
        return message_from_bytes(self.raw.partition(b"\r\n\r\n")[0], policy=default)

    @property
    def message_id(self):
        return str(self.headers["Message-ID"])

    @property
    def kind(self):
        """receipt, correction, reminder …: our Message-IDs begin with it."""
        return self.message_id.strip("<").partition(".")[0]


class Sink(ScriptedSmtp):
    """`accepted` are the letters in the order in which they were taken."""

    def __init__(self, **script):
        super().__init__(**script)
        self.letters = _Timed()

    @property
    def accepted(self):
        return list(self.letters.accepted)

    def heard(self, verb):
        """Say whether a client has said this."""
        return any(line.upper().startswith(verb) for line in self.commands)

    def fall_silent(self):
        """Take letters from now on and never say so."""
        self._script["dot"] = [b""] * 1000


class _Timed:
    def __init__(self):
        self.accepted = []

    def append(self, letter):
        self.accepted.append(Accepted(time.monotonic(), letter.recipients, letter.raw))
