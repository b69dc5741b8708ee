"""Whether a mail server is reached: its name, its port, its certificate. Nobody logs in."""

from __future__ import annotations

import contextlib
import imaplib
import smtplib
import socket
import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.checkup.result import broken, fine, look

if TYPE_CHECKING:
    from bot.checkup.result import Result
    from bot.settings import Server

PATIENCE = 10  # seconds
SOON = timedelta(days=14)  # before a certificate ends
_DISTRUST = {9: "tls.not-yet", 10: "tls.expired", 62: "tls.other-name", 64: "tls.other-name"}


def reached(server: Server, speaks: str, now: datetime) -> Result:
    """Connect as the worker would, up to where it would log in; `speaks` is "imap" or "smtp"."""
    where: dict[str, object] = {"host": server.host, "port": server.port}
    try:
        ends = _certificate_ends(server, speaks)
    except (OSError, imaplib.IMAP4.error, smtplib.SMTPException) as fault:
        return _fault(fault, where)
    if ends is None:
        return fine("net.plain", **where)
    soon = ends - now < SOON
    facts = {"until": f"{ends:%Y-%m-%d}", "days": (ends - now).days}
    return (
        look("tls.ends-soon", **where, **facts) if soon else fine("tls.trusted", **where, **facts)
    )


def _fault(fault: Exception, where: dict[str, object]) -> Result:
    """Say what a connection failed at; a certificate that is not trusted is the first case."""
    why = str(fault) or type(fault).__name__
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (ssl.SSLError, "tls.none"),
        (socket.gaierror, "net.no-name"),
        (ConnectionRefusedError, "net.refused"),
        (TimeoutError, "net.silent"),
    )
    if isinstance(fault, ssl.SSLCertVerificationError):
        code = _DISTRUST.get(fault.verify_code, "tls.unknown-signer")
        return broken(code, **where, why=fault.verify_message)
    code = next((code for kind, code in kinds if isinstance(fault, kind)), "net.broken")
    return broken(code, **where, why=why, seconds=PATIENCE)


def _certificate_ends(server: Server, speaks: str) -> datetime | None:
    """Return until when the server's certificate holds; None where there is none."""
    if server.tls == "plain":
        socket.create_connection((server.host, server.port), PATIENCE).close()
        return None
    context = ssl.create_default_context(cafile=server.ca_file)
    if server.tls == "starttls":
        return _after_starttls(server, speaks, context)
    with (
        socket.create_connection((server.host, server.port), PATIENCE) as line,
        context.wrap_socket(line, server_hostname=server.host) as secured,
    ):
        return _ends(secured.getpeercert())


def _after_starttls(server: Server, speaks: str, context: ssl.SSLContext) -> datetime | None:
    if speaks == "smtp":
        with smtplib.SMTP(server.host, server.port, timeout=PATIENCE) as letters:
            letters.starttls(context=context)
            return _ends(getattr(letters.sock, "getpeercert", dict)())
    client = imaplib.IMAP4(server.host, server.port, timeout=PATIENCE)
    try:
        client.starttls(context)
        return _ends(getattr(client.sock, "getpeercert", dict)())
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            client.shutdown()


def _ends(certificate: Any) -> datetime | None:
    ends = (certificate or {}).get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if ends else None
