"""A network that breaks anywhere in a session: nothing is lost, halved or waited for for ever."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from bot.mailboxes.base import WorldFault
from tests.faults.imap import short_waits
from tests.servers.dovecot import USERS, Dovecot
from tests.servers.fault_proxy import FaultProxy
from tests.servers.test_mailboxes import Place

PLACES = 24
pytestmark = pytest.mark.skipif(not Dovecot.installed(), reason="Dovecot is not installed")


@pytest.fixture(scope="module")
def filled():
    with Dovecot() as server:
        place = Place(server, "imap", USERS[0])
        bodies = [b"Subject: %d\r\n\r\n" % n + b"line\r\n" * 200 for n in range(3)]
        for body in bodies:
            place.deliver(body)
        with FaultProxy(server.port) as proxy:
            Through(proxy).poll()
        yield server, sorted(bodies), proxy.passed


class Through(Place):
    """The first user's mailbox, seen through a proxy."""

    def __init__(self, proxy):
        super().__init__(proxy, "imap", USERS[0])
        self.got = []

    def open(self, **more):
        self.server.maildir = lambda _user: None
        return super().open(**more)

    def poll(self):
        try:
            return super().poll(before=lambda mail: self.got.append(mail.body))
        finally:
            self.mailbox.close()


@pytest.mark.parametrize("fault", ["cut", "reset", "stall"])
def test_a_session_broken_at_any_byte_loses_nothing_and_halves_nothing(fault, filled):
    server, bodies, whole = filled
    faults = 0
    for number in range(PLACES):
        with FaultProxy(server.port, fault, after=whole * number // PLACES) as proxy:
            through = Through(proxy)
            try:
                with short_waits(read=0.15) if fault == "stall" else nullcontext():
                    through.poll()
            except WorldFault:
                faults += 1
            proxy.after = None
            through.poll()
        assert sorted(through.got) == bodies
    assert faults >= PLACES - 2  # a break in the farewell is none
