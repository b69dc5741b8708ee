"""One mailbox kind per file, and the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.mailboxes.base import Arrived, Folders, LoginRefused, Mailbox, Seen, WorldFault
from bot.mailboxes.imap import ImapMailbox
from bot.mailboxes.maildir import MaildirMailbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import Clock
    from bot.settings import Account

__all__ = [
    "MAILBOXES",
    "Arrived",
    "Folders",
    "LoginRefused",
    "Mailbox",
    "Seen",
    "WorldFault",
    "open_mailbox",
]

MAILBOXES: tuple[tuple[str, Callable[[Account, Clock], Mailbox]], ...] = (
    ("imap", ImapMailbox),
    ("maildir", MaildirMailbox),
)


def open_mailbox(account: Account, clock: Clock) -> Mailbox:
    """Return the account's mailbox; it connects at its first poll."""
    return dict(MAILBOXES)[account.kind](account, clock)
