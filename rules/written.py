"""How people write a day and a time of day in a campaign's file."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated, Any

from pydantic import BeforeValidator


def _as_day(value: Any) -> Any:
    """Take 2023-5-12 and 2023-05-12; pydantic alone reads a bare number as seconds since 1970."""
    if not isinstance(value, str):
        return value
    written = re.fullmatch(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*", value)
    if written is None:
        raise ValueError("not a date")
    try:
        return date(*(int(part) for part in written.groups()))
    except ValueError:
        raise ValueError("not a date") from None


def _as_clock(value: Any) -> Any:
    """Take 9:00, 09:00 and 17:30."""
    if not isinstance(value, str):
        return value
    written = re.fullmatch(r"\s*(\d{1,2}):(\d{2})(?::00)?\s*", value)
    if written is None:
        raise ValueError("not a time of day")
    try:
        return time(int(written[1]), int(written[2]))
    except ValueError:
        raise ValueError("not a time of day") from None


Day = Annotated[date, BeforeValidator(_as_day)]
Clock = Annotated[time, BeforeValidator(_as_clock)]
