"""How a mail ends, and where that leaves a unit with what it owes."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """How a mail ends (promise P2)."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    IGNORED = "ignored"
    HELD = "held"


class Standing(StrEnum):
    """Unit × requirement."""

    MISSING = "missing"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ACCEPTED_LATE = "accepted-late"
    NIL = "nil"
    EXEMPT = "exempt"
