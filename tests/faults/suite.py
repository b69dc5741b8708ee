"""The fault tests by number, each with its figure from facts/reliability.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.faults import calendar, clocks, errors, flood, imap, kills, loops, providers, smtp, soak
from tests.faults.tally import Tally


@dataclass(frozen=True)
class Fault:
    """One test; `run(tally, full)` tries its points, a representative part unless `full`.

    Where databases may differ, the full sweep is made on each.
    """

    number: str
    what: str
    run: Callable[[Tally, bool], None]
    on_each: bool = True


FAULTS = (
    Fault("T1", "kill -9 at every system call that leaves a trace", kills.run),
    Fault("T2", "two workers killed at random among many mails", soak.run),
    Fault("T3", "SMTP: every reply class at every phase, close, stall", smtp.run),
    Fault("T4", "IMAP: cut, reset, stalled; odd answers; people at work meanwhile", imap.run),
    Fault("T5", "reminders met by several workers, after an outage", calendar.run),
    Fault("T6", "machines that answer our letters, for a week", loops.run, on_each=False),
    Fault("T7", "a flood of forged mails among real ones", flood.run, on_each=False),
    Fault("T10", "disk full, I/O errors, connections reset; synced before seen", errors.run),
    Fault("TC", "a clock that is set forward and back while mail is at hand", clocks.run),
    Fault("TP", "a NetEase-like and a QQ-like provider", providers.run, on_each=False),
)
