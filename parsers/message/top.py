"""The headers by which people know a mail, read within small bounds: no reader survived it."""

from __future__ import annotations

from parsers.mail import Mail, Party
from parsers.message.addresses import read_sender
from parsers.message.headers import Headers, read_headers
from parsers.names import message_ids, one_line

MOST_READ = 65_536  # bytes from the mail's beginning
MOST_VALUE = 2_000  # bytes of one field
NEEDED = frozenset({"message-id", "subject", "from", "in-reply-to", "references"})


def sender_of(raw: bytes) -> Party | None:
    """Return who a mail is from, and read nothing else."""
    fields, _ = read_headers(raw[:MOST_READ], 0, min(len(raw), MOST_READ))
    named = [(name, value[:MOST_VALUE]) for name, value in fields.fields if name == "from"]
    return read_sender(Headers(named[:50])).party


def read_top(raw: bytes) -> Mail:
    """Return a Mail of Message-ID, subject, sender and references alone; never an exception.

    Decoding is bounded before it begins (facts/reliability.md §0.8), so a process that must not
    die may do it.
    """
    fields, _ = read_headers(raw[:MOST_READ], 0, min(len(raw), MOST_READ))
    kept = [(name, value[:MOST_VALUE]) for name, value in fields.fields if name in NEEDED]
    headers = Headers(kept[:50])
    sender, flags = read_sender(headers)
    return Mail(
        message_id=next(iter(message_ids(headers.get("message-id"))), None),
        subject=one_line(headers.text("subject"))[:500],
        sender=sender,
        in_reply_to=message_ids(headers.get("in-reply-to")),
        references=message_ids(headers.get("references")),
        flags=flags,
    )
