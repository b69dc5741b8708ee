"""When a mail was received, from its own topmost Received field, where a server keeps no date."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 100_000  # bytes of header worth searching
_FIELD = re.compile(rb"(?im)^received:((?:[^\r\n]|\r?\n[ \t])*)")
_END = re.compile(rb"\r?\n\r?\n")


def received_date(mail: bytes) -> datetime | None:
    """Return the instant the last server wrote, UTC; None when there is none to be read."""
    topmost = _FIELD.search(header_of(mail[:_LONGEST]))
    if topmost is None:
        return None
    text = topmost[1].decode("latin-1").rpartition(";")[2]
    try:
        return parsedate_to_datetime(" ".join(text.split())).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def header_of(mail: bytes) -> bytes:
    """Return a mail's header, the empty line included."""
    end = _END.search(mail)
    return mail[: end.end()] if end else mail
