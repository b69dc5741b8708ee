"""One mailbox kind per file; `kinds.py` is the registry, what all have in common is named here."""

from bot.mailboxes.base import Arrived, Folders, LoginRefused, Mailbox, Seen, WorldFault

__all__ = ["Arrived", "Folders", "LoginRefused", "Mailbox", "Seen", "WorldFault"]
