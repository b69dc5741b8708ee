"""One mailbox's turn: whether its door is open, what has come, the mark on what has ended."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.keeping.disk import has_room
from bot.log import get_log
from bot.mailboxes.base import LoginRefused, Mailbox, WorldFault
from bot.mailboxes.breaker import fingerprint
from bot.mailboxes.kinds import open_mailbox
from bot.mails.intake import take_in
from bot.outbox.doors import ALERT as PAUSED
from bot.watch.alerts import alarm, all_clear
from bot.watch.bucket import is_reachable
from state.objects import ArchiveUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.mailboxes.base import Folders
    from bot.mailboxes.breaker import Breaker
    from bot.office import Office
    from bot.settings import Account

log = get_log("polling")
BATCH = 500  # mails taken in per turn: what has just come waits for no more than that
FIRST_MARKS = timedelta(days=1)  # how far back a fresh worker marks what has ended


class Poller:
    """Looks into one account's mailbox; for one thread."""

    def __init__(self, office: Office, account: Account, stopping: Callable[[], bool]) -> None:
        self._office, self.account, self._stopping = office, account, stopping
        self._box: Mailbox = open_mailbox(account, office.clock)
        self._marked: datetime | None = None
        self.break_off, self.close = self._box.break_off, self._box.close

    def poll(self, folders: Folders) -> int:
        """Take in up to a batch of new mails; 0 when there were none or the door is shut."""
        office, account = self._office, self.account
        if office.waits_for_mending(account.address):
            return 0
        now, breaker = office.clock.now(), office.breakers[account.address]
        if not breaker.allows(now, self._credentials()):
            return 0
        try:
            if not (has_room(office) and is_reachable(office)):
                return 0
            taken = take_in(office, self._box, folders, BATCH, self._stopping)
        except LoginRefused as refused:
            self._note_refusal(refused, breaker, now)
            return 0
        except (WorldFault, OSError) as fault:
            if not isinstance(fault, ArchiveUnavailableError):  # which is not this door's fault
                jitter = random.random()  # noqa: S311 - nobody gains by guessing it
                office.breakers[account.address] = breaker.faulted(now, jitter)
            log.warning("poll-failed", cause=str(fault))
            return 0
        if breaker.refusals:
            all_clear(office, PAUSED, self._door)
        office.breakers[account.address] = breaker.succeeded()
        self._mark()
        return taken.arrivals

    @property
    def _door(self) -> str:
        return f"imap:{self.account.address}"

    def _credentials(self) -> str:
        account = self.account
        secret = account.password.get_secret_value() if account.password else ""
        return fingerprint(account.username, secret)

    def _note_refusal(self, refused: LoginRefused, breaker: Breaker, now: datetime) -> None:
        shut = breaker.refused(now, self._credentials())
        self._office.breakers[self.account.address] = shut
        log.error("login-refused", cause=str(refused))
        if refused.certain or breaker.refusals:
            alarm(self._office, PAUSED, self._door, refused.reason)

    def _mark(self) -> None:
        """Set the account's mark on what has ended; a hint for people, repeating is harmless."""
        if self.account.mark == "none":
            return
        now, ledger = self._office.clock.now(), self._office.ledger
        since = self._marked or now - FIRST_MARKS
        try:
            for folder, uid in ledger.decided_since(self.account.address, since):
                self._box.mark_done(folder, uid)
        except WorldFault as fault:
            log.warning("not-marked", cause=str(fault))
            return
        self._marked = now
