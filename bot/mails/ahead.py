"""The mail a reader has claimed as it ended the one before: a decision and a claim, one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.office import LEASE
from state.claims import Claim

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.office import Office
    from state.rows.mails import ClaimedMail


class Ahead:
    """For one reader; `goes_on` says whether it will read a mail after this one."""

    def __init__(self, goes_on: Callable[[], bool]) -> None:
        self.goes_on = goes_on
        self.mail: ClaimedMail | None = None

    def claim(self, lanes: range) -> Claim | None:
        """Return what to claim next, None when nothing more will be read."""
        return Claim(LEASE, lanes) if self.goes_on() else None

    def take(self) -> ClaimedMail | None:
        """Return what was claimed, once."""
        mail, self.mail = self.mail, None
        return mail

    def give_back(self, office: Office, worker: str) -> None:
        """Give back, uncounted, what will not be read after all."""
        mail = self.take()
        if mail is not None:
            office.ledger.release_mail(mail.mail_id, worker)
