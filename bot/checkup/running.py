"""How checks are run: side by side, each alone and for so long, so that none stops another."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.checkup.result import Result, broken

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Check:
    """A row of answers about one thing; `seconds` is how long it may take for all of them."""

    name: str
    about: str
    ask: Callable[[], Iterator[Result]]
    seconds: float = 40


def run_checks(checks: Sequence[Check]) -> Iterator[tuple[Check, Result]]:
    """Yield each check's answers, in the checks' order; all of them begin at once.

    A check that takes too long is left alone: what it said until then counts, and a fault.
    """
    began = time.monotonic()
    told = [_begun(check) for check in checks]
    for check, answers in zip(checks, told, strict=True):
        for result in _heard(answers, began + check.seconds):
            yield check, result


def _begun(check: Check) -> queue.SimpleQueue[Result | None]:
    answers: queue.SimpleQueue[Result | None] = queue.SimpleQueue()
    threading.Thread(target=_ask, args=(check, answers), daemon=True).start()
    return answers


def _ask(check: Check, answers: queue.SimpleQueue[Result | None]) -> None:
    try:
        for result in check.ask():
            answers.put(result)
    except Exception as fault:  # noqa: BLE001 - whatever it is, the other checks go on
        answers.put(broken("check.failed", why=f"{type(fault).__name__}: {fault}"[:300]))
    answers.put(None)


def _heard(answers: queue.SimpleQueue[Result | None], until: float) -> Iterator[Result]:
    while True:
        try:
            result = answers.get(timeout=max(until - time.monotonic(), 0.01))
        except queue.Empty:
            yield broken("check.silent")
            return
        if result is None:
            return
        yield result
