"""One answer of a check: how it is, and the constant that its sentence stands under."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Mark(StrEnum):
    """How it is: fine, worth a look, or broken."""

    FINE = "fine"
    LOOK = "look"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Result:
    """`code` is a key of templates/checkup; `facts` are put into its sentence."""

    code: str
    mark: Mark = Mark.FINE
    facts: dict[str, object] = field(default_factory=dict)


def fine(code: str, **facts: object) -> Result:
    """Say that something is as it should be."""
    return Result(code, Mark.FINE, facts)


def look(code: str, **facts: object) -> Result:
    """Say that something works and is worth a look."""
    return Result(code, Mark.LOOK, facts)


def broken(code: str, **facts: object) -> Result:
    """Say that something does not work."""
    return Result(code, Mark.BROKEN, facts)
