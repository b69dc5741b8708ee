"""A mailbox of many mails, of which none is new, costs two commands a poll and no work on each."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import bot
from bot.mailboxes.sweep import GROUP
from tests.servers.dovecot import USERS, Dovecot
from tests.servers.imap_script import Kept, ScriptedImap
from tests.servers.test_imap_habits import Reader, verbs
from tests.servers.test_mailboxes import Place

MANY = 5_000


def test_an_unchanged_mailbox_is_seen_in_two_commands_without_a_step_for_each_mail():
    mails = [Kept(uid) for uid in range(1, MANY)]
    with ScriptedImap(mails) as server, Reader(server) as reader:
        reader.known["INBOX", 1] = set(range(1, MANY))
        for _ in range(2):
            reader.poll()
        server.commands.clear()
        lines = _lines_run(reader.poll)
        assert verbs(server) == ["EXAMINE", "UID SEARCH"]
    assert lines < MANY / 5


def test_a_server_that_tells_the_next_number_is_not_even_asked_for_the_list():
    with Dovecot() as server:
        server.add(USERS[0])
        place = Place(server, "imap", USERS[0])
        place.deliver()
        place.deliver()
        place.poll()
        _, (seen,) = place.poll()
        asked = _commands(place.mailbox)
        _, (same,) = place.poll()
        assert _commands(place.mailbox) - asked == 1
        assert (seen.uids, same.uids, same.changed) == ({1, 2}, {1, 2}, False)
        with place.client() as other:
            other.delete_messages([1])
            other.expunge()
        _, (gone,) = place.poll()
        assert (gone.uids, gone.changed) == ({2}, True)
        place.deliver(b"Subject: new\r\n\r\n")
        (mail,), _ = place.poll()
        place.mailbox.close()
    assert mail.body == b"Subject: new\r\n\r\n"


def test_a_first_look_asks_only_about_the_mails_whose_turn_it_is():
    mails = [Kept(uid) for uid in range(1, 1001)]
    with ScriptedImap(mails) as server, Reader(server) as reader:
        got, (seen,) = reader.poll(limit=120)
        labels = [line for line in server.commands if "INTERNALDATE" in line]
    assert [mail.uid for mail in got] == [*range(1, 91), *range(971, 1001)]
    assert len(labels) == -(-120 // GROUP)
    assert (seen.on_server, len(seen.waiting)) == (1000, 880)


@pytest.mark.parametrize("fault", ["no", "nil"])
def test_mails_that_cannot_be_had_do_not_keep_others_from_their_turn(fault):
    mails = [Kept(uid) for uid in range(1, 9)]
    odd = dict.fromkeys(range(1, 5), fault)
    with ScriptedImap(mails, odd=odd) as server, Reader(server) as reader:
        got, (seen,) = reader.poll(limit=3)
    assert [mail.uid for mail in got] == [5, 6, 7]
    assert seen.waiting == {8}


def _lines_run(job):
    """Count the lines of our own that a job runs: work, whatever else the machine does."""
    lines = 0

    def trace(frame, event, _argument):
        nonlocal lines
        if Path(bot.__file__).parent not in Path(frame.f_code.co_filename).parents:
            return None
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        job()
    finally:
        sys.settrace(before)
    return lines


def _commands(mailbox):
    return mailbox._session._client._imap.tagnum
