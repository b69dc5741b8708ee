"""Encrypted doors: a server is trusted when its certificate can be, and only then."""

from __future__ import annotations

import shutil
import ssl
import subprocess

import pytest

from bot.mailboxes.base import WorldFault
from tests.servers.imap_script import Kept, ScriptedImap
from tests.servers.smtp_script import ScriptedSmtp
from tests.servers.test_courier import send
from tests.servers.test_imap_habits import Reader

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    ask = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    whom = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    where = ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run([*ask, *whom, *where], check=True, capture_output=True)
    return folder / "cert.pem"


@pytest.fixture
def context(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    return context


def at(server, **more):
    return {"host": "127.0.0.1", "port": server.port, "tls": "tls"} | more


def test_mail_is_read_over_tls_from_a_server_signed_by_the_named_authority(context, certificate):
    server = ScriptedImap([Kept(7)])
    server.tls = context
    with server, Reader(server, imap=at(server, ca_file=certificate)) as reader:
        assert [mail.uid for mail in reader.poll()[0]] == [7]


def test_no_password_is_told_to_an_imap_server_nobody_vouches_for(context):
    server = ScriptedImap([Kept(7)])
    server.tls = context
    with server, Reader(server, imap=at(server)) as reader, pytest.raises(WorldFault, match="CERT"):
        reader.poll()
    assert not server.commands


def test_letters_leave_over_tls_through_a_server_signed_by_the_named_authority(
    context,
    certificate,
):
    server = ScriptedSmtp()
    server.tls = context
    with server:
        (result,) = send(server, smtp=at(server, ca_file=certificate))
    assert result.outcome == "sent"


def test_no_password_is_told_to_an_smtp_server_nobody_vouches_for(context):
    server = ScriptedSmtp()
    server.tls = context
    with server:
        (result,) = send(server, smtp=at(server))
    assert (result.outcome, result.scope) == ("deferred", "connection")
    assert "CERT" in result.text
    assert not server.commands
