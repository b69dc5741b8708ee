"""T4: an IMAP session cut, reset or stalled anywhere; a mailbox that others work in meanwhile."""

from __future__ import annotations

import itertools
import os
import random
import time
from contextlib import contextmanager, nullcontext

from imapclient import IMAPClient, SocketTimeout

from bot.clock import Clock
from bot.mailboxes import session
from bot.mailboxes.base import Folders, WorldFault
from bot.mailboxes.imap import ImapMailbox
from bot.mails.intake import take_in
from state.archive import Archive
from tests.faults.desk import account, desk
from tests.servers.dovecot import PASSWORD, USERS, Dovecot
from tests.servers.fault_proxy import FaultProxy
from tests.servers.imap_script import Kept, ScriptedImap

PLACES = 64
BOX = USERS[0]
ENDINGS = ("nil", "empty", "absent", "eof", "bye", "no", "broken", "broken-label")


def run(tally, full):
    """Break a recorded session at many offsets, then let people and the server interfere."""
    _odd(tally)
    if not Dovecot.installed():
        tally.note("Dovecot is not installed: the rest was not tried")
        return
    with Dovecot() as server:
        _broken(tally, server, PLACES if full else 8)
        for number in range(20 if full else 3):
            _people(tally, server, number)
        _renumbered(tally, server)


class _Box:
    """The inbox, and the office that takes its mail in."""

    def __init__(self, opened, port):
        self.desk, self.posted = opened, 0
        self.mailbox = ImapMailbox(account(BOX, imap=port), Clock())

    def look(self):
        return take_in(self.desk.office, self.mailbox, Folders.INBOX)

    def check(self, *, on_server):
        """One row a mail, its bytes as they were, and none that was made of nothing."""
        rows, ledger = self.desk.ledger.mails(), self.desk.ledger
        archive = self.desk.office.archive
        assert isinstance(archive, Archive)
        assert len({row.content_key for row in _keys(ledger)}) == len(rows)
        for row in rows:
            assert archive.verify(row.raw_sha256)
            assert b"Subject: mail " in archive.get(row.raw_sha256), "an empty mail was made"
        equation = ledger.equation(BOX)
        assert equation.unaccounted == 0, equation
        assert equation.on_server == on_server, equation


def _keys(ledger):
    from sqlalchemy import select

    from state.tables import mails

    with ledger.reading() as connection:
        return connection.execute(select(mails.c.content_key)).all()


_NUMBERS = itertools.count(1)


def _raw(number, lines=40):
    return (
        f"Subject: mail {number}\r\nMessage-ID: <{number}@x>\r\n\r\n".encode() + b"line\r\n" * lines
    )


def _deliver(server, *, lines=40):
    number = next(_NUMBERS)
    path = server.maildir(BOX) / "tmp" / f"{time.time_ns()}.M{number}.example"
    path.write_bytes(_raw(number, lines))
    os.chown(path, server.owner.pw_uid, server.owner.pw_gid)
    path.rename(path.parent.parent / "new" / path.name)


def _clear(server):
    with _person(server) as person:
        person.select_folder("INBOX")
        found = person.search("ALL")
        if found:
            person.delete_messages(found)
            person.expunge()


@contextmanager
def _person(server):
    """Open a second client, as a clerk has one open all day."""
    client = IMAPClient("127.0.0.1", server.port, ssl=False, timeout=60)
    client.login(BOX, PASSWORD)
    try:
        yield client
    finally:
        client.logout()


def _broken(tally, server, places):
    _clear(server)
    for _ in range(3):
        _deliver(server, lines=200)
    with FaultProxy(server.port) as proxy, desk() as opened:
        box = _Box(opened, proxy.port)
        box.look()
        box.mailbox.close()
        whole = proxy.passed
    for number, fault in itertools.product(range(places), ("cut", "reset", "stall")):
        after = whole * number // places
        with (
            tally.point(f"{fault} after {after} of {whole} bytes"),
            desk() as opened,
            FaultProxy(server.port, fault, after=after) as proxy,
        ):
            box = _Box(opened, proxy.port)
            with short_waits() if fault == "stall" else nullcontext():
                _look_or_fault(box)
                box.mailbox.close()
            proxy.after = None
            box.look()
            box.mailbox.close()
            box.check(on_server=3)
            assert len(opened.ledger.mails()) == 3


def _look_or_fault(box):
    try:
        box.look()
    except WorldFault:
        return True
    return False


def _odd(tally):
    """Have a mail that cannot be had: it is no empty mail, and keeps no other from being read."""
    for odd in ENDINGS:
        kept = [Kept(uid, raw=_raw(uid)) for uid in (6, 7, 8)]
        with (
            tally.point(f"a mail answered with {odd}"),
            desk() as opened,
            ScriptedImap(kept, odd={7: odd}) as server,
        ):
            box = _Box(opened, server.port)
            _look_or_fault(box)
            _look_or_fault(box)
            assert len(opened.ledger.mails()) <= 2
            server.odd.clear()
            _look_or_fault(box)
            box.look()
            box.mailbox.close()
            box.check(on_server=3)
            assert len(opened.ledger.mails()) == 3


def _people(tally, server, seed):
    """Somebody reads, flags, moves and deletes mail while it is taken in."""
    rng = random.Random(seed)
    with tally.point(f"a person at work, {seed}"), desk() as opened:
        _clear(server)
        box = _Box(opened, server.port)
        posted = 0
        with _person(server) as person:
            if not person.folder_exists("done"):
                person.create_folder("done")
            for _ in range(12):
                for _ in range(rng.randrange(4)):
                    _deliver(server)
                    posted += 1
                if rng.random() < 0.7:
                    _look_or_fault(box)
                _act(person, rng)
            box.look()
            person.select_folder("INBOX", readonly=True)
            left = len(person.search("ALL"))
        box.mailbox.close()
        box.check(on_server=left)


def _act(person, rng):
    person.select_folder("INBOX")
    found = person.search("ALL")
    if not found:
        return
    some = rng.sample(found, min(len(found), 1 + rng.randrange(2)))
    act = rng.choice(("read", "unread", "flag", "move", "delete"))
    if act == "move":
        person.move(some, "done")
    elif act == "delete":
        person.delete_messages(some)
        person.expunge()
    else:
        change = person.remove_flags if act == "unread" else person.add_flags
        change(some, [b"\\Flagged" if act == "flag" else b"\\Seen"])


def _renumbered(tally, server):
    """UIDVALIDITY changes: every mail is seen again, none is a second time new."""
    with tally.point("UIDVALIDITY changes"), desk() as opened:
        _clear(server)
        box = _Box(opened, server.port)
        for _ in range(5):
            _deliver(server)
        box.look()
        before = len(opened.ledger.mails())
        box.mailbox.close()
        server.forget_uids(BOX)
        _deliver(server)
        box.look()
        box.mailbox.close()
        box.check(on_server=6)
        assert (before, len(opened.ledger.mails())) == (5, 6)


@contextmanager
def short_waits(read=0.4):
    """Wait a fraction of a second for a server that says nothing: where anything may fail."""
    kept = session.TIMEOUT
    session.TIMEOUT = SocketTimeout(connect=2, read=read)
    try:
        yield
    finally:
        session.TIMEOUT = kept
