"""Letters that stopped on their way, and that a person sends again, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from state.engine import Database
from state.report import write_audit
from state.tables import letter_bytes, letters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from state.rows.letters import LetterRow


STOPPED = frozenset({"refused", "uncertain"})
"""States that a letter leaves only because a person says so (a receipt's first doubt apart)."""
c = letters.c
WRITTEN = select(letter_bytes.c.letter_id)


class Resending(Database):
    """What an operator says of letters that a server refused, or may or may not have taken."""

    def resend_letters(
        self, seen: Sequence[LetterRow], actor: str, now: datetime
    ) -> tuple[int, ...]:
        """Queue stopped letters that still are as they were `seen`; return which.

        One that somebody else sent again meanwhile, or whose words were purged, stays as it is.
        Each gets its tries anew; those it had stay in its history.
        """
        free = {"state": "queued", "not_before": now, "settled_at": None, "attempts": 0}
        with self.writing() as connection:
            gone = []
            for row in seen:
                as_seen = (c.id == row.id, c.state == row.state, c.not_before == row.not_before)
                same = (*as_seen, c.state.in_(STOPPED), c.id.in_(WRITTEN))
                if connection.execute(update(letters).where(*same).values(**free)).rowcount:
                    gone.append(row.id)
            if gone:
                write_audit(connection, actor, "resend-letters", ",".join(map(str, gone)), now)
        return tuple(gone)
