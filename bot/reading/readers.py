"""Whether reading processes can begin, and that the operator hears of it when they cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.log import get_log
from bot.reading.children import ReaderNotStartedError, ReadingFailed
from bot.watch.alerts import alarm, all_clear

if TYPE_CHECKING:
    from bot.office import Office

log = get_log("readers")
ALERT = "no-readers"


def tell_no_readers(office: Office, cause: str) -> None:
    """Tell that mails wait because the machine starts no reader: out of memory, of processes."""
    log.error("no-readers", cause=cause)
    alarm(office, ALERT, office.machine)


def watch_readers(office: Office) -> int:
    """Look whether readers begin again, once they did not; 1 when that is over."""
    if office.ledger.open_alert_of(ALERT, office.machine) is None:
        return 0
    try:
        office.pool.peak_mb()
    except (ReaderNotStartedError, ReadingFailed):
        return 0
    all_clear(office, ALERT, office.machine)
    return 1
