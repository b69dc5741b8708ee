"""The Maildir door alone, without any server."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

import pytest

from bot.clock import Clock
from bot.mailboxes.base import Arrived, Folders, Seen
from bot.mailboxes.maildir import MaildirMailbox
from bot.settings import Account

NOON = datetime(2023, 5, 15, 4, tzinfo=UTC)


@pytest.fixture
def root(tmp_path):
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    return tmp_path


def deliver(folder, name, raw=b"Subject: x\n\nbody\n", at=NOON):
    path = folder / name
    path.write_bytes(raw)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def poll(root, known=frozenset(), **how):
    account = Account(address="a@example.cn", kind="maildir", maildir=root, max_mail_mb=1)
    found = list(MaildirMailbox(account, Clock()).poll(lambda *_: known, **how))
    return [one for one in found if isinstance(one, Arrived)], found[-1]


def test_a_mail_keeps_its_uid_when_a_client_reads_it(root):
    path = deliver(root / "new", "1684.M1.host")
    (before,), _ = poll(root)
    path.rename(root / "cur" / "1684.M1.host:2,S")
    (after,), _ = poll(root)
    assert (before.uid, before.uidvalidity) == (after.uid, after.uidvalidity)
    assert poll(root, known={before.uid})[0] == []


def test_a_mail_renamed_after_it_was_listed_is_read_under_its_new_name(root):
    deliver(root / "new", "1.M1.host", at=NOON.replace(hour=1))
    path = deliver(root / "new", "2.M2.host")
    account = Account(address="a@example.cn", kind="maildir", maildir=root)
    going = MaildirMailbox(account, Clock()).poll(lambda *_: set())
    next(going)
    path.rename(root / "cur" / "2.M2.host:2,S")
    second, seen = list(going)
    assert second.body == b"Subject: x\n\nbody\n"
    assert isinstance(seen, Seen)
    assert seen.on_server == 2


def test_a_mail_that_cannot_be_read_is_counted_and_the_others_come(root, monkeypatch):
    deliver(root / "new", "1.M1.host", b"Subject: bad\n\n")
    deliver(root / "new", "2.M2.host")
    real = MaildirMailbox._read

    def read(self, folder, entry, most):
        if "M1" in entry.path.name:
            raise PermissionError(13, "denied")
        return real(self, folder, entry, most)

    monkeypatch.setattr(MaildirMailbox, "_read", read)
    (mail,), seen = poll(root)
    assert mail.body.startswith(b"Subject: x")
    assert len(seen.failed) == 1
    assert seen.on_server == 2


def test_a_too_large_mail_is_its_header(root):
    deliver(root / "new", "1.M1.host", b"Subject: big\r\n\r\n" + b"x" * 1_100_000)
    (mail,), _ = poll(root)
    assert (mail.too_large, mail.body) == (True, b"Subject: big\r\n\r\n")


def test_files_being_delivered_are_not_looked_at(root):
    deliver(root / "tmp", "1.M1.host")
    mails, seen = poll(root, since=date(2023, 5, 1))
    assert (mails, seen.on_server) == ([], 0)


def test_junk_folders_are_known_by_their_names_in_any_encoding(root):
    for wire in ("&V4NXPpCuTvY-", "Junk", "Sent", "A.Spam", "&broken"):
        for part in ("new", "cur"):
            (root / f".{wire}" / part).mkdir(parents=True)
        deliver(root / f".{wire}" / "new", f"{wire}.host", wire.encode())
    mails, _ = poll(root, folders=Folders.SIDE)
    assert {mail.folder for mail in mails} == {"垃圾邮件", "Junk", "A.Spam"}


def test_an_unchanged_folder_is_not_listed_again_until_a_mail_comes_or_goes(root, monkeypatch):
    path, listed, scandir = deliver(root / "cur", "1.M1.host"), [], os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: listed.append(folder) or scandir(folder))
    mailbox = MaildirMailbox(Account(address="a@example.cn", kind="maildir", maildir=root), Clock())
    known = {one.uid for one in mailbox.poll(lambda *_: set()) if isinstance(one, Arrived)}

    def look():
        listed.clear()
        *mails, seen = mailbox.poll(lambda *_: known)
        return len(mails), seen.on_server, seen.changed, len(listed)

    assert [look()[:3] for _ in range(2)] == [(0, 1, False)] * 2
    assert [look() for _ in range(3)] == [(0, 1, False, 0)] * 3
    deliver(root / "new", "2.M2.host")
    assert look() == (1, 2, True, 2)
    path.unlink()
    assert look()[1:] == (1, True, 2)
