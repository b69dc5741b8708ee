"""Hard caps on automatic answers: who is left unanswered, and who never is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.outbox.caps import STRANGERS, crowd_of, reason_for_silence, stranger_to
from parsers.mail import Mail, Party
from state.rows.letters import NewLetter
from tests.unit.made_office import CAMPAIGN, MAILBOX, made


@pytest.fixture
def desk(tmp_path):
    caps = {
        "per_address_per_day": 4,
        "formless_per_address_per_day": 2,
        "per_thread_per_day": 3,
        "per_domain_per_hour": 3,
    }
    with made(tmp_path, caps=caps) as office:
        yield office


def mail_from(address, references=()):
    return Mail("<x@example.cn>", "报送", Party("", address), references=references)


def answered(desk, address, kind="receipt", count=1):
    now = desk.clock.now()
    for _ in range(count):
        desk.count += 1
        letter = NewLetter(
            kind=kind, subject_key=f"mail:{desk.count}", period="answer", account=MAILBOX,
            recipients=(address,), message_id=f"<{desk.count}@126.com>", subject="回执", raw=b"x",
            not_before=now, campaign=CAMPAIGN, mail_id=desk.submit("chifeng", "report"),
        )  # fmt: skip
        desk.office.ledger.record_letters([letter], now)


def silence(desk, address, *, has_form):
    return reason_for_silence(desk.office, mail_from(address), has_form=has_form)


def test_receipts_do_not_use_up_the_answers_for_files_that_were_not_read(desk):
    answered(desk, "a@school.example.cn", "receipt", 3)
    assert silence(desk, "a@school.example.cn", has_form=False) is None


def test_after_a_few_unread_files_an_address_hears_no_more_of_them_but_gets_its_receipt(desk):
    answered(desk, "a@school.example.cn", "unrecognised", 2)
    assert silence(desk, "a@school.example.cn", has_form=False) == "cap-formless"
    assert silence(desk, "a@school.example.cn", has_form=True) is None


def test_an_address_is_answered_so_often_a_day_and_again_the_next(desk):
    answered(desk, "a@school.example.cn", "receipt", 4)
    assert silence(desk, "a@school.example.cn", has_form=True) == "cap-address"
    desk.go(5, 9, 8, 1)
    assert silence(desk, "a@school.example.cn", has_form=True) is None


def test_an_organisations_domain_is_capped_but_not_a_public_provider(desk):
    for name in "bcd":
        answered(desk, f"{name}@school.example.cn", "unrecognised")
        answered(desk, f"{name}@qq.com", "unrecognised")
    assert silence(desk, "e@school.example.cn", has_form=False) == "cap-domain"
    assert silence(desk, "e@qq.com", has_form=False) is None
    assert silence(desk, "e@school.example.cn", has_form=True) is None


def test_our_own_address_is_never_answered(desk):
    assert silence(desk, MAILBOX, has_form=True) == "own-address"


def test_strangers_who_send_one_units_form_are_answered_a_few_a_day_the_unit_always(tmp_path):
    caps = {"strangers_per_unit_per_day": 2, "strangers_per_hour": 50, "per_domain_per_hour": 50}
    with made(tmp_path, caps=caps) as desk:
        campaign = desk.office.campaign(CAMPAIGN)
        own = campaign.roster.get("chifeng").addresses[0]
        for name in "ab":
            answered_for(desk, "chifeng", f"{name}@else.example.net")
        assert said(desk, campaign, "chifeng", "c@else.example.net") == "cap-unit"
        assert said(desk, campaign, "chifeng", "a@else.example.net") is None
        assert said(desk, campaign, "baotou", "c@else.example.net") is None
        assert said(desk, campaign, "chifeng", own) is None


def test_all_strangers_together_get_so_many_answers_an_hour_and_a_day(tmp_path):
    caps = {"strangers_per_hour": 2, "strangers_per_day": 3}
    with made(tmp_path, caps=caps) as desk:
        campaign = desk.office.campaign(CAMPAIGN)
        for number, unit in enumerate(("chifeng", "baotou")):
            answered_for(desk, unit, f"s{number}@qq.com")
        assert said(desk, campaign, "wuhai", "x@qq.com") == "cap-hour"
        desk.go(5, 8, 10)
        answered_for(desk, "wuhai", "x@qq.com")
        desk.go(5, 8, 12)
        assert said(desk, campaign, "alxa", "y@qq.com") == "cap-day"
        own = campaign.roster.get("alxa").addresses[0]
        assert said(desk, campaign, "alxa", own) is None


def test_a_unit_of_which_the_roster_has_no_address_is_answered_to_so_many_addresses_a_day(tmp_path):
    with made(tmp_path, caps={"strangers_per_unit_per_day": 2, "strangers_per_hour": 1}) as desk:
        campaign = desk.office.campaign(CAMPAIGN)
        units = [replace(u, addresses=()) if u.id == "wuhai" else u for u in campaign.roster.units]
        campaign = campaign.with_roster(replace(campaign.roster, units=tuple(units)))
        desk.office.campaigns = (campaign,)
        answered_for(desk, "wuhai", "a@qq.com")
        assert said(desk, campaign, "wuhai", "b@qq.com") is None
        answered_for(desk, "wuhai", "b@qq.com")
        assert said(desk, campaign, "wuhai", "c@qq.com") == "cap-unit"
        assert said(desk, campaign, "wuhai", "a@qq.com") is None
        desk.go(5, 9, 9)
        assert said(desk, campaign, "wuhai", "c@qq.com") is None


def said(desk, campaign, unit, address):
    whose = stranger_to(campaign, unit, address) or crowd_of(campaign, unit)
    return reason_for_silence(desk.office, mail_from(address), has_form=True, whose=whose)


def answered_for(desk, unit, address):
    now = desk.clock.now()
    desk.count += 1
    letter = NewLetter(
        kind="receipt", subject_key=f"s:{desk.count}", period="answer", account=MAILBOX,
        recipients=(address,), message_id=f"<s{desk.count}@126.com>", subject="回执", raw=b"x",
        not_before=now, campaign=CAMPAIGN, unit=unit, mail_id=desk.submit(unit, "report"),
        priority=STRANGERS,
    )  # fmt: skip
    desk.office.ledger.record_letters([letter], now)
