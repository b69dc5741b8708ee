"""What every mailbox kind shows: mails one by one, what was listed, and three kinds of trouble."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

_T = TypeVar("_T")
Known = Callable[[str, int], AbstractSet[int]]
"""(folder, uidvalidity) → the UIDs the ledger already has a row for."""


class Folders(StrEnum):
    """Which folders a poll looks into; the side folders are junk, advertisement, subscription."""

    INBOX = "inbox"
    SIDE = "side"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Label:
    """What a server says about a mail without handing it over."""

    uid: int
    received_at: datetime | None
    size: int


Remembered = Callable[[str, int, AbstractSet[int]], Iterable[Label]]
"""(folder, uidvalidity, UIDs) → what the server had said of them when they got their rows."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One mail as a folder showed it; record it before asking for the next one (promise P1).

    `received_at` is the server's receipt time, UTC. `size` is what the server says, in bytes.
    When `too_large`, `body` holds the header alone: the mail was not fetched. Of a mail over
    parsers.message.identity.PIECE, `body` is the first piece and `rest` yields the others: take
    them before the next mail is asked for, and record nothing when NotWhole is raised meanwhile.
    """

    mailbox: str
    folder: str
    uidvalidity: int
    uid: int
    received_at: datetime
    size: int
    body: bytes
    too_large: bool = False
    rest: Iterable[bytes] | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a folder listed in this poll, for the completeness equation (promise P2).

    `uids` are all mails in it since the day asked for. `waiting` are those of them that were
    neither known before nor handed over now, because of the limit; `failed` those the server
    would not hand over. Both come again at the next poll. `changed` is False when the list is
    the same as at this object's previous poll.
    """

    mailbox: str
    folder: str
    uidvalidity: int
    uids: frozenset[int]
    waiting: frozenset[int] = frozenset()
    failed: frozenset[int] = frozenset()
    changed: bool = True

    @property
    def on_server(self) -> int:
        """How many mails the folder holds since the day asked for."""
        return len(self.uids)


def in_turn(waiting: Sequence[_T], limit: int | None) -> Sequence[_T]:
    """Return what waits, oldest first, in the order in which it is handed over.

    Of a backlog the oldest go first, but a quarter of the places are for the youngest: who
    writes today need not wait until a flood of yesterday is through.
    """
    if limit is None or len(waiting) <= limit:
        return waiting
    young = limit // 4
    old, end = limit - young, len(waiting) - young
    return (*waiting[:old], *waiting[end:], *waiting[old:end])


class Mailbox(Protocol):
    """One mailbox of any kind. Use each object from one thread."""

    @property
    def name(self) -> str:
        """The mailbox's address."""

    def poll(
        self,
        known: Known,
        *,
        since: date | None = None,
        folders: Folders = Folders.INBOX,
        limit: int | None = None,
        remembered: Remembered | None = None,
    ) -> Iterator[Arrived | Seen]:
        """Yield every mail that is not known, then per folder one `Seen`.

        What a server that deals its numbers anew shows under a known number is handed over too;
        `remembered` lets that be seen across a restart. `since` leaves out mails received before
        that day, `limit` is the greatest number of mails handed over per folder. Raises
        WorldFault or LoginRefused.
        """

    def mark_done(self, folder: str, uid: int) -> None:
        """Set the account's mark on a mail, if it wants one; never the flag "seen"."""

    def break_off(self) -> None:
        """Make a poll that waits for its server fail, from another thread than its own."""

    def close(self) -> None:
        """Let go of connections; errors are of no interest any more."""


class WorldFault(Exception):  # noqa: N818 - a fault of the world is not our error
    """The network or the server failed; trying again later may help."""


class LoginRefused(Exception):  # noqa: N818 - the same
    """The server refused us; do not log in again before the breaker allows it.

    `certain`: the text names one cause. QQ has one text for five, some of which pass by themselves.
    """

    def __init__(self, text: str, reason: str = "login-refused", *, certain: bool = True) -> None:
        super().__init__(text)
        self.reason, self.certain = reason, certain


class NotWhole(Exception):  # noqa: N818 - the same
    """Not all of a mail could be had; it comes again, at once or at the next poll."""


class BadAnswer(Exception):  # noqa: N818 - the same
    """The server refused one command or answered it in a way that cannot be read."""
