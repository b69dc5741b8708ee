"""A post office on loopback: real IMAP (pymap) and real SMTP (aiosmtpd) over shared mailboxes."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from argparse import Namespace
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.reader import ProxyProtocolReader
from proxyprotocol.version import ProxyProtocolVersion
from pymap.backend.dict import Config, DictBackend, Identity, Login
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import Passwords, UserMetadata
from pysasl import SASLAuth
from pysasl.hashing import BuiltinHash

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from types import TracebackType

HOST = "127.0.0.1"
logging.getLogger("mail.log").setLevel(logging.ERROR)  # its own deprecations at every login
SIZE_LIMIT = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Delivered:
    """One mail as it was handed in, for one recipient."""

    at: datetime
    sender: str
    recipient: str
    raw: bytes


class _Config(Config):
    """pymap's own, which looks for the ways to log in once and not at every connection."""

    tls_auth = initial_auth = SASLAuth.defaults()


class _Desk:
    """The SMTP side: takes mail for anybody, and checks the password of those who log in."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        for recipient in envelope.rcpt_tos:
            await self._office.deliver(envelope.mail_from or "", recipient, raw)
        return "250 Mail OK queued as demo"


class PostOffice:
    """Runs both servers on one background thread; use as a context manager.

    `mailboxes` maps the address of each IMAP mailbox to its password. Mail to any other address
    is kept in `delivered` only. Everything accepted is stamped by `now` (the season's clock).
    """

    def __init__(self, mailboxes: dict[str, str], now: Callable[[], datetime]) -> None:
        self._mailboxes = mailboxes
        self._now = now
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._stack = AsyncExitStack()
        self._sessions: dict[str, Any] = {}
        self._config: Any = None
        self.imap_port = 0
        self.smtp_port = 0
        self.delivered: list[Delivered] = []
        self.inboxes: dict[str, list[Delivered]] = defaultdict(list)

    def __enter__(self) -> Self:
        self._thread.start()
        self._call(self._start())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _call(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    async def _start(self) -> None:
        config = _Config(
            Namespace(passlib_cfg=None, proxy_protocol=None), host=HOST, port=0, tls_enabled=False,
            hash_context=BuiltinHash(rounds=1), demo_data=False, demo_user="", demo_password="",
            reject_dnsbl=False,
        )  # fmt: skip
        backend = DictBackend(Login(config), config)
        config.apply_context()
        self._config = config
        for address, password in self._mailboxes.items():
            secret = await Passwords(config).hash_password(password)
            backend.login.users_dict[address] = UserMetadata(config, address, password=secret)
            await self._open(backend, address)
        reader = ProxyProtocolReader(ProxyProtocolVersion.get(None))
        imap = await asyncio.start_server(
            reader.get_callback(IMAPServer(backend.login, config)), HOST, 0
        )
        smtp = await self._loop.create_server(self._smtp, HOST, 0)
        for server in (imap, smtp):
            await self._stack.enter_async_context(server)
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]

    async def _open(self, backend: DictBackend, address: str) -> None:
        identity = Identity(address, backend.login, None, frozenset())
        await self._stack.enter_async_context(identity.new_session())
        self._sessions[address] = self._config.set_cache[address][0]

    def _smtp(self) -> SMTP:
        return SMTP(
            _Desk(self), data_size_limit=SIZE_LIMIT, enable_SMTPUTF8=False, hostname="demo",
            authenticator=self._authenticate, auth_require_tls=False, loop=self._loop,
        )  # fmt: skip

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
    ) -> AuthResult:
        if not isinstance(data, LoginPassword):
            return AuthResult(success=False, handled=False)
        known = self._mailboxes.get(data.login.decode())
        return AuthResult(success=known is not None and known == data.password.decode())

    async def deliver(self, sender: str, recipient: str, raw: bytes) -> None:
        """Put one mail into the recipient's mailbox, with a Received line like a real server."""
        now = self._now()
        stamped = _received(recipient, now) + re.sub(rb"\r?\n", b"\r\n", raw)
        item = Delivered(now, sender, recipient.lower(), stamped)
        self.delivered.append(item)
        self.inboxes[item.recipient].append(item)
        mailboxes = self._sessions.get(item.recipient)
        if mailboxes is not None:
            inbox = await mailboxes.get_mailbox("INBOX")
            await inbox.append(AppendMessage(stamped, now, frozenset()), recent=True)

    def put(self, recipient: str, raw: bytes, sender: str = "") -> None:
        """Deliver a mail that no SMTP client of ours would send, such as a bounce."""
        self._call(self.deliver(sender, recipient, raw))

    async def _stop(self) -> None:
        await self._stack.aclose()
        current = asyncio.current_task()
        for task in asyncio.all_tasks():
            if task is not current:
                task.cancel()


def _received(recipient: str, now: datetime) -> bytes:
    date = now.strftime("%a, %d %b %Y %H:%M:%S +0000")
    return f"Received: by demo (post office) for <{recipient}>; {date}\r\n".encode()
