"""Why an order could not be carried out, when the ledger finds it no longer fits."""

from __future__ import annotations


class ActRefusedError(Exception):
    """An order that no longer fits.

    `reason`: spent, unknown, undone, final, busy, nothing, not-decided, not-held, paused,
    not-paused, moved (the roster has changed since).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
