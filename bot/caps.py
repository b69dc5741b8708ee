"""Hard caps on automatic answers (promise P6): per address, thread, domain and hour."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.office import Office
    from parsers.mail import Mail

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def reason_for_silence(office: Office, mail: Mail, *, has_form: bool) -> str | None:
    """Return why a mail that could be answered must not be, a constant; None: answer it.

    Headers are not enough against loops (facts/mail.md §6.3), so answers are counted.
    """
    if mail.sender is None:
        return "no-sender"
    sender = mail.sender.address
    own = {account.address for account in office.settings.accounts}
    if sender in own:
        return "own-address"
    caps, ledger, now = office.settings.caps, office.ledger, office.clock.now()
    daily = caps.per_address_per_day if has_form else caps.formless_per_address_per_day
    if ledger.answers_to(sender, now - DAY) >= daily:
        return "cap-address"
    references = (*mail.in_reply_to, *mail.references)
    if references and ledger.answers_in_thread(references, now - DAY) >= caps.per_thread_per_day:
        return "cap-thread"
    domain = sender.rpartition("@")[2]
    if not has_form and ledger.answers_to_domain(domain, now - HOUR) >= caps.per_domain_per_hour:
        return "cap-domain"
    return None
