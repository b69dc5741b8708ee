"""A mail that took longer to read than one received after it: its sender is told which counts."""

from __future__ import annotations

import pytest

from bot.office import LEASE
from tests.draw import papers
from tests.unit.ordered import desk, text_of_letter

CHIFENG, NAME = "chifeng@kepu.example.cn", "赤峰市科学技术局"
COUNTS = "发来的一份比这一份晚，已经登记，现在以那一份为准；这一份留存备查，不用再改，也不用重发。"


@pytest.fixture
def at_desk(tmp_path):
    with desk(tmp_path) as one:
        yield one


def sent_but_read_later(at_desk, values):
    """Let a form come in whose reader has it still in hand when the next one is read."""
    judge, at_desk.judge = at_desk.judge, lambda: None
    files = [("统计表.docx", papers.statistics(NAME, values))]
    mail = at_desk.send(CHIFENG, "统计表", "请查收。", files)
    assert at_desk.ledger.claim_mail("slow", at_desk.clock.now(), LEASE).mail_id == mail.id
    at_desk.judge = judge
    return mail


def read_now(at_desk, mail):
    at_desk.ledger.release_mail(mail.id, "slow")
    at_desk.judge()
    (answer,) = at_desk.answers(mail)
    return answer.kind, text_of_letter(at_desk.letter(answer.kind, mail))


def in_force(at_desk):
    (row,) = at_desk.ledger.submissions(at_desk.campaign.id)
    return row.mail_id


def test_a_form_read_after_the_one_that_replaced_it_is_not_said_to_replace_it(at_desk):
    older = sent_but_read_later(at_desk, {"participants": "1100"})
    newer = at_desk.form(CHIFENG, NAME, 1200)
    kind, text = read_now(at_desk, older)
    assert kind == "receipt"
    assert f"6月7日 09:02{COUNTS}" in text
    assert "上一版" not in text
    assert "第2版" not in text
    assert "1,100" not in text
    assert in_force(at_desk) == newer.id


def test_a_wrong_form_is_not_asked_for_again_where_the_right_one_came_after_it(at_desk):
    older = sent_but_read_later(at_desk, {"participants": "很多"})
    newer = at_desk.form(CHIFENG, NAME, 1200)
    kind, text = read_now(at_desk, older)
    assert kind == "receipt"
    assert COUNTS in text
    assert "很多" not in text
    assert (at_desk.ledger.mail(older.id).outcome, in_force(at_desk)) == ("returned", newer.id)


def test_a_wrong_form_that_came_after_the_right_one_is_asked_for_again(at_desk):
    right = at_desk.form(CHIFENG, NAME, 1200)
    wrong = at_desk.form(CHIFENG, NAME, "很多")
    (answer,) = at_desk.answers(wrong)
    text = text_of_letter(at_desk.letter(answer.kind, wrong))
    assert answer.kind == "correction"
    assert "之前登记的那一份仍然有效" in text
    assert COUNTS not in text
    assert in_force(at_desk) == right.id
