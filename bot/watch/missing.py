"""Mails that a server shows and that for long have no row: the operator hears of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.watch.alerts import alarm, all_clear

if TYPE_CHECKING:
    from bot.office import Office

log = get_log("missing")
ALERT = "incomplete"
LONGEST = timedelta(minutes=30)  # without one of them getting a row


def watch_missing(office: Office) -> int:
    """Tell of mailboxes whose mails do not get fewer that have no row; return how many those are.

    A backlog gets smaller with each poll; what a server shows and will not hand over does not.
    A mailbox that cannot be looked into is told of as such.
    """
    boxes = [account.address for account in office.settings.accounts]
    return sum(_is_stuck(office, box) for box in boxes)


def _is_stuck(office: Office, box: str) -> bool:
    count, now = office.ledger.unaccounted(box), office.clock.now()
    since, fewest = _fewest(office, box)
    if not count:
        if since is not None:
            office.ledger.remember(_key(box), "")
        all_clear(office, ALERT, box)
        return False
    if since is None or count < fewest or since > now:  # the clock was set back
        office.ledger.remember(_key(box), f"{now.isoformat()} {count}")
        return False
    polled = office.ledger.last_poll(box)
    if polled is None or now - since < LONGEST or now - polled >= LONGEST:
        return False
    log.error("mails-without-row", count=count)
    alarm(office, ALERT, box)
    return True


def _fewest(office: Office, box: str) -> tuple[datetime | None, int]:
    """Return how few mails have been without a row, and since when it has been no fewer."""
    at, _, count = (office.ledger.recall(_key(box)) or "").partition(" ")
    return (datetime.fromisoformat(at), int(count)) if count else (None, 0)


def _key(box: str) -> str:
    return f"without-row:{box}"
