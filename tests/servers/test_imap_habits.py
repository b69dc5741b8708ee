"""The poll against the habits of real providers, as their users reported them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.clock import SimulatedClock
from bot.mailboxes.base import Arrived, Folders, LoginRefused, Seen, WorldFault
from bot.mailboxes.groups import SMALL
from bot.mailboxes.imap import ImapMailbox
from bot.mails.intake import take_in
from bot.settings import Account
from tests.servers.imap_script import Kept, ScriptedImap
from tests.unit.made_office import made

START = datetime(2023, 5, 16, 1, 0, tzinfo=UTC)


class Reader:
    """A mailbox and the UIDs its ledger would have."""

    def __init__(self, server, **more):
        place = {"host": "127.0.0.1", "port": server.port, "tls": "plain"}
        given = {"address": "inbox@126.example.cn", "imap": place, "password": "invented-code"}
        self.clock = SimulatedClock(START)
        self.mailbox = ImapMailbox(Account(**given | more), self.clock)
        self.known = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.mailbox.close()

    def poll(self, **how):
        mails, seen = [], []
        for one in self.mailbox.poll(lambda *folder: self.known.get(folder, set()), **how):
            if isinstance(one, Seen):
                seen.append(one)
            else:
                self.known.setdefault((one.folder, one.uidvalidity), set()).add(one.uid)
                mails.append(one)
        return mails, seen


def verbs(server):
    return [
        " ".join(line.split(" ")[: 2 if line.startswith("UID") else 1]) for line in server.commands
    ]


def test_the_poll_says_who_it_is_after_login_and_before_opening_a_folder():
    with ScriptedImap([Kept(7)], habits=("unsafe",)) as server, Reader(server) as reader:
        mails, (seen,) = reader.poll()
    assert [mail.uid for mail in mails] == [7]
    assert seen.on_server == 1
    order = verbs(server)
    assert order.index("LOGIN") < order.index("ID") < order.index("EXAMINE")
    said = next(line for line in server.commands if line.startswith("ID"))
    assert '"support-email" "inbox@126.example.cn"' in said


def test_id_is_sent_on_every_connection():
    with ScriptedImap([Kept(7)], habits=("unsafe",)) as server, Reader(server) as reader:
        reader.poll()
        reader.clock.advance(timedelta(minutes=6))
        reader.poll()
    assert server.connections == 2
    assert verbs(server).count("ID") == 2


def test_a_server_that_does_not_offer_id_is_not_asked():
    with ScriptedImap([Kept(7)], habits=("no-id",)) as server, Reader(server) as reader:
        mails, _ = reader.poll()
    assert len(mails) == 1
    assert "ID" not in verbs(server)


def test_only_harmless_items_are_fetched_and_nothing_is_marked_as_read():
    with ScriptedImap([Kept(7)]) as server, Reader(server) as reader:
        reader.poll(since=date(2023, 5, 10))
    assert [line for line in server.commands if line.startswith("UID")] == [
        "UID SEARCH SINCE 10-May-2023",
        "UID FETCH 7 (UID INTERNALDATE RFC822.SIZE)",
        "UID FETCH 7 (UID BODY.PEEK[])",
    ]
    assert "SELECT" not in verbs(server)


def test_an_idle_poll_takes_two_commands_on_the_open_connection():
    with ScriptedImap([Kept(7), Kept(9)]) as server, Reader(server) as reader:
        reader.poll()
        reader.poll()
        before = len(server.commands)
        mails, (seen,) = reader.poll()
        assert verbs(server)[before:] == ["EXAMINE", "UID SEARCH"]
    assert not mails
    assert not seen.changed
    assert server.connections == 1


@pytest.mark.parametrize("habit", ["no-uidvalidity", "no-uidnext", "examine-bad", "search-bad"])
def test_a_server_without_common_features_is_read_all_the_same(habit):
    with ScriptedImap([Kept(7)], habits=(habit,)) as server, Reader(server) as reader:
        mails, (seen,) = reader.poll(since=date(2023, 5, 10))
    assert [mail.body for mail in mails] == [Kept(7).raw]
    assert seen.uidvalidity == (0 if habit == "no-uidvalidity" else 1)


def test_mails_come_oldest_first_with_their_receipt_time_in_utc():
    later = Kept(3, date='"15-May-2023 12:00:00 +0800"')
    with ScriptedImap([later, Kept(8)]) as server, Reader(server) as reader:
        mails, _ = reader.poll()
    assert [mail.uid for mail in mails] == [8, 3]
    assert mails[0].received_at == datetime(2023, 5, 15, 1, 30, tzinfo=UTC)


def test_old_mail_listed_by_a_server_that_ignores_since_is_left_alone_and_asked_about_once():
    old = Kept(5, date='"01-Jan-2020 00:00:00 +0800"')
    with ScriptedImap([old, Kept(7)]) as server, Reader(server) as reader:
        mails, (seen,) = reader.poll(since=date(2023, 5, 1))
        asked = verbs(server).count("UID FETCH")
        reader.poll(since=date(2023, 5, 1))
        assert verbs(server).count("UID FETCH") == asked
    assert [mail.uid for mail in mails] == [7]
    assert seen.uids == {7}


@pytest.mark.parametrize("fault", ["nil", "empty", "absent"])
def test_a_mail_that_is_gone_is_no_empty_mail(fault):
    with ScriptedImap([Kept(7), Kept(8)], odd={7: fault}) as server, Reader(server) as reader:
        mails, (seen,) = reader.poll()
    assert [mail.uid for mail in mails] == [8]
    assert seen.uids == {8}
    assert not seen.failed


def test_a_mail_that_is_listed_again_after_it_was_gone_counts_as_failed():
    with ScriptedImap([Kept(7), Kept(8)], odd={7: "nil"}) as server, Reader(server) as reader:
        reader.poll()
        _, (seen,) = reader.poll()
    assert seen.failed == {7}
    assert seen.uids == {7, 8}


@pytest.mark.parametrize("fault", ["no", "broken", "broken-label"])
def test_a_mail_the_server_cannot_hand_over_costs_only_itself_until_it_can(fault):
    mails = [Kept(uid) for uid in (6, 7, 8)]
    with ScriptedImap(mails, odd={7: fault}) as server, Reader(server) as reader:
        got, (seen,) = reader.poll()
        assert [mail.uid for mail in got] == [6, 8]
        assert (seen.failed, seen.uids) == ({7}, {6, 7, 8})
        server.odd.clear()
        got, (seen,) = reader.poll()
    assert [mail.uid for mail in got] == [7]
    assert not seen.failed


@pytest.mark.parametrize("fault", ["eof", "bye"])
def test_a_mail_whose_fetch_ends_the_connection_is_asked_for_alone_and_once_more(fault):
    mails = [Kept(uid) for uid in (5, 6, 7, 8)]
    with ScriptedImap(mails, odd={7: fault}) as server, Reader(server) as reader:
        with pytest.raises(WorldFault):
            reader.poll()
        assert reader.known == {("INBOX", 1): {5, 6}}  # which came whole before
        with pytest.raises(WorldFault):
            reader.poll()
        assert reader.known == {("INBOX", 1): {5, 6}}
        server.odd.clear()
        got, _ = reader.poll()
    assert [mail.uid for mail in got] == [7, 8]
    assert server.connections == 3
    asked = [line.split(" ")[2] for line in server.commands if "BODY.PEEK[]" in line]
    assert asked == ["5,6,7,8", "7", "7", "8"]


def test_small_mails_come_together_and_large_ones_or_those_of_no_size_alone():
    raw, large = Kept(0).raw, b"x" * (SMALL + 1)
    mails = [Kept(uid) for uid in range(1, 19)] + [Kept(20, large), Kept(21), Kept(22, size=0)]
    with ScriptedImap(mails) as server, Reader(server) as reader:
        got, _ = reader.poll()
    assert [mail.body for mail in got] == [raw] * 18 + [large, raw, raw]
    asked = [line.split(" ")[2] for line in server.commands if "BODY.PEEK[]" in line]
    assert asked == [",".join(map(str, range(1, 17))), "17,18", "20", "21", "22"]


def test_a_connection_that_died_between_polls_is_opened_anew_without_a_fault():
    with ScriptedImap([Kept(6)]) as server, Reader(server) as reader:
        reader.poll()
        reader.mailbox._session._client.socket().close()
        mails, (seen,) = reader.poll()
    assert not mails
    assert seen.uids == {6}


def test_a_refused_login_is_told_apart_from_a_busy_server_and_a_lost_connection():
    for habit, fault in (
        ("refuses", LoginRefused),
        ("busy", WorldFault),
        ("hangs-up-at-login", WorldFault),
        ("unsafe-bye", None),
    ):
        with ScriptedImap([Kept(6)], habits=(habit,)) as server, Reader(server) as reader:
            if fault is None:
                assert len(reader.poll()[0]) == 1
                continue
            with pytest.raises(fault):
                reader.poll()
            assert sum(line.startswith("LOGIN") for line in server.commands) == 1


def test_a_mail_over_the_limit_comes_as_its_header_only():
    large = Kept(7, raw=b"Subject: big\r\n\r\n" + b"x" * 3_000_000)
    lying = Kept(8, raw=large.raw, size=10)
    with ScriptedImap([large, lying]) as server, Reader(server, max_mail_mb=1) as reader:
        mails, (seen,) = reader.poll()
    assert [(mail.uid, mail.too_large, mail.body) for mail in mails] == [
        (7, True, b"Subject: big\r\n\r\n"),
        (8, True, b"Subject: big\r\n\r\n"),
    ]
    assert mails[0].size == len(large.raw)
    assert "UID FETCH 7 (UID BODY.PEEK[])" not in server.commands
    assert seen.on_server == 2


def test_the_limit_leaves_the_younger_mails_for_the_next_poll():
    with ScriptedImap([Kept(uid) for uid in range(1, 8)]) as server, Reader(server) as reader:
        mails, (seen,) = reader.poll(limit=3)
        assert [mail.uid for mail in mails] == [1, 2, 3]
        assert seen.waiting == {4, 5, 6, 7}
        mails, _ = reader.poll(limit=3)
    assert [mail.uid for mail in mails] == [4, 5, 6]


@pytest.mark.parametrize("internal", ["NIL", '"99-Foo-2023 00:00:00 +0800"', '"soon"'])
def test_without_a_receipt_time_the_topmost_received_field_tells_it(internal):
    raw = (
        b"Received: from a by b (Coremail) with SMTP id x;\r\n\tSun, 14 May 2023 09:00:00 +0800\r\n"
        b"Received: from c by a; Mon, 1 May 2023 09:00:00 +0800\r\n\r\nbody\r\n"
    )
    kept = [Kept(7, raw=raw, date=internal), Kept(8, date=internal)]
    with ScriptedImap(kept) as server, Reader(server) as reader:
        mails, _ = reader.poll(since=date(2023, 5, 10))
    assert [mail.received_at for mail in mails] == [datetime(2023, 5, 14, 1, tzinfo=UTC), START]


def test_numbers_dealt_anew_while_no_worker_ran_bring_the_mails_that_others_had(tmp_path):
    kept = [Kept(uid, raw=b"Subject: %d\r\n\r\nx\r\n" % uid + b"y" * uid) for uid in (6, 7, 8)]
    with ScriptedImap(kept[:2]) as server, made(tmp_path) as desk:
        for mails in (kept[:2], kept):
            server.mails = mails
            with Reader(server) as reader:
                take_in(desk.office, reader.mailbox)
            kept[1].uid, kept[2].uid = 8, 7
        known = {b"Subject: %d" % number for number in (6, 7, 8)}
        stored = [desk.office.archive.get(row.raw_sha256) for row in desk.office.ledger.mails()]
        assert {raw.partition(b"\r\n")[0] for raw in stored} == known
        assert desk.office.ledger.equation("inbox@126.example.cn").unaccounted == 0


def test_side_folders_are_junk_advertisement_and_subscription_but_not_what_cannot_be_opened():
    with ScriptedImap([Kept(7)]) as server, Reader(server) as reader:
        _, seen = reader.poll(folders=Folders.ALL)
    assert [one.folder for one in seen] == ["INBOX", "垃圾邮件", "广告邮件", "订阅邮件"]


def test_bytes_that_are_no_text_come_through_unchanged():
    raw = b"Subject: \xb9\xd8\xd3\xda\r\n\r\n" + bytes(range(256)) + b"\r\n"
    with ScriptedImap([Kept(7, raw=raw)]) as server, Reader(server) as reader:
        (mail,), _ = reader.poll()
    assert mail.body == raw
    assert isinstance(mail, Arrived)


def test_nobody_listening_is_a_fault_of_the_world():
    with ScriptedImap() as server:
        pass
    with Reader(server) as reader, pytest.raises(WorldFault):
        reader.poll()
