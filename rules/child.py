"""The reading child that knows the campaigns' forms: it reads a mail and looks for them.

Run as `python -m rules.child MEMORY_MB [eyes]`. It answers what `parsers.child` answers, is told
the campaigns by `campaigns`, and by `recognise` reads a mail: the answer is the mail and, on a
line of its own, what was found in it (`rules.judging.noted`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.child import OPERATIONS, main

if TYPE_CHECKING:
    from parsers.child import Operation
    from rules.recogniser import Recogniser


def operations() -> dict[str, Operation]:
    """Return what it answers."""
    return {**OPERATIONS, "campaigns": _hear, "recognise": _recognise}


def _hear(request: dict[str, Any]) -> tuple[bytes, bytes]:
    return _recogniser().hear(request)


def _recognise(request: dict[str, Any]) -> tuple[bytes, bytes]:
    return _recogniser().recognise(request)


@cache
def _recogniser() -> Recogniser:
    """Load what recognising takes: a child that only looks has none of it."""
    from rules.recogniser import Recogniser  # noqa: PLC0415 - as above

    return Recogniser()


if __name__ == "__main__":
    main(operations())
