"""Which bounces are believed, what a unit's digest line says then, and when a mark goes again."""

from __future__ import annotations

import pytest

from bot.mails.bounces import believe_bounce, note_alive
from bot.reminders.chasing import chase
from bot.reports.digesting import digest_view
from parsers.mail import Mail, Party
from parsers.message.mime import read_mail
from tests.servers.netease import netease_bounce
from tests.servers.qq import qq_bounce, rewritten
from tests.unit.made_office import CAMPAIGN, MAILBOX, made

WEATHER = "weather@kepu.example.cn"


@pytest.fixture
def desk(tmp_path):
    with made(tmp_path) as office:
        office.go(5, 9, 10)
        chase(office.office)
        yield office


def reminder(desk, unit):
    (row,) = desk.letters("reminder", unit=unit)
    return desk.office.ledger.letter_raw(row.id)


def believed(desk, raw):
    return believe_bounce(desk.office, read_mail(raw))


def bounced(desk):
    return [row.address for row in desk.office.ledger.bounced()]


def test_a_report_that_returns_our_letter_is_believed(desk):
    raw = netease_bounce(WEATHER, reminder(desk, "weather"), MAILBOX, desk.clock.now())
    assert believed(desk, raw) == 1
    assert bounced(desk) == [WEATHER]


def test_a_page_of_qq_is_believed_by_the_token_in_the_subject_it_quotes(desk):
    returned = rewritten(reminder(desk, "weather"))
    assert believed(desk, qq_bounce(WEATHER, returned, MAILBOX, desk.clock.now())) == 1
    assert bounced(desk) == [WEATHER]


def test_a_page_with_another_subject_or_another_units_token_is_not_believed(desk):
    forged = b"Subject: hello\r\n\r\n"
    assert believed(desk, qq_bounce(WEATHER, forged, MAILBOX, desk.clock.now())) == 0
    other = reminder(desk, "health")
    assert believed(desk, qq_bounce(WEATHER, other, MAILBOX, desk.clock.now())) == 0
    stranger = "who@else.example.net"
    own = reminder(desk, "weather")
    assert believed(desk, qq_bounce(stranger, own, MAILBOX, desk.clock.now())) == 0
    assert bounced(desk) == []


def test_a_report_with_an_invented_message_id_is_not_believed(desk):
    forged = b"Message-ID: <reminder.0123@126.com>\r\nSubject: x\r\n\r\n"
    assert believed(desk, netease_bounce(WEATHER, forged, MAILBOX, desk.clock.now())) == 0
    assert bounced(desk) == []


def test_the_mark_goes_when_the_address_writes_again_but_not_for_a_machine_in_its_name(desk):
    raw = netease_bounce(WEATHER, reminder(desk, "weather"), MAILBOX, desk.clock.now())
    believed(desk, raw)
    note_alive(desk.office, Mail("<1@x>", "list", Party("", WEATHER), automatic="list"))
    assert bounced(desk) == [WEATHER]
    note_alive(desk.office, Mail("<2@x>", "你好", Party("", WEATHER)))
    assert bounced(desk) == []


def test_the_digest_names_the_unit_and_where_it_is_written_to_instead(desk):
    raw = netease_bounce(WEATHER, reminder(desk, "weather"), MAILBOX, desk.clock.now())
    believed(desk, raw)
    campaign = desk.office.campaign(CAMPAIGN)
    (line,) = digest_view(desk.office, campaign).letters.undelivered
    assert (line.recipient, line.unit_name) == (WEATHER, campaign.roster.get("weather").name)
    assert line.others == ()
