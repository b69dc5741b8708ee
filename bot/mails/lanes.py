"""Which mails are read first while many wait: of people we know, then of strangers, then floods.

The lane is only an order, so a forged sender gains nothing but a place among the first few.
"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from parsers.message.top import MOST_READ, sender_of

if TYPE_CHECKING:
    from bot.office import Office

KNOWN, STRANGER, FLOOD = 0, 1, 2
MANY_FROM_ONE = 20  # mails with files an hour of one address; then they wait for everybody else
MANY_WORDS = 3  # the same for mails without files, which are so often forged
MANY_STRANGERS = 200  # mails an hour of strangers to one mailbox; the same
HOUR, REFRESH = timedelta(hours=1), timedelta(minutes=10)


class Lanes:
    """Counts what comes, by address and by mailbox; any thread may ask."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._hour: datetime | None = None
        self._looked: datetime | None = None
        self._came: Counter[str] = Counter()
        self._known: frozenset[str] = frozenset()

    def of(self, office: Office, mailbox: str, raw: bytes) -> int:
        """Return the lane of a mail that has just come."""
        sender = sender_of(raw)
        address = sender.address if sender else ""
        top = raw[:MOST_READ]
        files = b"multipart/mixed" in top or b"multipart/mixed" in top.lower()
        with self._turn:
            self._refresh(office)
            self._came[f"{address} {files}"] += 1
            much = self._came[f"{address} {files}"] > (MANY_FROM_ONE if files else MANY_WORDS)
            if address in self._known:
                return FLOOD if much else KNOWN
            self._came[f"strangers to {mailbox}"] += 1
            many = self._came[f"strangers to {mailbox}"] > MANY_STRANGERS
            return FLOOD if many or much else STRANGER

    def _refresh(self, office: Office) -> None:
        now = office.clock.now()
        if self._hour is None or not timedelta() <= now - self._hour < HOUR:
            self._hour, self._came = now, Counter()
        if self._looked is None or not timedelta() <= now - self._looked < REFRESH:
            self._looked, self._known = now, _known(office)


def _known(office: Office) -> frozenset[str]:
    """Return whom the rosters, the campaigns and earlier mails name."""
    known = {*office.settings.admin, *office.settings.coordinators}
    for campaign in office.campaigns:
        known |= {a.lower() for unit in campaign.roster.units for a in unit.addresses}
        known |= {a.lower() for a in (*campaign.file.digest.to, *campaign.file.coordinators)}
        known |= set(office.ledger.known_addresses(campaign.id))
    return frozenset(known)
