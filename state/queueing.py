"""How a letter gets into the outbox: once for each occasion, with its bytes and recipients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from state.approvals import first_state
from state.engine import insert_new
from state.prepared import Prepared
from state.tables import letter_bytes, letters, recipients

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from state.rows.letters import NewLetter


ADD_BYTES = Prepared(insert(letter_bytes), "letter_id", "raw")
ADD_RECIPIENT = Prepared(
    insert(recipients), "letter_id", "address", "domain", "answer", "created_at"
)
OCCASION = ("kind", "subject_key", "period")


def queue_letters(connection: Connection, new: Iterable[NewLetter], now: datetime) -> list[int]:
    """Write letters in a transaction of the caller's; return the ids of the new ones."""
    ids = []
    for letter in new:
        row = _letter(letter, now) | {"state": first_state(connection, letter)}
        letter_id = insert_new(connection, letters, OCCASION, row)
        if letter_id is not None:
            raw = {"letter_id": letter_id, "raw": letter.raw}
            ADD_BYTES.change(connection, raw)
            _address(connection, letter_id, letter, now)
            ids.append(letter_id)
    return ids


def _letter(letter: NewLetter, now: datetime) -> dict[str, Any]:
    return {
        "kind": letter.kind,
        "subject_key": letter.subject_key,
        "period": letter.period,
        "account": letter.account,
        "recipients": letter.recipients,
        "message_id": letter.message_id,
        "subject": letter.subject,
        "size": len(letter.raw),
        "campaign": letter.campaign,
        "unit": letter.unit,
        "mail_id": letter.mail_id,
        "requirements": letter.requirements,
        "priority": letter.priority,
        "not_before": letter.not_before,
        "created_at": letter.created_at or now,
    }


def _address(connection: Connection, letter_id: int, letter: NewLetter, now: datetime) -> None:
    rows = [
        {
            "letter_id": letter_id,
            "address": address,
            "domain": address.rpartition("@")[2],
            "answer": letter.mail_id is not None,
            "created_at": letter.created_at or now,
        }
        for address in dict.fromkeys(address.lower() for address in letter.recipients)
    ]
    for row in rows:
        ADD_RECIPIENT.change(connection, row)
