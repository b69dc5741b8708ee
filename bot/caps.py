"""Hard caps on automatic answers (promise P6): per address, thread, domain and hour."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rules.public_domains import PUBLIC_DOMAINS

if TYPE_CHECKING:
    from bot.office import Office
    from parsers.mail import Mail

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


FORMLESS = "unrecognised"
"""The kind of answer a mail gets in which nothing that is owed was found."""


def reason_for_silence(office: Office, mail: Mail, *, has_form: bool) -> str | None:
    """Return why a mail that could be answered must not be, a constant; None: answer it.

    Headers are not enough against loops (facts/mail.md §6.3), so answers are counted. Who sends
    what is owed is only held to the day's cap of his own address and thread.
    """
    if mail.sender is None:
        return "no-sender"
    sender = mail.sender.address
    if sender in {account.address for account in office.settings.accounts}:
        return "own-address"
    caps, ledger, yesterday = office.settings.caps, office.ledger, office.clock.now() - DAY
    if ledger.answers_to(sender, yesterday) >= caps.per_address_per_day:
        return "cap-address"
    references = (*mail.in_reply_to, *mail.references)
    if references and ledger.answers_in_thread(references, yesterday) >= caps.per_thread_per_day:
        return "cap-thread"
    return None if has_form else _formless(office, sender)


def _formless(office: Office, sender: str) -> str | None:
    caps, ledger, now = office.settings.caps, office.ledger, office.clock.now()
    if ledger.answers_to(sender, now - DAY, FORMLESS) >= caps.formless_per_address_per_day:
        return "cap-formless"
    domain = sender.rpartition("@")[2]
    if domain in PUBLIC_DOMAINS:
        return None
    sent = ledger.answers_to_domain(domain, now - HOUR, FORMLESS)
    return "cap-domain" if sent >= caps.per_domain_per_hour else None
