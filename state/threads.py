"""Which letter of ours a mail answers, and so which conversation it belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from state import rows
from state.columns import select_row
from state.engine import Database
from state.tables import letters, mails

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from state.rows.letters import LetterRow

# exmail puts 16 hex digits before our Message-ID (facts/mail.md §4.1).
PREFIXED = re.compile(r"<?[0-9A-Fa-f]{16}(?P<ours>[^<>]+@[^<>]+)>?")
MOST = 200  # ids looked up per mail; a hostile References header may hold thousands


class Threads(Database):
    """Letters found again by the ids that mails refer to."""

    def letter_by_message_ids(self, ids: Sequence[str]) -> LetterRow | None:
        """Return the letter named first in `ids`; brackets do not matter."""
        with self.reading() as connection:
            letter_id = _letter_named(connection, ids)
            query = select_row(rows.letters.LetterRow, letters).where(letters.c.id == letter_id)
            row = connection.execute(query).mappings().first()
        return rows.letters.LetterRow(**row) if row else None

    def answers_in_thread(self, ids: Sequence[str], since: datetime) -> int:
        """How many answers went into the conversation that these ids belong to."""
        with self.reading() as connection:
            thread = thread_of(connection, ids)
            if thread is None:
                return 0
            query = select(func.count()).select_from(letters).join(mails)
            mine = (mails.c.thread == thread, letters.c.created_at >= since)
            return connection.scalar(query.where(*mine)) or 0


def thread_of(connection: Connection, ids: Sequence[str]) -> int | None:
    """Return the mail that began the conversation, if one of our answers is named."""
    letter_id = _letter_named(connection, ids)
    if letter_id is None:
        return None
    query = select(mails.c.thread).join_from(letters, mails).where(letters.c.id == letter_id)
    return connection.scalar(query)


def _letter_named(connection: Connection, ids: Sequence[str]) -> int | None:
    wanted = dict.fromkeys(form for name in ids[:MOST] for form in _forms(name))
    if not wanted:
        return None
    order = {form: place for place, form in enumerate(wanted)}
    query = select(letters.c.id, letters.c.message_id)
    found = connection.execute(query.where(letters.c.message_id.in_(order))).all()
    nearest = min(found, key=lambda row: order[row.message_id], default=None)
    return None if nearest is None else int(nearest.id)


def _forms(message_id: str) -> Iterator[str]:
    bare = message_id.strip().strip("<>")
    yield from (f"<{bare}>", bare)
    if prefixed := PREFIXED.fullmatch(bare):
        yield from (f"<{prefixed['ours']}>", prefixed["ours"])
