"""What every mailbox kind promises, kept by IMAP (a real Dovecot) and Maildir on the same mails."""

from __future__ import annotations

import itertools
import os
from datetime import UTC, date, datetime, timedelta

import pytest
from imapclient import IMAPClient

from bot.clock import Clock
from bot.mailboxes.base import Folders, LoginRefused, Seen, WorldFault
from bot.mailboxes.groups import SMALL
from bot.mailboxes.kinds import MAILBOXES, open_mailbox
from bot.settings import Account
from tests.servers.dovecot import PASSWORD, USERS, Dovecot

NOON = datetime(2023, 5, 15, 4, 0, tzinfo=UTC)
JUNK_ON_DISK = ".&V4NXPpCuTvY-"
pytestmark = pytest.mark.skipif(not Dovecot.installed(), reason="Dovecot is not installed")


@pytest.fixture(scope="module")
def dovecot():
    with Dovecot() as server:
        yield server


class Place:
    """One user's mail on disk, read by a mailbox of one kind while another client is at it."""

    counter = itertools.count(1)

    def __init__(self, server, kind, user):
        self.server, self.kind, self.user = server, kind, user
        self.known = {}
        self.mailbox = self.open()

    def open(self, **more):
        server = {"host": "127.0.0.1", "port": self.server.port, "tls": "plain"}
        given = {"address": self.user, "kind": self.kind, "password": PASSWORD}
        given |= {"imap": server, "maildir": self.server.maildir(self.user)}
        return open_mailbox(Account(**given | more), Clock())

    def deliver(self, raw=b"Subject: x\r\n\r\nbody\r\n", at=NOON, folder="", part="new"):
        path = self.server.maildir(self.user) / folder / part / f"{next(self.counter)}.M1.example"
        path.write_bytes(raw)
        os.utime(path, (at.timestamp(), at.timestamp()))
        os.chown(path, self.server.owner.pw_uid, self.server.owner.pw_gid)
        return path

    def client(self):
        client = IMAPClient("127.0.0.1", self.server.port, ssl=False, timeout=60)
        client.login(self.user, PASSWORD)
        client.select_folder("INBOX")
        return client

    def poll(self, mailbox=None, before=lambda _mail: None, **how):
        mails, seen = [], []
        for one in (mailbox or self.mailbox).poll(self.known_in, **how):
            if isinstance(one, Seen):
                seen.append(one)
            else:
                self.known.setdefault((one.folder, one.uidvalidity), set()).add(one.uid)
                mails.append(one)
                before(one)
        return mails, seen

    def known_in(self, folder, uidvalidity):
        return set(self.known.get((folder, uidvalidity), set()))


@pytest.fixture(params=[kind for kind, _ in MAILBOXES])
def place(request, dovecot):
    user = f"{request.param}{next(Place.counter)}@126.example.cn"
    dovecot.add(user)
    place = Place(dovecot, request.param, user)
    with place.client() as client:
        for folder in ("垃圾邮件", "广告邮件", "工作"):
            client.select_folder(folder)  # which makes Dovecot create it
    yield place
    place.mailbox.close()


def test_the_first_look_hands_over_every_mail_oldest_first_with_its_receipt_time(place):
    place.deliver(b"Subject: second\r\n\r\n", NOON)
    place.deliver(b"Subject: first\r\n\r\n", NOON - timedelta(days=1))
    place.deliver(b"Subject: third\r\n\r\n", NOON + timedelta(hours=1), part="cur")
    mails, (seen,) = place.poll()
    assert [mail.body.split()[1] for mail in mails] == [b"first", b"second", b"third"]
    assert [mail.received_at for mail in mails] == [
        NOON - timedelta(days=1),
        NOON,
        NOON + timedelta(hours=1),
    ]
    assert (seen.on_server, seen.uids) == (3, {mail.uid for mail in mails})
    assert {mail.mailbox for mail in mails} == {place.user}


def test_later_looks_hand_over_only_what_is_new(place):
    place.deliver()
    place.poll()
    mails, (seen,) = place.poll()
    assert (mails, seen.on_server, seen.changed) == ([], 1, False)
    place.deliver(b"Subject: new\r\n\r\n")
    (mail,), (seen,) = place.poll()
    assert mail.body == b"Subject: new\r\n\r\n"
    assert (seen.on_server, seen.changed) == (2, True)


def test_a_new_object_over_the_same_mailbox_goes_on_where_the_ledger_is(place):
    place.deliver()
    (mail,), _ = place.poll()
    place.deliver(b"Subject: new\r\n\r\n")
    place.known[mail.folder, mail.uidvalidity] = {mail.uid}
    again = place.open()
    (new,), _ = place.poll(again)
    again.close()
    assert new.body == b"Subject: new\r\n\r\n"


def test_a_mail_that_was_not_recorded_comes_again(place):
    place.deliver()
    first = next(iter(place.mailbox.poll(place.known_in)))
    (again,), _ = place.poll()
    assert (first.uid, first.body) == (again.uid, again.body)


def test_nothing_is_marked_as_read(place):
    place.deliver()
    place.poll()
    with place.client() as client:
        assert client.search("UNSEEN") == [1]


def test_mail_that_a_person_has_read_is_seen_all_the_same(place):
    place.deliver()
    with place.client() as client:
        client.add_flags([1], [b"\\Seen"])
    (mail,), _ = place.poll()
    assert mail.body


def test_reading_flagging_and_deleting_by_another_client_makes_no_new_mail(place):
    place.deliver()
    place.deliver(b"Subject: goes\r\n\r\n")
    place.poll()
    with place.client() as client:
        client.add_flags([1], [b"\\Seen", b"\\Flagged"])
        client.delete_messages([2])
        client.expunge()
    mails, (seen,) = place.poll()
    assert (mails, seen.on_server) == ([], 1)


def test_a_mail_expunged_between_listing_and_fetching_is_no_empty_mail(place):
    for number in range(3):
        mail = b"Subject: %d\r\n\r\n" % number + b"x" * SMALL  # so comes alone
        place.deliver(mail, NOON + timedelta(minutes=number))

    def expunge(mail):
        if b"Subject: 0" in mail.body:
            with place.client() as client:
                client.delete_messages([2])
                client.expunge()

    mails, (seen,) = place.poll(before=expunge)
    assert [mail.body.split()[1] for mail in mails] == [b"0", b"2"]
    assert (seen.on_server, seen.failed) == (2, frozenset())


def test_a_mail_read_by_a_person_between_listing_and_fetching_is_not_lost(place):
    place.deliver(b"Subject: 0\r\n\r\n", NOON - timedelta(minutes=1))
    place.deliver(b"Subject: 1\r\n\r\n", NOON)

    def read(mail):
        if b"Subject: 0" in mail.body:
            with place.client() as client:
                client.add_flags([1, 2], [b"\\Seen"])

    mails, _ = place.poll(before=read)
    assert [mail.body.split()[1] for mail in mails] == [b"0", b"1"]


def test_a_mail_moved_to_a_side_folder_meanwhile_is_found_there(place):
    place.deliver(b"Subject: moved\r\n\r\n")
    with place.client() as client:
        client.move([1], "垃圾邮件")
    mails, _ = place.poll()
    assert not mails
    (mail,), seen = place.poll(folders=Folders.ALL)
    assert (mail.folder, mail.body) == ("垃圾邮件", b"Subject: moved\r\n\r\n")
    assert {one.folder for one in seen} == {"INBOX", "垃圾邮件", "广告邮件"}


def test_side_folders_are_read_alone_and_other_folders_only_when_named(place):
    place.deliver()
    place.deliver(b"Subject: junk\r\n\r\n", folder=JUNK_ON_DISK)
    place.deliver(b"Subject: work\r\n\r\n", folder=".&XeVPXA-")
    (mail,), _ = place.poll(folders=Folders.SIDE)
    assert mail.body == b"Subject: junk\r\n\r\n"
    named = place.open(folders=("工作",))
    mails, _ = place.poll(named)
    named.close()
    assert {mail.folder for mail in mails} == {"INBOX", "工作"}


def test_mail_from_before_the_asked_day_is_left_alone(place):
    place.deliver(at=NOON - timedelta(days=30))
    place.deliver(b"Subject: young\r\n\r\n")
    (mail,), (seen,) = place.poll(since=date(2023, 5, 10))
    assert mail.body == b"Subject: young\r\n\r\n"
    assert seen.on_server == 1


def test_raw_bytes_come_through_as_they_are(place):
    raw = b"Subject: \xb9\xd8\xd3\xda\xcd\xa8\xd6\xaa\r\n\r\n" + bytes(range(1, 256)) + b"\xff\r\n"
    raw = raw.replace(b"\n", b"").replace(b"\r", b"\r\n")
    place.deliver(raw)
    (mail,), _ = place.poll()
    assert mail.body == raw


def test_a_large_mail_is_whole_and_a_too_large_one_is_its_header(place):
    raw = b"Subject: large\r\n\r\n" + (b"x" * 76 + b"\r\n") * 60_000
    place.deliver(raw)
    got = []
    place.poll(before=lambda mail: got.append(mail.body + b"".join(mail.rest)))
    assert got == [raw]
    place.known.clear()
    small = place.open(max_mail_mb=1)
    (mail,), (seen,) = place.poll(small)
    small.close()
    assert (mail.too_large, mail.body, seen.on_server) == (True, b"Subject: large\r\n\r\n", 1)
    assert mail.size == len(raw)


def test_the_limit_leaves_the_rest_for_the_next_look(place):
    for number in range(5):
        place.deliver(b"Subject: %d\r\n\r\n" % number, NOON + timedelta(minutes=number))
    mails, (seen,) = place.poll(limit=2)
    assert [mail.body.split()[1] for mail in mails] == [b"0", b"1"]
    assert (seen.on_server, len(seen.waiting)) == (5, 3)
    mails, (seen,) = place.poll()
    assert len(mails) == 3
    assert not seen.waiting


def test_the_mark_is_off_by_default_and_never_touches_what_is_read(place):
    place.deliver()
    (mail,), _ = place.poll()
    place.mailbox.mark_done(mail.folder, mail.uid)
    with place.client() as client:
        assert b"\\Answered" not in client.get_flags([1])[1]
    marking = place.open(mark="answered")
    marking.mark_done(mail.folder, mail.uid)
    marking.mark_done(mail.folder, mail.uid)
    marking.mark_done(mail.folder, 4_000_000_000)
    marking.close()
    with place.client() as client:
        flags = client.get_flags([1])[1]
    assert b"\\Answered" in flags
    assert b"\\Seen" not in flags
    assert not place.poll()[0]


def test_the_registry_names_every_kind_the_settings_know():
    kinds = Account.model_fields["kind"].annotation.__args__
    assert tuple(kind for kind, _ in MAILBOXES) == kinds


# what only one kind has


def test_imap_numbers_that_begin_anew_bring_every_mail_again_under_the_new_number(dovecot):
    dovecot.add(user := "anew@126.example.cn")
    place = Place(dovecot, "imap", user)
    place.deliver()
    (before,), _ = place.poll()
    place.mailbox.close()
    dovecot.forget_uids(user)
    (after,), _ = place.poll()
    place.mailbox.close()
    assert after.uidvalidity != before.uidvalidity
    assert after.body == before.body


def test_two_mailboxes_of_one_server_are_kept_apart(dovecot):
    one, two = (Place(dovecot, "imap", user) for user in USERS)
    one.deliver(b"Subject: one\r\n\r\n")
    two.deliver(b"Subject: two\r\n\r\n")
    for place, word in ((one, b"one"), (two, b"two")):
        (mail,), _ = place.poll()
        assert mail.body.split()[1] == word
        place.mailbox.close()


def test_a_wrong_password_is_a_refused_login(dovecot):
    wrong = Place(dovecot, "imap", USERS[0]).open(password="not-the-code")
    with pytest.raises(LoginRefused):
        list(wrong.poll(lambda *_: set()))


def test_a_maildir_that_is_not_there_is_a_fault_of_the_world(dovecot):
    nowhere = Place(dovecot, "maildir", "nobody@126.example.cn").mailbox
    with pytest.raises(WorldFault):
        list(nowhere.poll(lambda *_: set()))


def test_only_plain_files_of_a_maildir_are_mails(dovecot):
    dovecot.add(user := "odd@126.example.cn")
    place = Place(dovecot, "maildir", user)
    new = dovecot.maildir(user) / "new"
    os.mkfifo(new / "pipe")
    (new / "link").symlink_to("/etc/hostname")
    (new / ".hidden").write_bytes(b"x")
    (new / "folder").mkdir()
    place.deliver()
    (mail,), (seen,) = place.poll()
    assert seen.uids == {mail.uid}
    assert 0 < mail.uid < 2**63
