"""Hard caps on automatic answers: who is left unanswered, and who never is."""

from __future__ import annotations

import pytest

from bot.caps import reason_for_silence
from parsers.mail import Mail, Party
from state.rows import NewLetter
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
