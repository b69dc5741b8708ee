"""Which mailboxes have not been looked into for too long, and that the operator hears of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.watch.alerts import alarm, all_clear

if TYPE_CHECKING:
    from bot.office import Office

ALERT = "no-poll"
LONGEST = timedelta(minutes=30)


def watch_polls(office: Office, awake_since: datetime | None = None) -> int:
    """Tell of mailboxes not polled for half an hour, and of those that are again.

    `awake_since` is when a worker that goes on running began: before it nobody polled. A trouble
    that was told with its cause (a shut door, a full disk, a broken campaign) is not told twice.
    """
    silent = 0
    for account in office.settings.accounts:
        box, now = account.address, office.clock.now()
        last = office.ledger.last_poll(box) or _first_sight(office, box, now)
        patience = max(LONGEST, timedelta(seconds=3 * account.poll_seconds))
        if now - last < patience:
            all_clear(office, ALERT, box)
        elif now - max(last, awake_since or last) >= patience and not _explained(office, box):
            alarm(office, ALERT, box)
            silent += 1
    return silent


def _first_sight(office: Office, box: str, now: datetime) -> datetime:
    """Return since when a mailbox that was never polled is meant to be."""
    key = f"watched:{box}"
    known = office.ledger.recall(key)
    if known is None:
        office.ledger.remember(key, now.isoformat())
        return now
    return datetime.fromisoformat(known)


def _explained(office: Office, box: str) -> bool:
    told = {(alert.kind, alert.subject) for alert in office.ledger.open_alerts()}
    here = {("disk-low", office.machine), ("archive-unreachable", office.machine)}
    shut = ("account-paused", f"imap:{box}") in told or bool(here & told)
    return shut or office.waits_for_mending(box)
