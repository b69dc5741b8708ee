"""One logged-in IMAP connection: the few commands that work with every server.

Which commands those are, and what each server makes of them: facts, mail §0-§2, §8.1.
"""

from __future__ import annotations

import contextlib
import imaplib
import socket
import ssl
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from imapclient import IMAPClient, SocketTimeout
from imapclient.response_parser import parse_fetch_response

from bot import __version__
from bot.mailboxes.base import BadAnswer, Label, LoginRefused, WorldFault
from bot.mailboxes.faults import UNREADABLE, faults, login_fault
from bot.mailboxes.providers import SIDE_FOLDERS
from bot.settings.hidden import hidden

if TYPE_CHECKING:
    from datetime import date

    from bot.settings import Account, Server

TIMEOUT = SocketTimeout(connect=15, read=60)

# A search answer is one line: 100,000 mails with ten-digit UIDs are over imaplib's 1,000,000 bytes.
imaplib._MAXLINE = 20_000_000  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way


class Opened(NamedTuple):
    """What a server says of a folder; NetEase leaves `uidnext` out (facts: mail §1.4).

    While `uidnext` and `exists` stay the same, no mail has come and none has gone.
    """

    uidvalidity: int  # 0 when the server has none
    uidnext: int | None
    exists: int | None


class Session:
    """A connection that is logged in and has said who it is."""

    def __init__(self, account: Account) -> None:
        """Connect, log in and identify. Raises WorldFault or LoginRefused."""
        if account.imap is None:
            raise WorldFault("the account has no IMAP server")
        with faults("connect"):
            self._client = _connect(account.imap)
        try:
            self._log_in(account)
            self._identify(account.address)
        except BadAnswer as refused:
            self.drop()
            raise WorldFault(str(refused)) from refused
        except (WorldFault, LoginRefused):
            self.drop()
            raise

    @property
    def says_who(self) -> bool:
        """Whether the server wants to hear who we are, and was told."""
        return bool(self._client.has_capability("ID"))

    def break_off(self) -> None:
        """End the connection under whoever is waiting for it, in any thread."""
        with contextlib.suppress(OSError, AttributeError):
            self._client.socket().shutdown(socket.SHUT_RDWR)

    def examine(self, folder: str) -> Opened:
        """Open `folder` for reading and return what the server says of it."""
        try:
            answer = self._select(folder, read_only=True)
        except BadAnswer:
            answer = self._select(folder, read_only=False)
        told = [answer.get(key) for key in (b"UIDVALIDITY", b"UIDNEXT", b"EXISTS")]
        validity, uidnext, exists = (one if isinstance(one, int) else None for one in told)
        return Opened(validity or 0, uidnext, exists)

    def search(self, since: date | None) -> list[int]:
        """Return the UIDs the server lists since that day; it may list all or the newest too.

        Flat criteria and no charset: nested ones are ignored or refused (facts: mail §1.6, §2.1).
        """
        criteria: list[str | date] = ["ALL"] if since is None else ["SINCE", since]
        try:
            with faults("search"):
                return list(self._client.search(criteria))
        except BadAnswer:
            if since is None:
                raise
            return self.search(None)

    def labels(self, uids: list[int]) -> dict[int, Label]:
        """Return what the server says of these mails; a mail that is gone is left out."""
        with faults("fetch labels"):
            answers = self._client.fetch(uids, ["UID", "INTERNALDATE", "RFC822.SIZE"])
            return {
                uid: Label(uid, _instant(answer), int(answer.get(b"RFC822.SIZE") or 0))
                for uid, answer in answers.items()
                if b"RFC822.SIZE" in answer or b"INTERNALDATE" in answer
            }

    def body(self, uid: int) -> bytes | None:
        """Return the whole mail, None when it is gone. Never marks it as read."""
        return self._part(uid, "BODY.PEEK[]", b"BODY[]")

    def bodies(self, uids: list[int]) -> dict[int, bytes]:
        """Return several whole mails by UID, without those that are gone."""
        return self._parts(uids, "BODY.PEEK[]", b"BODY[]")

    def came_whole(self, uids: list[int]) -> dict[int, bytes]:
        """Return the mails that came whole before the connection broke in the midst of `bodies`.

        imaplib keeps what it has read: a mail is its bytes (a tuple), then the line that ends it.
        """
        lines = list(self._client._imap.untagged_responses.get("FETCH", ()))  # noqa: SLF001
        while lines and isinstance(lines[-1], tuple):
            lines.pop()
        try:
            with faults("fetch"):
                return _found(parse_fetch_response(lines), uids, b"BODY[]")
        except (BadAnswer, WorldFault):
            return {}

    def piece(self, uid: int, start: int, length: int) -> bytes | None:
        """Return so many bytes of a mail, fewer where it ends, None when it is gone."""
        asked = f"BODY.PEEK[]<{start}.{length}>"
        return self._part(uid, asked, b"BODY[]<%d>" % start)

    def header(self, uid: int) -> bytes | None:
        """Return the mail's header alone, None when it is gone."""
        return self._part(uid, "BODY.PEEK[HEADER]", b"BODY[HEADER]")

    def side_folders(self) -> list[str]:
        """Return the names of the folders where wanted mail may have been put."""
        with faults("list"):
            listed = self._client.list_folders()
            return [str(name) for flags, mark, name in listed if _is_side(flags, mark, str(name))]

    def flag(self, folder: str, uid: int, flag: bytes) -> None:
        """Add a flag; a mail that is gone is no error."""
        self._select(folder, read_only=False)
        with faults("store"):
            self._client.add_flags([uid], [flag], silent=True)

    def close(self) -> None:
        """Log out, whatever the server says to that."""
        with contextlib.suppress(OSError, *UNREADABLE):
            self._client.logout()
        self.drop()

    def drop(self) -> None:
        """Hang up; a connection that failed once is not waited for a second time."""
        with contextlib.suppress(OSError, *UNREADABLE):
            self._client.shutdown()

    def _log_in(self, account: Account) -> None:
        password = account.password.get_secret_value() if account.password else ""
        try:
            with faults("login"):
                self._client.login(account.username, password)
                self._client.capabilities()  # QQ offers others than before the login
        except (BadAnswer, WorldFault) as refused:
            said = hidden(str(refused), account)
            raise (
                WorldFault(said) if isinstance(refused, WorldFault) else login_fault(said)
            ) from None

    def _identify(self, address: str) -> None:
        """Say who we are: NetEase opens no folder otherwise, others must not be asked to hear it.

        The fields of NetEase's own help page (facts: mail §1.2).
        """
        with faults("id"):
            if self._client.has_capability("ID"):
                ours = {"name": "shoubiao", "version": __version__, "vendor": "shoubiao"}
                self._client.id_(ours | {"support-email": address})

    def _select(self, folder: str, *, read_only: bool) -> dict[bytes, Any]:
        try:
            with faults("examine" if read_only else "select"):
                return dict(self._client.select_folder(folder, readonly=read_only))
        except (BadAnswer, WorldFault) as fault:
            if "unsafe login" in str(fault).lower():  # and we did say who we are (mail §1.2)
                raise LoginRefused(str(fault), "unsafe-login") from fault
            raise

    def _part(self, uid: int, item: str, key: bytes) -> bytes | None:
        return self._parts([uid], item, key).get(uid)

    def _parts(self, uids: list[int], item: str, key: bytes) -> dict[int, bytes]:
        """Fetch one part of each. NIL, an empty string or no answer mean: gone (RFC 2180)."""
        with faults("fetch"):
            return _found(self._client.fetch(uids, ["UID", item]), uids, key)


def _found(answers: dict[int, dict[bytes, Any]], uids: list[int], key: bytes) -> dict[int, bytes]:
    parts = {uid: answers[uid].get(key) for uid in uids if uid in answers}
    if odd := [part for part in parts.values() if not isinstance(part, bytes | None)]:
        raise BadAnswer(f"{key.decode()} is a {type(odd[0]).__name__}")
    return {uid: part for uid, part in parts.items() if part}


def _instant(answer: dict[bytes, Any]) -> datetime | None:
    """Return the receipt time; a server may say NIL, or a day before the calendar begins."""
    moment = answer.get(b"INTERNALDATE")
    try:
        return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else None
    except OverflowError:
        return None


def _connect(server: Server) -> IMAPClient:
    context = None if server.tls == "plain" else ssl.create_default_context(cafile=server.ca_file)
    client = IMAPClient(
        server.host,
        port=server.port,
        ssl=server.tls == "tls",
        ssl_context=context if server.tls == "tls" else None,
        timeout=TIMEOUT,
    )
    client._imap.debug = 0  # noqa: SLF001 - else it formats every mail for a log nobody keeps
    # imapclient sends a search and its line end apart, which Nagle's algorithm makes 40 ms of
    client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.normalise_times = False  # else INTERNALDATE is naive local time
    if server.tls == "starttls":
        try:
            client.starttls(context)
        except BaseException:
            client.shutdown()
            raise
    return client


def _is_side(flags: tuple[bytes, ...], delimiter: bytes | None, name: str) -> bool:
    lowered = {flag.lower() for flag in flags if isinstance(flag, bytes)}
    last = name.rpartition((delimiter or b"/").decode("latin-1"))[2]
    return b"\\noselect" not in lowered and (b"\\junk" in lowered or last.lower() in SIDE_FOLDERS)
