"""When a mail was written and received, from headers anyone may have filled with anything."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_YEARS = range(1990, 2100)


def read_date(value: str) -> datetime | None:
    """Return an RFC 5322 date as an aware UTC instant, or None when it is none."""
    try:
        moment = parsedate_to_datetime(value[:200])
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        moment = moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None
    return moment if moment.year in _YEARS else None


def received_date(value: str) -> datetime | None:
    """Return the date of a Received field: what follows its last semicolon."""
    after = value.rpartition(";")[2] or value
    return read_date(re.sub(r"\s+", " ", after).strip())
