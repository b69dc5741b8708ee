"""The optional mark on mails that have ended; nothing else in the mailbox is touched."""

from __future__ import annotations

from contextlib import contextmanager
from email.message import EmailMessage

import imapclient
import pytest

from bot.clock import Clock
from bot.office import open_office
from bot.settings import Account, Settings
from bot.worker import Worker
from tests.servers.dovecot import PASSWORD, Dovecot

ADDRESS = "nmkepu@126.com"


def flags_after_a_round(server, folder, mark):
    server.add(ADDRESS)
    with client_of(server) as client:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "offers@shop.example.cn", ADDRESS, "优惠"
        mail.set_content("欢迎来电", cte="base64")
        client.append("INBOX", mail.as_bytes())
    account = Account.model_validate(
        {
            "address": ADDRESS, "password": PASSWORD, "provider": "custom", "mark": mark,
            "imap": {"host": "127.0.0.1", "port": server.port, "tls": "plain"},
        }
    )  # fmt: skip
    settings = Settings(
        data=folder, ledger_url=f"sqlite:///{folder}/ledger.db", accounts=(account,)
    )
    with open_office(settings, Clock()) as office:
        worker = Worker(office)
        worker.run_once()
        worker.run_once()
        worker.close()
    with client_of(server) as client:
        client.select_folder("INBOX", readonly=True)
        (found,) = client.fetch(client.search("ALL"), ["FLAGS"]).values()
    return set(found[b"FLAGS"]) - {b"\\Recent"}


@contextmanager
def client_of(server):
    client = imapclient.IMAPClient("127.0.0.1", server.port, ssl=False)
    client.login(ADDRESS, PASSWORD)
    try:
        yield client
    finally:
        client.logout()


@pytest.mark.parametrize(
    ("mark", "flags"),
    [("none", set()), ("answered", {b"\\Answered"}), ("flagged", {b"\\Flagged"})],
)
def test_a_mail_that_ended_carries_the_mark_the_operator_chose(tmp_path, mark, flags):
    with Dovecot() as server:
        assert flags_after_a_round(server, tmp_path, mark) == flags
