"""How stored letters leave: one authenticated session per batch, and what the server said to each.

The courier decides nothing: the outbox does (STYLE, sentence 6). Facts: mail §3, §8.2.
"""

from __future__ import annotations

import contextlib
import re
import ssl
from typing import TYPE_CHECKING

from aiosmtplib import SMTP, SMTPException, SMTPResponseException
from aiosmtplib.errors import SMTPConnectResponseError, SMTPDataError

from bot.outbox.refusals import Kind, Refusal, Scope
from bot.outbox.sending import RefusedRecipient, Reply, SendResult, uncertain, unsent
from bot.settings.hidden import hidden

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.settings import Account, Server

TIMEOUT = 60.0  # seconds for a reply
TIMEOUT_LETTER = 600.0  # RFC 5321 §4.5.3.2.6: the reply to the letter may take ten minutes
_WORLD = (SMTPException, OSError, TimeoutError, EOFError)
_LONE_CR, _LONE_LF = re.compile(rb"\r(?!\n)"), re.compile(rb"\n(?<!\r\n)")
_DOT = re.compile(rb"\n\.")
_ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")  # ASCII, no blank, no angle bracket

_HUNG_UP = Refusal(Kind.ACCOUNT, Scope.ACCOUNT, None, "login-refused")
_NO_METHOD = Refusal(Kind.ACCOUNT, Scope.ACCOUNT, None, "no-login-method")
_NO_SERVER = Refusal(Kind.ACCOUNT, Scope.ACCOUNT, None, "no-smtp-server")
_BAD_ADDRESS = Refusal(Kind.PERMANENT, Scope.RECIPIENT, None, "address-unusable")
_BAD_LINES = Refusal(Kind.PERMANENT, Scope.LETTER, None, "line-ends-not-crlf")


class Courier:
    """One account's way out."""

    def __init__(self, account: Account) -> None:
        self._account = account

    @contextlib.asynccontextmanager
    async def session(self) -> AsyncIterator[CourierSession]:
        """Give a session that logs in at its first letter; leaving it never raises."""
        session = CourierSession(self._account)
        try:
            yield session
        finally:
            await session.close()


class CourierSession:
    """One connection. After a refusal of the account or connection it tries nothing more."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._client: SMTP | None = None
        self._over: SendResult | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more can be sent in this session, the last letter's fault or not."""
        return self._over is not None

    async def open(self) -> SendResult | None:
        """Connect and log in, once; return why nothing can be sent, None when it can.

        Opened before a letter is claimed, a crash in between leaves no letter in doubt.
        """
        if self._client is None and self._over is None:
            self._over = await self._open()
        return self._over

    async def send(self, envelope_from: str, recipients: Sequence[str], raw: bytes) -> SendResult:
        """Send stored bytes as they are (their lines end in CRLF) and say what came of it."""
        if not _ADDRESS.fullmatch(envelope_from):
            return unsent(Reply(0, "the sender is not a plain address", "mail"), _BAD_ADDRESS)
        if _LONE_CR.search(raw) or _LONE_LF.search(raw):
            return unsent(Reply(0, "a line does not end in CRLF", "data"), _BAD_LINES)
        await self.open()
        if self._over is not None or self._client is None:
            return self._over or unsent(Reply(0, "closed", "connect"))
        result = await _transact(self._client, envelope_from, recipients, raw)
        self._over = self._end_after(result, self._client)
        return result

    async def close(self) -> None:
        """Say goodbye; nothing a server does now changes what was sent."""
        if self._client is None:
            return
        with contextlib.suppress(*_WORLD, ValueError):
            if self._client.is_connected:
                await self._client.quit(timeout=5)
        self._client.close()

    def _end_after(self, result: SendResult, client: SMTP) -> SendResult | None:
        if result.ends_session:
            return result.for_the_rest()
        connected = client.is_connected
        return None if connected else unsent(Reply(0, "the server hung up", "connect"))

    async def _open(self) -> SendResult | None:
        """Connect and log in; return why not."""
        if self._account.smtp is None:
            return unsent(Reply(0, "the account has no SMTP server", "connect"), _NO_SERVER)
        self._client = _client(self._account.smtp)
        try:
            await self._client.connect()
            await self._client.ehlo()
        except (SMTPConnectResponseError, SMTPResponseException) as refused:
            return unsent(Reply(refused.code, refused.message, "connect"))
        except (*_WORLD, ValueError) as fault:
            return unsent(Reply(0, repr(fault), "connect"))
        return await self._log_in(self._client)

    async def _log_in(self, client: SMTP) -> SendResult | None:
        """Try the password once: login() would try it with every method (facts: mail §8.2)."""
        if self._account.password is None:
            return None
        methods = {"plain": client.auth_plain, "login": client.auth_login}
        usable = [methods[name] for name in methods if name in client.server_auth_methods]
        if not usable:
            return unsent(Reply(0, "neither AUTH PLAIN nor LOGIN", "auth"), _NO_METHOD)
        try:
            await usable[0](self._account.username, self._account.password.get_secret_value())
        except SMTPResponseException as refused:
            return unsent(Reply(refused.code, hidden(refused.message, self._account), "auth"))
        except TimeoutError as fault:
            return unsent(Reply(0, repr(fault), "connect"))
        except _WORLD as fault:  # a server that hangs up in AUTH hides its 535
            return unsent(Reply(0, hidden(repr(fault), self._account), "auth"), _HUNG_UP)
        return None


async def _transact(
    client: SMTP,
    envelope_from: str,
    recipients: Sequence[str],
    raw: bytes,
) -> SendResult:
    """Hand over one letter. Until the final dot, nothing has happened."""
    try:
        refused = await _envelope(client, envelope_from, recipients, len(raw))
        if len(refused) == len(recipients) or any(one.ends_letter for one in refused):
            return await _reset(client, _all_refused(refused))
        await _start_data(client)
    except SMTPResponseException as said:
        phase = "data" if isinstance(said, SMTPDataError) else "mail"
        return await _reset(client, unsent(Reply(said.code, said.message, phase)))
    except _WORLD as fault:
        client.close()
        return unsent(Reply(0, repr(fault), "connect"))
    return await _deliver(client, raw, refused)


async def _envelope(
    client: SMTP,
    envelope_from: str,
    recipients: Sequence[str],
    size: int,
) -> tuple[RefusedRecipient, ...]:
    options = [b"SIZE=%d" % size] if client.supports_extension("size") else []
    reply = await client.execute_command(b"MAIL", b"FROM:<%b>" % envelope_from.encode(), *options)
    if reply.code != 250:
        raise SMTPResponseException(reply.code, reply.message)
    answers = [await _recipient(client, address) for address in recipients]
    return tuple(answer for answer in answers if answer is not None)


async def _recipient(client: SMTP, address: str) -> RefusedRecipient | None:
    if not _ADDRESS.fullmatch(address):
        return RefusedRecipient(address, 0, "not a plain address", _BAD_ADDRESS)
    reply = await client.execute_command(b"RCPT", b"TO:<%b>" % address.encode())
    if reply.code in {250, 251}:
        return None
    meaning = Reply(reply.code, reply.message, "rcpt").meaning
    return RefusedRecipient(address, reply.code, reply.message, meaning)


def _all_refused(refused: tuple[RefusedRecipient, ...]) -> SendResult:
    """Take the most far-reaching refusal, then one that may pass, for the letter's."""
    if not refused:
        return unsent(Reply(0, "no recipient", "rcpt"), _BAD_ADDRESS)
    order = (Scope.ACCOUNT, Scope.CONNECTION, Scope.LETTER, Scope.RECIPIENT)
    worst = min(refused, key=lambda one: (order.index(one.refusal.scope), not one.refusal.wait))
    return unsent(Reply(worst.code, worst.text, "rcpt"), worst.refusal, refused)


async def _reset(client: SMTP, result: SendResult) -> SendResult:
    """Make the connection ready for the next letter, or close it."""
    try:
        await client.rset()
    except _WORLD:
        client.close()
    return result


async def _start_data(client: SMTP) -> None:
    """Ask for the letter's turn apart from the letter, so that an end here is no uncertain send."""
    reply = await client.execute_command(b"DATA")
    if reply.code != 354:
        raise SMTPDataError(reply.code, reply.message)


def _stuffed(raw: bytes) -> bytes:
    """Double the dots that begin a line (RFC 5321 §4.5.2)."""
    first = b"." if raw.startswith(b".") else b""
    return first + (_DOT.sub(b"\n..", raw) if _DOT.search(raw) else raw)


async def _deliver(
    client: SMTP,
    raw: bytes,
    refused: tuple[RefusedRecipient, ...],
) -> SendResult:
    """Send the letter and its final dot; silence after that is uncertainty."""
    if client.protocol is None or not client.is_connected:
        return unsent(Reply(0, "connection lost", "connect"))
    end = b".\r\n" if raw.endswith(b"\r\n") else b"\r\n.\r\n"
    try:
        client.protocol.write(_stuffed(raw) + end)
        reply = await client.protocol.read_response(timeout=TIMEOUT_LETTER)
    except _WORLD as fault:
        client.close()
        return uncertain(repr(fault), refused)
    if 200 <= reply.code < 300:
        return SendResult("sent", reply.code, reply.message, refused_recipients=refused)
    if 400 <= reply.code < 600:
        return unsent(Reply(reply.code, reply.message, "data"), refused=refused)
    client.close()
    return uncertain(f"{reply.code} {reply.message}", refused)


def _client(server: Server) -> SMTP:
    context = ssl.create_default_context(cafile=server.ca_file) if server.ca_file else None
    return SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=server.tls == "tls",
        start_tls=server.tls == "starttls",
        tls_context=context,
        timeout=TIMEOUT,
        local_hostname="[127.0.0.1]",  # the host's own name is nobody's business
    )
