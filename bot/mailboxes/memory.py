"""What earlier looks learned about an IMAP folder, so that an idle one costs two commands."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bot.mailboxes.base import Label
from bot.mailboxes.session import Opened, Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.mailboxes.base import Known

GROUP = 50  # mails asked about in one command: QQ refuses long sets


@dataclass
class Memory:
    """Of one folder under one UIDVALIDITY."""

    uidvalidity: int
    known: AbstractSet[int] = frozenset()
    old: set[int] = field(default_factory=set)  # listed, although received before `since`
    gone: set[int] = field(default_factory=set)  # listed once, then not there
    alone: set[int] = field(default_factory=set)  # with others a connection broke that asked
    last: frozenset[int] = frozenset({-1})
    listed: list[int] = field(default_factory=list)
    uids: frozenset[int] = frozenset()  # those listed
    state: tuple[Session, Opened, date | None] | None = None  # in which they were
    settled: frozenset[int] | None = None  # those listed when none of them was new
    session: Session | None = None  # the one that looked last
    labels: dict[int, Label] = field(default_factory=dict)  # of the mails it was told about

    def stands(self, session: Session, opened: Opened, since: date | None) -> bool:
        """Whether a folder must hold what this connection listed before: nothing came or went.

        A UIDNEXT that is not above all numbers is none (facts: mail §1.4).
        """
        if opened.uidnext is None or opened.exists is None:
            return False
        same = self.state == (session, opened, since)
        return same and opened.uidnext > max(self.uids, default=0)

    def note(self, uids: list[int]) -> None:
        """Note what is listed now; the same list is kept as the same set."""
        if uids != self.listed or not self.listed:
            self.listed, self.uids = uids, frozenset(uids)

    def remember(self, labels: Iterable[Label]) -> None:
        """Keep the labels of the youngest mails, to compare with the next session's."""
        self.labels |= {label.uid: label for label in labels}
        for uid in sorted(self.labels)[:-GROUP]:
            del self.labels[uid]

    def fresh(self, listed: frozenset[int], folder: str, known: Known) -> frozenset[int]:
        """Return what the ledger has no row for; it is asked only when something looks new."""
        fresh = listed - self.known - self.old
        if fresh:
            self.known = known(folder, self.uidvalidity)
            fresh -= self.known
        return fresh
