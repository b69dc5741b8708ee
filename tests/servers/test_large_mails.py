"""A mail with a film goes from its server to the archive in pieces, or whole, never in halves."""

from __future__ import annotations

import hashlib
import tracemalloc

import pytest

from bot.mailboxes.pieces import Pieces
from bot.mails.intake import take_in
from parsers.message.identity import PIECE, content_key
from tests.servers.imap_script import Kept, ScriptedImap
from tests.servers.test_imap_habits import Reader
from tests.unit.made_office import made

HEAD = b"From: a@example.cn\r\nSubject: film\r\nMessage-ID: <film@example.cn>\r\n\r\n"
BOX = "inbox@126.example.cn"


def film(size):
    lines = b"".join(b"%075d\r\n" % number for number in range(PIECE // 77))
    return (HEAD + lines * (size // len(lines) + 1))[:size]


def fetches(server):
    return [line for line in server.commands if line.startswith("UID FETCH") and "BODY" in line]


def kept_by(desk):
    return [desk.office.archive.get(row.raw_sha256) for row in desk.office.ledger.mails()]


def test_a_large_mail_takes_a_command_for_each_piece_and_the_memory_of_a_few(tmp_path):
    raw = film(12 * PIECE - 9)
    with (
        ScriptedImap([Kept(7, raw=raw)]) as server,
        made(tmp_path) as desk,
        Reader(server) as reader,
    ):
        tracemalloc.start()
        taken = take_in(desk.office, reader.mailbox)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        (row,) = desk.office.ledger.mails()
    assert taken.arrivals == 1
    assert row.raw_sha256 == hashlib.sha256(raw).hexdigest()
    assert desk.office.ledger.mail_of_content(content_key(raw)) == row.id
    assert len(fetches(server)) == -(-len(raw) // PIECE)
    assert peak < 8 * PIECE, peak / PIECE


def test_no_byte_is_lost_where_pieces_meet(tmp_path):
    sizes = (PIECE, PIECE + 1, 2 * PIECE - 1, 2 * PIECE, 2 * PIECE + 1)
    mails = [
        Kept(uid, raw=film(size - 12) + b"%08d\r\n.." % uid) for uid, size in enumerate(sizes, 7)
    ]
    with ScriptedImap(mails) as server, made(tmp_path) as desk, Reader(server) as reader:
        take_in(desk.office, reader.mailbox)
        assert kept_by(desk) == [mail.raw for mail in mails]


@pytest.mark.parametrize("habit", ["no-pieces", "whole-for-piece", "short-pieces", "long-pieces"])
def test_a_server_that_cannot_count_pieces_hands_the_mail_over_whole_at_once(tmp_path, habit):
    mails = [Kept(7, raw=film(3 * PIECE)), Kept(8)]
    with (
        ScriptedImap(mails, habits=(habit,)) as server,
        made(tmp_path) as desk,
        Reader(server) as reader,
    ):
        take_in(desk.office, reader.mailbox)
        assert kept_by(desk) == [mail.raw for mail in mails]
        assert desk.office.ledger.equation(BOX).unaccounted == 0


def test_a_server_that_states_a_wrong_size_is_believed_for_the_bytes_it_sends(tmp_path):
    mail = Kept(7, raw=film(3 * PIECE), size=2 * PIECE + 9)
    with ScriptedImap([mail]) as server, made(tmp_path) as desk, Reader(server) as reader:
        take_in(desk.office, reader.mailbox)
        assert kept_by(desk) == [mail.raw]


@pytest.mark.parametrize("fault", ["eof", "bye"])
def test_a_connection_that_ends_between_pieces_leaves_no_row_and_no_half_mail(
    tmp_path, monkeypatch, fault
):
    mail = Kept(7, raw=film(3 * PIECE))
    server, ask = ScriptedImap([mail]), Pieces._asked

    def then_break(pieces):
        if pieces._start:
            server.odd[7] = fault
        return ask(pieces)

    with server, made(tmp_path) as desk, Reader(server) as reader:
        monkeypatch.setattr(Pieces, "_asked", then_break)
        with pytest.raises(Exception, match="fetch"):
            take_in(desk.office, reader.mailbox)
        assert not desk.office.ledger.mails()
        assert not list(desk.office.archive.hashes())
        assert not list((desk.office.archive.root / "incoming").iterdir())
        monkeypatch.undo()
        server.odd.clear()
        take_in(desk.office, reader.mailbox)
        assert kept_by(desk) == [mail.raw]
