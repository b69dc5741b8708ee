"""Counts that tell from outside how the bot is doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from state.engine import Database
from state.tables import UNDECIDED, attempts, letters, mails, polls

if TYPE_CHECKING:
    from datetime import datetime

COUNTED = func.count()


class Measures(Database):
    """Whole tables counted; asked now and then, not once for every mail."""

    def last_poll(self, mailbox: str) -> datetime | None:
        """Return when any folder of a mailbox was last looked into with success."""
        query = select(func.max(polls.c.polled_at)).where(polls.c.mailbox == mailbox)
        with self.reading() as connection:
            last: datetime | None = connection.scalar(query)
        return last

    def letter_counts(self) -> dict[tuple[str, str], int]:
        """(kind, state) → letters."""
        c = letters.c
        query = select(c.kind, c.state, COUNTED).group_by(c.kind, c.state)
        with self.reading() as connection:
            return {(row[0], row[1]): row[2] for row in connection.execute(query)}

    def attempt_counts(self) -> dict[str, int]:
        """Outcome → tries to send."""
        query = select(attempts.c.outcome, COUNTED).group_by(attempts.c.outcome)
        with self.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def oldest_pending(self) -> datetime | None:
        """Return when the mail that has waited longest for its judgement was recorded."""
        with self.reading() as connection:
            oldest: datetime | None = connection.scalar(
                select(func.min(mails.c.recorded_at)).where(UNDECIDED)
            )
        return oldest
