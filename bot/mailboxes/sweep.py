"""One look into one IMAP folder: what is new in it, what cannot be had, what is gone."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.mailboxes.base import Arrived, BadAnswer, Label, NotWhole, Seen, WorldFault, in_turn
from bot.mailboxes.groups import groups
from bot.mailboxes.memory import GROUP, Memory
from bot.mailboxes.pieces import Pieces
from bot.mailboxes.received import header_of, received_date
from bot.mailboxes.session import Session
from parsers.message.identity import PIECE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.mailboxes.base import Known, Remembered

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_log = get_log("imap")


@dataclass
class Sweep:
    """The state of one look. `limit` counts the mails handed over."""

    mailbox: str
    folder: str
    memory: Memory
    session: Session
    since: date | None
    limit: int | None
    max_bytes: int
    now: datetime
    failed: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)

    def run(self, known: Known, remembered: Remembered | None = None) -> Iterator[Arrived | Seen]:
        """Yield the new mails, then what was seen."""
        uids = self.memory.uids
        if uids is self.memory.settled and self.memory.session is self.session:
            yield self._seen(self.memory.last)
            return
        self.memory.old &= uids
        self.memory.alone &= uids
        if self.memory.session is None and remembered is not None:
            youngest = frozenset(sorted(uids)[-GROUP:])
            self.memory.remember(remembered(self.folder, self.memory.uidvalidity, youngest))
        dealt_anew = self._dealt_anew(uids)
        fresh = self.memory.fresh(uids, self.folder, known) | dealt_anew
        self.memory.settled = None if fresh else uids
        yield from self._mails(sorted(fresh))
        yield self._seen(uids - self.memory.old - self.gone)

    def _dealt_anew(self, uids: frozenset[int]) -> frozenset[int]:
        """Return the numbers that mean another mail than in the session before (mail §2.1: QQ).

        Asked once a session, about the youngest mails; what differs is fetched again.
        """
        before = self.memory.labels
        if self.memory.session is self.session:
            return frozenset()
        self.memory.session, self.memory.labels = self.session, {}
        asked = sorted(uids & before.keys())[-GROUP:]
        if not asked:
            return frozenset()
        labels = {label.uid: label for label in self._labels(asked)}
        self.failed.clear()  # a label that cannot be read now is no mail that cannot be had
        return frozenset(uid for uid, label in labels.items() if before[uid] != label)

    def _mails(self, fresh: Sequence[int]) -> Iterator[Arrived]:
        """Yield new mails, oldest first; nothing is asked about those whose turn is not now.

        Whose turn it is their numbers tell, which rise as mails come (RFC 3501 §2.3.1.1).
        """
        ordered, at = in_turn(fresh, self.limit), 0
        left = len(ordered) if self.limit is None else self.limit
        while left > 0 and at < len(ordered):
            now, at = ordered[at : at + left], at + left
            for arrived in self._handed_over(self._wanted(now)):
                yield arrived
                left -= 1
        self.waiting = set(ordered[at:])

    def _wanted(self, fresh: Sequence[int]) -> list[Label]:
        labels = {label.uid: label for label in self._labels(fresh)}
        for uid in set(fresh) - labels.keys() - self.failed:
            self._note_gone(uid)
        self.memory.old |= {uid for uid, label in labels.items() if self._is_old(label)}
        wanted = [label for uid, label in labels.items() if uid not in self.memory.old]
        return sorted(wanted, key=lambda label: (label.received_at or _EPOCH, label.uid))

    def _labels(self, uids: Sequence[int]) -> Iterator[Label]:
        """Ask in groups, and one by one where a group's answer cannot be read."""
        for start in range(0, len(uids), GROUP):
            group = list(uids[start : start + GROUP])
            try:
                told = list(self.session.labels(group).values())
            except BadAnswer:
                told = list(itertools.chain.from_iterable(map(self._label, group)))
            self.memory.remember(told)
            yield from told

    def _label(self, uid: int) -> Iterable[Label]:
        try:
            return self.session.labels([uid]).values()
        except BadAnswer as refused:
            return self._note_failed(uid, refused)

    def _is_old(self, label: Label) -> bool:
        """Whether a server that ignored SINCE listed it; a day's grace is for its time zone."""
        if self.since is None or label.received_at is None:
            return False
        return label.received_at.date() < self.since - timedelta(days=1)

    def _handed_over(self, wanted: Sequence[Label]) -> Iterator[Arrived]:
        for group in groups(wanted, self.memory.alone):
            bodies, broke = self._bodies([label.uid for label in group])
            for label in group:
                body = bodies.pop(label.uid, None)
                if body is not None:
                    yield self._arrived(label, body)
                elif broke is None:
                    yield from self._fetched(label)
            if broke is not None:
                raise broke

    def _bodies(self, uids: list[int]) -> tuple[dict[int, bytes], WorldFault | None]:
        """Fetch several small mails, as many as came before the connection broke, if it did.

        What is left out is asked for alone; so is, with the next connection, what broke off.
        """
        if len(uids) == 1:
            return {}, None
        try:
            return self.session.bodies(uids), None
        except BadAnswer:
            return {}, None
        except WorldFault as fault:
            whole = self.session.came_whole(uids)
            self.memory.alone |= set(uids) - whole.keys()
            return whole, fault

    def _fetched(self, label: Label) -> Iterator[Arrived]:
        """Fetch one mail; a bad answer costs this mail, and only until the next poll.

        A large one comes in pieces, and once more at once if they turn out not to add up.
        """
        if PIECE < label.size <= self.max_bytes:
            pieces = Pieces(self.session, label)
            with contextlib.suppress(NotWhole):
                yield self._arrived(label, next(pieces, b""), rest=pieces)
            if isinstance(pieces.fault, WorldFault):
                raise pieces.fault
            if pieces.fault is None:
                return
            _log.warning("not-in-pieces", uid=label.uid, cause=str(pieces.fault))
        yield from self._at_once(label)

    def _at_once(self, label: Label) -> Iterator[Arrived]:
        too_large = label.size > self.max_bytes
        try:
            body = (self.session.header if too_large else self.session.body)(label.uid)
        except BadAnswer as refused:
            self._note_failed(label.uid, refused)
            return
        if body is None:
            self._note_gone(label.uid)
            return
        yield self._arrived(label, body, too_large=too_large)

    def _arrived(
        self, label: Label, body: bytes, *, too_large: bool = False, rest: Pieces | None = None
    ) -> Arrived:
        """RFC822.SIZE is no proof (facts: reliability 9): what came may yet be too large."""
        if len(body) > self.max_bytes:
            too_large, body = True, header_of(body)
        return Arrived(
            self.mailbox,
            self.folder,
            self.memory.uidvalidity,
            label.uid,
            label.received_at or received_date(body) or self.now,
            label.size or len(body),
            body,
            too_large,
            rest,
        )

    def _note_failed(self, uid: int, refused: BadAnswer) -> tuple[Label, ...]:
        _log.warning("mail-not-fetched", uid=uid, folder=self.folder, cause=str(refused))
        self.failed.add(uid)
        return ()

    def _note_gone(self, uid: int) -> None:
        """Gone once is somebody's deletion; listed again and still not there is a failure."""
        if uid in self.memory.gone:
            self.failed.add(uid)
        else:
            self.memory.gone.add(uid)
            self.gone.add(uid)

    def _seen(self, uids: frozenset[int]) -> Seen:
        changed = uids is not self.memory.last and uids != self.memory.last
        self.memory.last = uids
        return Seen(
            self.mailbox,
            self.folder,
            self.memory.uidvalidity,
            uids,
            frozenset(self.waiting),
            frozenset(self.failed),
            changed,
        )
