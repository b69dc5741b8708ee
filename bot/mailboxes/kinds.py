"""The registry of mailbox kinds: one file each, its line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.mailboxes.imap import ImapMailbox
from bot.mailboxes.maildir import MaildirMailbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import Clock
    from bot.mailboxes.base import Mailbox
    from bot.settings import Account

MAILBOXES: tuple[tuple[str, Callable[[Account, Clock], Mailbox]], ...] = (
    ("imap", ImapMailbox),
    ("maildir", MaildirMailbox),
)


def open_mailbox(account: Account, clock: Clock) -> Mailbox:
    """Return the account's mailbox; it connects at its first poll."""
    return dict(MAILBOXES)[account.kind](account, clock)
