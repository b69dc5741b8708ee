"""Why an order could not be carried out, when the ledger finds it no longer fits."""

from __future__ import annotations


class ActRefusedError(Exception):
    """`reason`: spent, unknown, undone, final, busy, nothing, not-decided, paused, not-paused."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
