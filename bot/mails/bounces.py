"""Bounces are believed only when they return a letter we sent; then that address is marked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.log import address_hash, get_log
from bot.outbox.marks import tokens_in

if TYPE_CHECKING:
    from bot.office import Office
    from parsers.mail import Mail
    from state.rows.letters import LetterRow

log = get_log("bounces")
LATEST = timedelta(days=7)  # a server that could not deliver has given up by then (RFC 5321)
MOST_TEXT = 20_000  # characters of a bounce in which our subject is looked for


def believe_bounce(office: Office, mail: Mail) -> int:
    """Mark the addresses a bounce reports, if it returns a letter of ours to them; return how many.

    Forged bounces circulate (facts/mail.md §6.2), so it must name what only its reader can know:
    our Message-ID, or where that was rewritten or left out (QQ's page) the subject with our token.
    """
    if mail.automatic != "bounce":
        return 0
    by_id = office.ledger.letter_by_message_ids(_ids(mail)) if _ids(mail) else None
    marked = [address for address in mail.bounced if _mark(office, mail, address, by_id)]
    if len(marked) < len(mail.bounced):
        log.warning("bounce-not-believed", addresses=len(mail.bounced) - len(marked))
    return len(marked)


def note_alive(office: Office, mail: Mail) -> None:
    """Take the mark off an address that writes again: its mailbox was full, or is back."""
    if mail.sender is None or mail.automatic not in {None, "vacation"}:
        return
    if office.ledger.forget_bounces(mail.sender.address):
        log.info("bounce-over", address=address_hash(mail.sender.address))


def _ids(mail: Mail) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*mail.returned_ids, *mail.in_reply_to, *mail.references)))


def _mark(office: Office, mail: Mail, address: str, by_id: LetterRow | None) -> bool:
    letter = by_id if by_id is not None else _by_subject(office, mail, address)
    if letter is None:
        return False
    if not office.ledger.mark_bounced(letter.id, address, office.clock.now()):
        return False
    log.warning("bounced", letter=letter.id, address=address_hash(address))
    return True


def _by_subject(office: Office, mail: Mail, address: str) -> LetterRow | None:
    """Return the latest letter to this address whose token the bounce quotes."""
    tokens = set(tokens_in(f"{mail.subject} {mail.text[:MOST_TEXT]}"))
    since = office.clock.now() - LATEST
    sent = reversed(office.ledger.letters_to(address, since)) if tokens else ()
    return next((row for row in sent if tokens & set(tokens_in(row.subject))), None)
