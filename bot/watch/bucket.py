"""Whether the bucket of raw mails can be reached, and that the operator hears when it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.log import get_log
from bot.watch.alerts import alarm, all_clear

if TYPE_CHECKING:
    from bot.office import Office

log = get_log("bucket")
ALERT = "archive-unreachable"


def is_reachable(office: Office) -> bool:
    """Say whether raw mails can be kept; until then they stay on the mail server, safe."""
    return not office.archive.failing or office.archive.answers()


def watch_bucket(office: Office) -> int:
    """Tell of a bucket that fails, and of one that works again; 1 while it fails."""
    told = office.ledger.open_alert_of(ALERT, office.machine)
    if told is None and not office.archive.failing:
        return 0
    if office.archive.answers():
        all_clear(office, ALERT, office.machine)
        return 0
    log.error("archive-unreachable")
    alarm(office, ALERT, office.machine)
    return 1
