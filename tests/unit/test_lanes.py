"""In which order mails are read while many wait."""

from __future__ import annotations

import pytest

from bot.mails.lanes import FLOOD, KNOWN, MANY_FROM_ONE, MANY_STRANGERS, STRANGER
from parsers.message.identity import content_key
from state.rows.mails import NewArrival
from tests.unit.made_office import MAILBOX, made

UNIT = "chifeng@kepu.example.cn"


@pytest.fixture
def desk(tmp_path):
    with made(tmp_path) as office:
        yield office


def lane(desk, sender, mailbox=MAILBOX, kind="multipart/mixed; boundary=x"):
    raw = f"From: {sender}\r\nContent-Type: {kind}\r\n\r\nx\r\n".encode()
    return desk.office.lanes.of(desk.office, mailbox, raw)


def test_who_was_asked_to_write_goes_first(desk):
    assert lane(desk, f"赤峰 <{UNIT}>") == KNOWN
    assert lane(desk, "who@else.example.net") == STRANGER
    assert lane(desk, "no address at all") == STRANGER


def test_an_address_that_floods_waits_behind_everybody_until_the_hour_is_over(desk):
    assert [lane(desk, UNIT) for _ in range(MANY_FROM_ONE)] == [KNOWN] * MANY_FROM_ONE
    assert lane(desk, UNIT) == FLOOD
    desk.go(5, 8, 9, 1)
    assert lane(desk, UNIT) == KNOWN


def test_words_in_a_units_name_do_not_delay_its_files(desk):
    words = [lane(desk, UNIT, kind="text/plain") for _ in range(9)]
    assert words == [KNOWN] * 3 + [FLOOD] * 6
    assert lane(desk, UNIT) == KNOWN


def test_many_strangers_to_one_mailbox_delay_neither_units_nor_another_mailbox(desk):
    for number in range(MANY_STRANGERS):
        assert lane(desk, f"s{number}@else.example.net") == STRANGER
    assert lane(desk, "late@else.example.net") == FLOOD
    assert lane(desk, "late@else.example.net", "other@126.example.cn") == STRANGER
    assert lane(desk, UNIT) == KNOWN


def test_a_mail_of_a_lower_lane_is_claimed_before_those_that_came_earlier(desk):
    ledger, now = desk.office.ledger, desk.clock.now()
    for number, in_lane in enumerate((FLOOD, STRANGER, KNOWN, STRANGER)):
        raw = b"%d" % number
        sha = f"{number:064x}"
        new = NewArrival(MAILBOX, "INBOX", 1, number, now, sha, content_key(raw), 1, lane=in_lane)
        ledger.record_arrivals((new,), now)
    claimed = [ledger.claim_mail(f"w{n}", now, desk.lease).raw_sha256[-1] for n in range(4)]
    assert claimed == ["2", "1", "3", "0"]
