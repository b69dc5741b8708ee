"""Arrive: a mailbox's new mails go to the archive and the ledger, durably, before anything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.mailboxes.base import Arrived, Folders, Seen
from parsers.identity import content_key
from state.rows import NewArrival

if TYPE_CHECKING:
    from bot.mailboxes.base import Mailbox
    from bot.office import Office

log = get_log("intake")
NOT_FETCHED = b"X-Shoubiao-Not-Fetched: "
"""Begins the stored bytes of a mail too large to be fetched; its size follows, then its header."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one poll of one mailbox brought."""

    arrivals: int = 0
    new_mails: int = 0


def take_in(
    office: Office, mailbox: Mailbox, folders: Folders = Folders.INBOX, limit: int | None = None
) -> Taken:
    """Record every mail the mailbox shows that has no row yet. WorldFault, LoginRefused pass."""
    arrivals = new = 0
    first_contact = office.ledger.first_contact(mailbox.name) or office.clock.now()
    since = _since(office, first_contact)
    polled = mailbox.poll(
        lambda folder, validity: office.ledger.known_uids(mailbox.name, folder, validity),
        since=since,
        folders=folders,
        limit=limit,
    )
    for item in polled:
        if isinstance(item, Arrived):
            arrivals += 1
            new += _record(office, item, first_contact)
        else:
            _note(office, item, since)
    return Taken(arrivals, new)


def _since(office: Office, first_contact: datetime) -> date:
    look_back = timedelta(days=office.settings.first_contact.look_back_days)
    return (first_contact - look_back).date()


def _record(office: Office, item: Arrived, first_contact: datetime) -> bool:
    body = NOT_FETCHED + b"%d\r\n" % item.size + item.body if item.too_large else item.body
    oldest = first_contact - timedelta(days=office.settings.first_contact.answer_max_age_days)
    sha256 = office.archive.put(body)
    recorded = office.ledger.record_arrival(
        NewArrival(
            mailbox=item.mailbox,
            folder=item.folder,
            uidvalidity=item.uidvalidity,
            uid=item.uid,
            received_at=item.received_at,
            raw_sha256=sha256,
            content_key=content_key(body),
            size=item.size,
            answerable=item.received_at >= oldest,
        ),
        office.clock.now(),
    )
    log.info("arrived", mail=recorded.mail_id, new=recorded.is_new_mail, sha256=sha256[:16])
    return recorded.is_new_mail


def _note(office: Office, seen: Seen, since: date) -> None:
    office.ledger.record_poll(
        seen.mailbox,
        seen.folder,
        seen.uidvalidity,
        seen.uids if seen.changed else seen.on_server,
        max(seen.uids, default=None),
        office.clock.now(),
        datetime.combine(since, time(), UTC),
    )
    if seen.failed:
        log.warning("not-handed-over", folder=seen.folder, mails=len(seen.failed))
