"""Command: whether a mail orders something, and what becomes of it.

A mail marked automatic orders nothing, nor does one that came with files and without a code:
what is handed in goes first. Strangers are not answered at all (promise P6).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.orders.acting import typed, unclear, with_code
from bot.orders.answer import Asked, End, ended
from bot.orders.own import tell_own
from bot.orders.people import masters_of
from bot.orders.telling import tell
from rules.commands.command import ACTS, OWN, Verb
from rules.commands.said import read_said

if TYPE_CHECKING:
    from bot.office import Office
    from parsers.mail import Mail
    from rules.campaign import Campaign
    from rules.commands.said import Said
    from state.rows.mails import ClaimedMail

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
    own = tell_own(asked, said) if said.verb in OWN else None
    return own or _of_campaigns(asked, said, masters_of(office, asked.sender, claimed.mailbox))


def _of_campaigns(asked: Asked, said: Said, campaigns: tuple[Campaign, ...]) -> End | None:
    """Do what somebody on record orders; who is on none is not answered."""
    if said.verb in ACTS and said.code:
        good = with_code(asked, said, campaigns) if campaigns else None
        return good or End(ended("command-refused"))
    if not campaigns or said.verb is Verb.BLANKS:
        return None
    if said.verb is Verb.QUERY:
        said = replace(said, verb=Verb.STATUS)  # who coordinates asks about everybody
    return typed(asked, said, campaigns) if said.verb in ACTS else tell(asked, said, campaigns)


def overtaken(office: Office, claimed: ClaimedMail, mail: Mail, reason: str) -> End:
    """Return what an order leads to that the ledger refused when it was carried out."""
    said = read_said(mail.subject, mail.text)
    sender = mail.sender.address.lower() if mail.sender else ""
    campaigns = masters_of(office, sender, claimed.mailbox)
    if said is None or not campaigns:
        return End(ended("command-refused"))
    return unclear(Asked(office, claimed, mail, sender), campaigns[0], said, reason)
