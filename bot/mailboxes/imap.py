"""How an IMAP mailbox is looked after: its connection, its folders, what it looked like before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from bot.log import get_log
from bot.mailboxes.base import BadAnswer, Folders, LoginRefused, WorldFault
from bot.mailboxes.memory import Memory
from bot.mailboxes.session import Session
from bot.mailboxes.sweep import Sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from bot.clock import Clock
    from bot.mailboxes.base import Arrived, Known, Remembered, Seen
    from bot.settings import Account

CONNECTION_AGE = timedelta(minutes=5)  # NetEase closes connections that live long
INBOX = "INBOX"
_FLAGS = {"answered": b"\\Answered", "flagged": b"\\Flagged"}
_Answer = TypeVar("_Answer")
_log = get_log("imap")


class ImapMailbox:
    """An IMAP mailbox; keeps its connection for some minutes between polls. For one thread."""

    def __init__(self, account: Account, clock: Clock) -> None:
        self._account = account
        self._clock = clock
        self._session: Session | None = None
        self._opened_at = clock.now()
        self._memories: dict[str, Memory] = {}

    @property
    def name(self) -> str:
        """The mailbox's address."""
        return self._account.address

    def poll(
        self,
        known: Known,
        *,
        since: date | None = None,
        folders: Folders = Folders.INBOX,
        limit: int | None = None,
        remembered: Remembered | None = None,
    ) -> Iterator[Arrived | Seen]:
        """See Mailbox.poll."""
        try:
            for folder in self._folders(folders):
                sweep = self._look(folder, since, limit)
                if sweep is not None:
                    yield from sweep.run(known, remembered)
        except (WorldFault, LoginRefused):
            self._drop()
            raise

    def mark_done(self, folder: str, uid: int) -> None:
        """Set the account's mark; a server that refuses it is no fault."""
        flag = _FLAGS.get(self._account.mark)
        try:
            if flag is not None:
                self._ask(lambda session: session.flag(folder, uid, flag))
        except BadAnswer as refused:
            _log.warning("mark-refused", uid=uid, cause=str(refused))

    def break_off(self) -> None:
        """See Mailbox.break_off."""
        session = self._session
        if session is not None:
            session.break_off()

    def close(self) -> None:
        """Log out."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _drop(self) -> None:
        if self._session is not None:
            self._session.drop()
            self._session = None

    def _look(
        self,
        folder: str,
        since: date | None,
        limit: int | None,
    ) -> Sweep | None:
        """Open and list a folder: two commands, of which the second can be spared.

        A side folder may be refused, the inbox not.
        """
        try:
            session, opened = self._ask(lambda session: (session, session.examine(folder)))
            memory = self._memory(folder, opened.uidvalidity)
            if not memory.stands(session, opened, since):
                memory.note(session.search(since))
                memory.state = (session, opened, since)
        except BadAnswer as refused:
            if folder == INBOX:
                raise WorldFault(str(refused)) from refused
            _log.warning("folder-refused", folder=folder, cause=str(refused))
            return None
        now, most = self._clock.now(), self._account.max_mail_mb * 2**20
        return Sweep(self.name, folder, memory, session, since, limit, most, now)

    def _memory(self, folder: str, uidvalidity: int) -> Memory:
        memory = self._memories.get(folder)
        if memory is None or memory.uidvalidity != uidvalidity:
            memory = self._memories[folder] = Memory(uidvalidity)
        return memory

    def _ask(self, question: Callable[[Session], _Answer]) -> _Answer:
        """Put a question on an open connection; one that died while idle is opened anew, once."""
        reused = self._is_open()
        try:
            return question(self._open())
        except WorldFault:
            self._drop()
            if not reused:
                raise
            return question(self._open())

    def _is_open(self) -> bool:
        if self._clock.now() - self._opened_at > CONNECTION_AGE:
            self.close()
        return self._session is not None

    def _open(self) -> Session:
        if self._session is None:
            self._session, self._opened_at = Session(self._account), self._clock.now()
        return self._session

    def _folders(self, which: Folders) -> Iterator[str]:
        first = (INBOX, *self._account.folders)
        if which is not Folders.SIDE:
            yield from first
        if which is not Folders.INBOX:
            yield from (name for name in self._side_folders() if name not in first)

    def _side_folders(self) -> list[str]:
        try:
            return self._ask(lambda session: session.side_folders())
        except BadAnswer as refused:
            _log.warning("folders-not-listed", cause=str(refused))
            return []
