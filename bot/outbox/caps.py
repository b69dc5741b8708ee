"""Hard caps on automatic answers (promise P6): per address, thread, domain and hour."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rules.who.public_domains import PUBLIC_DOMAINS

if TYPE_CHECKING:
    from bot.office import Office
    from parsers.mail import Mail
    from rules.campaign import Campaign

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
Owner = tuple[str, str]  # campaign and unit


FORMLESS = "unrecognised"
"""The kind of answer a mail gets in which nothing that is owed was found."""

STRANGERS = 6
"""The priority of answers to addresses outside the roster: behind all that units are told."""


def reason_for_silence(
    office: Office,
    mail: Mail,
    *,
    has_form: bool,
    whose: Owner | None = None,
    repeats: bool = False,
) -> str | None:
    """Return why a mail that could be answered must not be, a constant; None: answer it.

    Headers are not enough against loops (facts/mail.md §6.3), so answers are counted. Who sends
    what is owed from an address of the roster is only held to the day's cap of that address and
    thread. `whose` is the unit that a stranger's mail says it is for: From proves nothing, and
    a flood of forms with forged senders must not become a flood of answers. For a unit of which
    the roster has no address anybody may write, so many a day. `repeats`: all in it
    was in the version before, as in what a machine sends back.
    """
    if mail.sender is None:
        return "no-sender"
    sender = mail.sender.address
    if sender in {account.address for account in office.settings.accounts}:
        return "own-address"
    caps, ledger, yesterday = office.settings.caps, office.ledger, office.clock.now() - DAY
    if ledger.answers_to(sender, yesterday) >= caps.per_address_per_day:
        return "cap-address"
    if repeats and ledger.answers_to(sender, yesterday) >= caps.repeats_per_day:
        return "cap-repeat"
    references = (*mail.in_reply_to, *mail.references)
    if references and ledger.answers_in_thread(references, yesterday) >= caps.per_thread_per_day:
        return "cap-thread"
    silence = None if has_form else _formless(office, sender)
    return silence or (_outsider(office, sender, whose) if whose else None)


def stranger_to(campaign: Campaign, unit_id: str, sender: str) -> Owner | None:
    """Return the campaign and unit if the roster lists other addresses for it, but not this.

    Nobody is a stranger to a unit of which the roster has no address.
    """
    unit = campaign.roster.get(unit_id)
    listed = {address.lower() for address in unit.addresses} if unit else set()
    return (campaign.id, unit_id) if listed and sender not in listed else None


def crowd_of(campaign: Campaign, unit_id: str) -> Owner | None:
    """Return the campaign and unit if the roster has no address of it."""
    unit = campaign.roster.get(unit_id)
    return None if unit and unit.addresses else (campaign.id, unit_id)


def _formless(office: Office, sender: str) -> str | None:
    caps, ledger, now = office.settings.caps, office.ledger, office.clock.now()
    if ledger.answers_to(sender, now - DAY, FORMLESS) >= caps.formless_per_address_per_day:
        return "cap-formless"
    return _domain(office, sender, FORMLESS)


def _domain(office: Office, sender: str, kind: str | None = None) -> str | None:
    domain, now = sender.rpartition("@")[2], office.clock.now()
    if domain in PUBLIC_DOMAINS:
        return None
    sent = office.ledger.answers_to_domain(domain, now - HOUR, kind)
    return "cap-domain" if sent >= office.settings.caps.per_domain_per_hour else None


def _outsider(office: Office, sender: str, whose: Owner) -> str | None:
    campaign = office.campaign(whose[0])
    if campaign is not None and crowd_of(campaign, whose[1]) is not None:
        return _crowd(office, sender, whose)
    caps, ledger, now = office.settings.caps, office.ledger, office.clock.now()
    if ledger.answers_of_priority(STRANGERS, now - HOUR) >= caps.strangers_per_hour:
        return "cap-hour"
    if ledger.answers_of_priority(STRANGERS, now - DAY) >= caps.strangers_per_day:
        return "cap-day"
    return _crowd(office, sender, whose) or _domain(office, sender)


def _crowd(office: Office, sender: str, whose: Owner) -> str | None:
    """Cap the addresses outside the roster that are answered for one unit a day."""
    campaign = office.campaign(whose[0])
    unit = campaign.roster.get(whose[1]) if campaign else None
    listed = {address.lower() for address in unit.addresses} if unit else set()
    answered = office.ledger.answered_for(*whose, office.clock.now() - DAY)
    most = office.settings.caps.strangers_per_unit_per_day
    return "cap-unit" if len(answered - listed - {sender}) >= most else None
