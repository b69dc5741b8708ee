"""What a cell of a sheet holds, before it has a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Value:
    """As in `parsers.document.Cell`."""

    text: str
    number: Decimal | None = None
    moment: datetime | None = None
    formula: bool = False
    flags: frozenset[str] = frozenset()
