"""Bounces are believed only when they name a letter we sent; then that address is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.log import address_hash, get_log

if TYPE_CHECKING:
    from bot.office import Office
    from parsers.mail import Mail

log = get_log("bounces")


def believe_bounce(office: Office, mail: Mail) -> int:
    """Mark the addresses a bounce reports, if it returns a letter of ours to them; return how many.

    Forged bounces circulate (facts/mail.md §6.2): without our Message-ID nothing is believed.
    """
    if mail.automatic != "bounce" or not mail.returned_ids:
        return 0
    letter = office.ledger.letter_by_message_ids(mail.returned_ids)
    if letter is None:
        return 0
    now = office.clock.now()
    marked = [a for a in mail.bounced if office.ledger.mark_bounced(letter.id, a, now)]
    for address in marked:
        log.warning("bounced", letter=letter.id, address=address_hash(address))
    return len(marked)
