"""Command: whether a mail orders something, and what becomes of it.

A mail marked automatic orders nothing, nor does one that came with files and without a code:
what is handed in goes first. Strangers are not answered at all (promise P6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.orders.acting import typed, unclear, with_code
from bot.orders.answer import Asked, End, ended
from bot.orders.own import tell_own
from bot.orders.people import masters_of
from bot.orders.telling import tell
from rules.commands.command import ACTS, LOOKS
from rules.commands.said import read_said

if TYPE_CHECKING:
    from bot.office import Office
    from parsers.mail import Mail
    from state.rows import ClaimedMail

PICTURES = frozenset({"image"})


def obey(office: Office, claimed: ClaimedMail, mail: Mail) -> End | None:
    """Return what a mail that orders something leads to; None: it is a mail like any other."""
    said = read_said(mail.subject, mail.text)
    silent = mail.automatic is not None or mail.sender is None or not claimed.answerable
    if said is None or silent or mail.sender is None or claimed.assigned_unit:
        return None
    asked = Asked(office, claimed, mail, mail.sender.address.lower())
    if said.code == "" and any(not f.inline and f.kind not in PICTURES for f in mail.files):
        return None
    campaigns = masters_of(office, asked.sender, claimed.mailbox)
    if said.verb in ACTS and said.code:
        if not campaigns:
            return End(ended("command-refused"))
        return with_code(asked, said, campaigns)
    if not campaigns or said.verb not in ACTS | LOOKS:
        return tell_own(asked, said) if said.verb not in ACTS | LOOKS else None
    return typed(asked, said, campaigns) if said.verb in ACTS else tell(asked, said, campaigns)


def overtaken(office: Office, claimed: ClaimedMail, mail: Mail, reason: str) -> End:
    """Return what an order leads to that the ledger refused when it was carried out."""
    said = read_said(mail.subject, mail.text)
    sender = mail.sender.address.lower() if mail.sender else ""
    campaigns = masters_of(office, sender, claimed.mailbox)
    if said is None or not campaigns:
        return End(ended("command-refused"))
    return unclear(Asked(office, claimed, mail, sender), campaigns[0], said, reason)
