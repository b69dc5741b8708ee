"""Arrive: a mailbox's new mails go to the archive and the ledger, durably, before anything else."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from bot.log import get_log
from bot.mailboxes.base import Arrived, Folders, Label, NotWhole, Seen
from bot.mails.oversize import NOT_FETCHED
from bot.rehearsal.apart import rehearsed_since
from bot.stage import never
from parsers.message.identity import Identity, content_key
from state.rows.mails import NewArrival

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from types import TracebackType

    from bot.mailboxes.base import Mailbox
    from bot.office import Office

log = get_log("intake")
_Done = TypeVar("_Done")

MOST_MAILS, MOST_BYTES = 16, 4 << 20  # recorded together
ARCHIVISTS = 4  # a disk syncs several files in little more time than one


@dataclass(frozen=True, slots=True)
class Taken:
    """What one poll of one mailbox brought."""

    arrivals: int = 0
    new_mails: int = 0


def take_in(
    office: Office,
    mailbox: Mailbox,
    folders: Folders = Folders.INBOX,
    limit: int | None = None,
    stopping: Callable[[], bool] = never,
) -> Taken:
    """Record every mail the mailbox shows that has no row yet. WorldFault, LoginRefused pass."""
    first_contact = _first_contact(office, mailbox.name)
    since = _since(office, first_contact)
    polled = mailbox.poll(
        lambda folder, validity: office.ledger.known_uids(mailbox.name, folder, validity),
        since=since,
        folders=folders,
        limit=limit,
        remembered=lambda *place: _remembered(office, mailbox.name, *place),
    )
    with _Basket(office, first_contact) as basket:
        for item in polled:
            office.pulse.beat()
            if isinstance(item, Arrived):
                basket.put(item)
            else:
                basket.empty()
                _note(office, item, since)
            if stopping():
                break
    return Taken(basket.arrivals, basket.new_mails)


def _first_contact(office: Office, mailbox: str) -> datetime:
    """Return when the bot met this mailbox; a rehearsal right before its first run counts."""
    met, key = office.ledger.first_contact(mailbox), f"rehearsed:{mailbox}"
    if met is None:
        now = office.clock.now()
        met = rehearsed_since(office.settings, now) or now
        office.ledger.remember(key, met.isoformat())
    since = office.ledger.recall(key)
    return min(met, datetime.fromisoformat(since)) if since else met


def _remembered(
    office: Office, mailbox: str, folder: str, validity: int, uids: AbstractSet[int]
) -> Iterator[Label]:
    """Return what a server said of mails when they were recorded, as far as it is known."""
    for row in office.ledger.labels(mailbox, folder, validity, uids):
        yield Label(row.uid, row.received_at, row.size)


def _since(office: Office, first_contact: datetime) -> date:
    look_back = timedelta(days=office.settings.first_contact.look_back_days)
    return (first_contact - look_back).date()


class _Basket:
    """A few mails at a time, kept side by side and recorded with one sync.

    A crash loses nothing: what has no row is still in the mailbox, untouched.
    """

    def __init__(self, office: Office, first_contact: datetime) -> None:
        self._office = office
        days = office.settings.first_contact.answer_max_age_days
        self._oldest = first_contact - timedelta(days=days)
        self._mails: list[Arrived] = []
        self._archivists = ThreadPoolExecutor(ARCHIVISTS)
        self.arrivals = self.new_mails = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.empty()
        finally:
            self._archivists.shutdown()

    def put(self, mail: Arrived) -> None:
        """Add a mail, and record all of them when there are enough; a large one at once."""
        if mail.rest is not None:
            self.empty()
            self._put_large(mail)
            return
        self._mails.append(mail)
        if len(self._mails) >= MOST_MAILS or sum(len(m.body) for m in self._mails) >= MOST_BYTES:
            self.empty()

    def empty(self) -> None:
        """Put the bytes into the archive, then the rows into the ledger."""
        if not self._mails:
            return
        mails, self._mails = self._mails, []
        bodies = [_kept(mail) for mail in mails]
        hashes = self._office.archive.put_all(bodies, self._side_by_side)
        told = zip(mails, hashes, bodies, strict=True)
        self._record([self._arrival(mail, sha, content_key(body)) for mail, sha, body in told])

    def _side_by_side(self, do: Callable[..., _Done], *columns: Iterable[Any]) -> Iterable[_Done]:
        """Do something for each row: as `map`, but every archivist is given a share at once."""
        rows = list(zip(*columns, strict=True))
        share = -(-len(rows) // ARCHIVISTS)
        shares = [rows[start : start + share] for start in range(0, len(rows), share or 1)]
        done = self._archivists.map(lambda some: [do(*row) for row in some], shares)
        return itertools.chain.from_iterable(done)

    def _put_large(self, mail: Arrived) -> None:
        """Let a mail go from its server to the archive, piece by piece."""
        identity = Identity(mail.body)
        try:
            sha256, _ = self._office.archive.put_stream(self._flow(mail, identity))
        except NotWhole:
            return
        self._record([self._arrival(mail, sha256, identity.hexdigest())])

    def _flow(self, mail: Arrived, identity: Identity) -> Iterator[bytes]:
        yield mail.body
        for piece in mail.rest or ():
            self._office.pulse.beat()
            identity.update(piece)
            yield piece

    def _record(self, new: list[NewArrival]) -> None:
        recorded = self._office.ledger.record_arrivals(new, self._office.clock.now())
        fresh = sum(one.is_new_mail for one in recorded)
        self.arrivals += len(recorded)
        self.new_mails += fresh
        log.info("arrived", mails=[one.mail_id for one in recorded], new=fresh)

    def _arrival(self, mail: Arrived, sha256: str, key: str) -> NewArrival:
        return NewArrival(
            mailbox=mail.mailbox,
            folder=mail.folder,
            uidvalidity=mail.uidvalidity,
            uid=mail.uid,
            received_at=mail.received_at,
            raw_sha256=sha256,
            content_key=key,
            size=mail.size,
            answerable=mail.received_at >= self._oldest,
            lane=self._office.lanes.of(self._office, mail.mailbox, mail.body),
        )


def _kept(mail: Arrived) -> bytes:
    return NOT_FETCHED + b"%d\r\n" % mail.size + mail.body if mail.too_large else mail.body


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
